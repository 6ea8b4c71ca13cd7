// Package index finds the item vectors nearest to a query: exactly, by looking
// at all of them, or approximately, by looking at a few that were grouped
// beforehand. Every search tells how many vectors it looked at, which is the
// price, and [Measure] tells what recall that bought.
package index
