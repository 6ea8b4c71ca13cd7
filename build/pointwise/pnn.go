package pointwise

import "sparrow/wasm/nn"

// InnerPNN feeds the deep layers with the inner products of all pairs of fields
// beside the fields: l = [x, e₁, …, e_n, ⟨e_i, e_j⟩ for i < j]. Source: Qu et al.,
// "Product-based neural networks for user response prediction", ICDM 2016, section III.B,
// without their low-rank first layer, which our few fields do not need.
var InnerPNN = Model{Name: "PNN inner", Source: "Qu et al., ICDM 2016", File: "build/pointwise/pnn.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	f := newFields(b, in, opt.Width)
	return Heads{Logit: deep(b, f.flat(b, b.Op(nn.OpInnerProducts, f.stacked(b))), opt)}
}}

// OuterPNN has the outer product p·pᵀ of the sum of all fields p = Σ e_i in
// their place, the superposition of section III.C.
var OuterPNN = Model{Name: "PNN outer", Source: "Qu et al., ICDM 2016", File: "build/pointwise/pnn.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	f := newFields(b, in, opt.Width)
	return Heads{Logit: deep(b, f.flat(b, b.Op(nn.OpOuterProduct, f.stacked(b))), opt)}
}}
