package pointwise

import "sparrow/wasm/nn"

// EmbeddingMLP is the plainest deep model: embeddings and numeric features side
// by side, then fully connected layers with ReLU,
//
//	logit = w·ReLU(W₂·ReLU(W₁·[x, e₁, …, e_n] + b₁) + b₂) + b₃.
//
// It is the course's first deep model, and what the others are compared with.
// Source: the structure that Zhang et al. (ECIR 2016) call FNN without its FM start.
var EmbeddingMLP = Model{Name: "Embedding+MLP", Source: "the course's baseline", File: "build/pointwise/embeddingmlp.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	f := newFields(b, in, opt.Width)
	return Heads{Logit: deep(b, f.flat(b), opt)}
}}

// deep returns the logit of fully connected layers over x.
func deep(b *nn.Builder, x int32, opt Options) int32 {
	return b.Linear("logit", b.MLP("deep", x, nn.OpReLU, opt.Dropout, opt.Hidden...), 1)
}
