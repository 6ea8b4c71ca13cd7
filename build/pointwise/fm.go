package pointwise

import "sparrow/wasm/nn"

// FM is a factorization machine: every pair of inputs has a weight ⟨v_i, v_j⟩,
// so that pairs that were never seen together have one too:
//
//	logit = w₀ + Σ w_i·x_i + Σ_{i<j} ⟨v_i, v_j⟩·x_i·x_j
//
// with the second sum as ½ Σ_d ((Σ_i v_id·x_i)² - Σ_i (v_id·x_i)²). Source: Rendle,
// "Factorization machines", ICDM 2010, equations 1 and 5. The x of an id in a multi-hot
// field is 1/number of ids, and pairs within one field are left out; numeric features
// take part in pairs by their buckets.
var FM = Model{Name: "FM", Source: "Rendle, ICDM 2010", File: "build/pointwise/fm.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	f := newFields(b, in, opt.Width)
	return Heads{Logit: b.Op(nn.OpAdd, linear(b, in), secondOrder(b, &f))}
}}

// secondOrder returns Σ_{i<j} ⟨v_i, v_j⟩ over the fields: [B×1].
func secondOrder(b *nn.Builder, f *fields) int32 {
	return b.Op(nn.OpSumCols, b.Op(nn.OpBiInteraction, f.stacked(b)))
}
