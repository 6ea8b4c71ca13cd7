// Package baseline has the recommenders that need no more than who saw what
// and no network: what everybody likes, item-based collaborative filtering, matrix
// factorization and the linear autoencoder.
package baseline
