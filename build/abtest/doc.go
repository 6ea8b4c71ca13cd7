// Package abtest judges experiments: it counts what visitors did, compares the
// arms of a layer, and states what follows from the difference.
package abtest
