// Package shard divides the bundle of a large catalog into a core and cells that are
// fetched one by one, and answers from what of them is there.
package shard
