package pointwise

import "sparrow/wasm/nn"

// DeepCrossing stacks residual units on the embeddings,
//
//	x' = ReLU(x + W₂·ReLU(W₁·x + b₁) + b₂),
//
// which lets gradients pass many layers, and ends in one logit. Source: Shan et
// al., "Deep crossing: web-scale modeling without manually crafted combinatorial
// features", KDD 2016, equation 2 and figure 2. One unit for each of the hidden widths.
var DeepCrossing = Model{Name: "Deep Crossing", Source: "Shan et al., KDD 2016", File: "build/pointwise/deepcrossing.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	f := newFields(b, in, opt.Width)
	x := f.flat(b)
	width := b.Shape(x).Cols
	for i, h := range opt.Hidden {
		name := "unit " + string(rune('a'+i))
		inner := b.Op(nn.OpReLU, b.Linear(name+" in", x, h))
		x = b.Op(nn.OpReLU, b.Op(nn.OpAdd, x, b.Linear(name+" out", b.Dropout(inner, opt.Dropout), width)))
	}
	return Heads{Logit: b.Linear("logit", x, 1)}
}}
