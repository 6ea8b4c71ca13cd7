package sequence

import (
	"math"

	"sparrow/wasm/nn"
)

// Parameters that the loss needs by their number; all graphs have them there.
const (
	tableParam = 0 // "items", [M×D]
	biasParam  = 1 // "bias", [M×1]
)

// newGraph returns the network over m movies: the vectors u of every step
// [B·L×D], for training, or with newest that of step 0 alone, [B×D], without
// dropout. Both have the same parameters in the same order.
//
//	x = √D·E[events]
//	x += attention(norm(x)), x += W₂·relu(W₁·norm(x))   as many times as there are blocks
//	u = norm(x)
func newGraph(m int, opt *Options, newest bool, start func(p *nn.Param, in, out int)) *nn.Graph {
	fields, rate := []nn.Field{{Name: "events", Slots: opt.Length, Vocabulary: m}}, opt.Dropout
	if opt.Negatives > 0 && !newest { // no node reads it: it is there for the loss
		fields = append(fields, nn.Field{Name: "negatives", Slots: opt.Negatives, Vocabulary: m})
	}
	if newest {
		rate = 0
	}
	b := nn.NewBuilder(0, fields, start)
	table := b.Table("items", 0, opt.Width)
	b.Param("bias", m, 1, 0, 0)
	mask := b.OpN(nn.OpPresent, 0)
	x := b.Dropout(b.Scale(b.Embed(0, table), float32(math.Sqrt(float64(opt.Width)))), rate)
	for i := range opt.Blocks {
		name := "block" + string(rune('0'+i))
		h := b.LayerNorm(name+".norm", x)
		q := h
		if newest && i == opt.Blocks-1 {
			q, x = b.Steps(h, 0, 1), b.Steps(x, 0, 1)
		}
		a := b.Attention(name, opt.Heads, b.Linear(name+".query", q, opt.Width),
			b.Linear(name+".key", h, opt.Width), b.Linear(name+".value", h, opt.Width), mask)
		x = b.Op(nn.OpAdd, x, b.Dropout(b.Linear(name+".mix", a, opt.Width), rate))
		f := b.MLP(name+".inner", b.LayerNorm(name+".norm2", x), nn.OpReLU, rate, 2*opt.Width)
		x = b.Op(nn.OpAdd, x, b.Dropout(b.Linear(name+".outer", f, opt.Width), rate))
	}
	return b.Finish(b.LayerNorm("norm", x))
}
