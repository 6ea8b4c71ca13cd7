// Package changes keeps the live overlay of a folder of bundles, live.json: it says
// what that is now, merges changes into it, and keeps a history of these.
package changes
