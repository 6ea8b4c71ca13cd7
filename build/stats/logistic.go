package stats

import "math"

// Logistic returns σ(x) = 1/(1+e^-x), the probability of log odds x. The sigmoid
// of wasm/nn is another: it computes float32 without package math, whose exp has
// other bits in the browser.
func Logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
