// Package pointwise has the pointwise ranking models of the field, from logistic
// regression to DIEN: each estimates the probability that a user likes an item.
// A model is a function that puts layers of wasm/nn together; all see the same
// inputs and are trained by the same loop, so that they can be compared.
package pointwise
