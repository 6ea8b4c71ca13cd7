package pointwise

import "sparrow/wasm/nn"

// DeepFM adds a factorization machine and a deep part over the same embeddings:
// logit = FM(x) + deep([x, e₁, …, e_n]). Source: Guo et al., "DeepFM: a
// factorization-machine based neural network for CTR prediction", IJCAI 2017,
// equations 1 to 4. Sparrow RecSys' first version has four chosen products in place
// of the FM; this is all pairs of fields.
var DeepFM = Model{Name: "DeepFM", Source: "Guo et al., IJCAI 2017", File: "build/pointwise/deepfm.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	f := newFields(b, in, opt.Width)
	fm := b.Op(nn.OpAdd, linear(b, in), secondOrder(b, &f))
	return Heads{Logit: b.Op(nn.OpAdd, fm, deep(b, f.flat(b), opt))}
}}
