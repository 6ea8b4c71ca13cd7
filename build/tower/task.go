package tower

import (
	"context"
	"math/rand/v2"

	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// Fields that the graphs of this package begin with.
const (
	history = iota // the newest L items of the user
	item           // the target, and behind it the negatives
)

// task is what the towers that answer with a user's vector have in common.
type task struct {
	*examples
	opt        Options
	slots      int // items an example: its target and the negatives
	draw       *draw
	graph      *nn.Graph
	user, item int32 // nodes: [B×D] and [B·slots×D]
}

func newTask(x *examples, opt Options) task {
	return task{examples: x, opt: opt, slots: 1 + opt.Negatives, draw: newDraw(x.share)}
}

func (t *task) fields(more ...nn.Field) []nn.Field {
	n := t.d.Catalog.Len()
	return append([]nn.Field{
		{Name: "history", Slots: t.opt.Length, Vocabulary: n}, {Name: "movie", Slots: t.slots, Vocabulary: n},
	}, more...)
}

// trained trains the graph of t for loss and returns the model that now makes of it.
func trained(ctx context.Context, t *task, loss autodiff.Task, now func() *Model, progress func(done, total int)) (*Model, error) {
	curve, err := t.opt.train(ctx, t.graph, len(t.at), loss, func() scores { return now().Scores }, progress)
	if err != nil {
		return nil, err
	}
	m := now()
	m.Curve = curve
	return m, nil
}

// pooled returns the mean of the history's vectors: [B×D].
func (t *task) pooled(b *nn.Builder, items int32) int32 {
	return b.Op(nn.OpMeanSteps, b.Embed(history, items), b.OpN(nn.OpPresent, history))
}

// Encode implements [autodiff.Task].
func (t *task) Encode(dst *nn.Batch, part []int32, rng *rand.Rand) {
	L := t.opt.Length
	for k, e := range part {
		t.history(dst.IDs[history][k*L:][:L], t.first[e], t.at[e])
		rows := dst.IDs[item][k*t.slots:][:t.slots]
		rows[0] = int32(t.d.Interactions[t.at[e]].Row)
		for s := range rows[1:] {
			rows[1+s] = t.draw.one(rng)
		}
	}
}

// Loss implements [autodiff.Task].
func (t *task) Loss(tape *autodiff.Tape, part []int32) float64 {
	rows := tape.Batch().IDs[item]
	expected := make([]float64, len(rows))
	for k, r := range rows {
		expected[k] = float64(len(part)) * (t.share[r] + float64(t.opt.Negatives)*t.draw.q[r])
	}
	return batchSoftmax(tape, t.user, t.item, rows, expected)
}
