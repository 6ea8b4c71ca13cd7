// Package autodiff trains the graphs of wasm/nn: reverse-mode differentiation of
// every operation, losses, optimizers, and a loop that is deterministic on any
// number of processors.
package autodiff
