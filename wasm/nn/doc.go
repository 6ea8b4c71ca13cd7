// Package nn has neural networks as data: a [Graph] of operations and parameters,
// which a [Runner] computes in the browser as it is, and which package autodiff of
// the builder trains. Layers of their own, [Dense] and Embed, serve the ranker.
// Vectors are float32; destinations come first. Sums run over the inputs in
// ascending order, so a result does not depend on how the loops are blocked.
package nn
