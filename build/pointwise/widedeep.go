package pointwise

import (
	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// WideDeep joins a wide linear part, which memorizes, with a deep part, which
// generalizes: logit = w·[x, φ(x)] + deep(x). The crossed feature φ is the pair of the
// candidate and the item that the user liked last, hashed to a bucket, as in
// Sparrow RecSys. Source: Cheng et al., "Wide & deep learning for recommender systems", DLRS
// 2016. Both parts are trained together, the wide one by FTRL with L1.
var WideDeep = Model{
	Name: "Wide & Deep", Source: "Cheng et al., DLRS 2016", File: "build/pointwise/widedeep.go",
	Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
		f := newFields(b, in, opt.Width)
		crossed := b.Param("wide crossed", in.Categorical[in.Crossed].Vocabulary, 1, 0, 0)
		wide := b.Op(nn.OpAdd, linear(b, in), b.Embed(in.Crossed, crossed))
		return Heads{Logit: b.Op(nn.OpAdd, wide, deep(b, f.flat(b), opt))}
	},
	Rule: func(param string) autodiff.Rule {
		if wide(param) {
			return wideRule
		}
		return autodiff.DefaultRule(param)
	},
}
