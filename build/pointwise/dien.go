package pointwise

import (
	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// DIEN follows how a taste evolved. A GRU turns the history into interests h_t, an
// auxiliary loss makes each of them tell what came next, and a second GRU whose
// update gate is scaled by the attention of the candidate (AUGRU) follows those
// interests that matter to it:
//
//	h = GRU(e),  a_t = softmax_t(h_t·W·c),  user = AUGRU(h, a)
//	loss = BCE + α·auxiliary
//	auxiliary = -mean_t [ln σ(⟨h_t, e_t+1⟩) + ln(1 - σ(⟨h_t, ê_t+1⟩))]
//
// with ê an item drawn at random. Source: Zhou et al., "Deep interest evolution
// network for click-through rate prediction", AAAI 2019, equations 6 to 16, α = 1 in
// their code and [auxiliaryWeight] here. The original Sparrow RecSys subtracts both
// probabilities, which rewards a high score of what did not come, and starts from a
// random state; see TestOriginalAuxiliaryLoss.
var DIEN = Model{Name: "DIEN", Source: "Zhou et al., AAAI 2019", File: "build/pointwise/dien.go", Build: func(b *nn.Builder, in *Inputs, opt Options) Heads {
	f := newFields(b, in, opt.Width)
	e, mask := f.events(b, in, opt.Width)
	steps := b.Shape(e).Steps
	h := b.GRU("interest", opt.Width, e, mask)
	c := b.OpN(nn.OpRepeat, steps, b.Linear("attention", f.item, opt.Width))
	a := b.Op(nn.OpSoftmaxSteps, b.Op(nn.OpDot, h, c), mask)
	user := b.Steps(b.GRU("evolution", opt.Width, h, mask, a), 0, 1)

	// What came after step t is one step newer: t-1.
	before := b.Steps(h, 1, steps)
	next := b.Steps(b.Embed(in.History, f.items), 0, steps-1) // as other: without stars, which would tell the two apart
	other := b.Steps(b.Embed(len(in.Categorical), f.items), 0, steps-1)
	return Heads{
		Logit:     deepPReLU(b, f.flat(b, user, b.Op(nn.OpMul, user, f.item)), opt),
		Auxiliary: true, Next: b.Op(nn.OpDot, before, next), Other: b.Op(nn.OpDot, before, other),
		Exists: b.Steps(mask, 1, steps),
	}
}}

// auxiliaryWeight is α. On validation data of MovieLens latest-small TUNED.
const auxiliaryWeight = 0.5

// auxiliary adds the gradient of α·auxiliary and returns it, summed over the
// examples: the loss of a user counts the same however long their history is.
func auxiliary(t *autodiff.Tape, h Heads, rows int) float64 {
	exists := t.Value(h.Exists)
	steps := len(exists) / rows
	weights, ones, zeros := make([]float32, len(exists)), make([]float32, len(exists)), make([]float32, len(exists))
	for r := range rows {
		var n float32
		for _, v := range exists[r*steps:][:steps] {
			n += v
		}
		for s := r * steps; s < (r+1)*steps; s++ {
			ones[s] = 1
			weights[s] = auxiliaryWeight * exists[s] / max(n, 1)
		}
	}
	return autodiff.Binary(t, h.Next, ones, weights) + autodiff.Binary(t, h.Other, zeros, weights)
}
