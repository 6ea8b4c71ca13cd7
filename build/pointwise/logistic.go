package pointwise

import (
	"strings"

	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// Logistic is logistic regression on one-hot, multi-hot and standardized inputs,
//
//	p = σ(w₀ + Σ w_i·x_i),
//
// trained by FTRL-proximal, which keeps weights at zero that do not earn their
// place. Source: McMahan et al., "Ad click prediction: a view from the trenches",
// KDD 2013. Theirs is updated row by row, ours batch by batch.
var Logistic = Model{
	Name: "logistic regression", Source: "McMahan et al., KDD 2013", File: "build/pointwise/logistic.go",
	Build: func(b *nn.Builder, in *Inputs, _ Options) Heads { return Heads{Logit: linear(b, in)} },
	Rule:  func(string) autodiff.Rule { return wideRule },
	Rate:  0.05,
}

var wideRule = autodiff.FTRL{L1: 1e-5, L2: 1e-3}

// wide reports whether a parameter is of the first order part.
func wide(param string) bool { return strings.HasPrefix(param, "wide") }
