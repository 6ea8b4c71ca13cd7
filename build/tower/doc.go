// Package tower trains retrieval models of two towers: one makes a vector of a
// user, one of an item, and their inner product tells how well the two go together.
package tower
