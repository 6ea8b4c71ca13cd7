package sasrec

import (
	"math"

	"sparrow/wasm/nn"
)

// Parameters of the training graph that the network does not have, by their number:
// its table is the one that items are scored with.
const (
	tableParam = 0 // "items", [M×D]
	biasParam  = 1 // "bias", [M×1]
	ownParams  = 2
)

// newGraph returns the training graph over m items, with so many drawn for a window: the vectors u of every step
// [B·L×D], with
//
//	x = √D·E[events]
//	x += attention(norm(x)), x += W₂·relu(W₁·norm(x))   as many times as there are blocks
//	u = norm(x)
func newGraph(m, drawn int, opt *Options, start func(p *nn.Param, in, out int)) *nn.Graph {
	fields := []nn.Field{{Name: "events", Slots: opt.Length, Vocabulary: m}}
	if drawn > 0 { // no node reads it: it is there for the loss
		fields = append(fields, nn.Field{Name: "negatives", Slots: drawn, Vocabulary: m})
	}
	b := nn.NewBuilder(0, fields, start)
	table := b.Table("items", 0, opt.Width)
	b.Param("bias", m, 1, 0, 0)
	return layers(b, b.Embed(0, table), opt, false)
}

// newNetwork returns what ships, see [retrieval.Model]: the vector u of step 0 alone,
// [B×D], of the vectors of the events, without dropout. Its parameters are those of
// newGraph in the same order, behind the first two.
func newNetwork(opt *Options) *nn.Graph {
	b := nn.NewBuilder(opt.Length*opt.Width, []nn.Field{{Name: "events", Slots: opt.Length, Vocabulary: 1}}, func(*nn.Param, int, int) {})
	return layers(b, b.OpN(nn.OpReshape, opt.Length, b.Op(nn.OpInput)), opt, true)
}

// layers adds what stands between the vectors of the events, x, and u.
func layers(b *nn.Builder, x int32, opt *Options, newest bool) *nn.Graph {
	rate := opt.Dropout
	if newest {
		rate = 0
	}
	mask := b.OpN(nn.OpPresent, 0)
	x = b.Dropout(b.Scale(x, float32(math.Sqrt(float64(opt.Width)))), rate)
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
