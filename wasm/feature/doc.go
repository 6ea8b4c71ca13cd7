// Package feature turns a user's history and an item into numbers. It is the
// one definition of every feature: the builder makes training rows with it and
// the browser ranks with it, so the two cannot drift apart.
package feature
