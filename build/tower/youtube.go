package tower

import (
	"context"
	"math"
	"math/rand/v2"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
	"sparrow/wasm/nn"
)

// TrainYouTubeDNN trains YouTube's candidate generator: watching is a choice
// among all items,
//
//	P(i | u) = softmax_i ⟨v_i, u⟩,  u = tower([mean of the history's vectors, age of the example])
//
// with a tower of ReLU layers and vectors v apart from those of the history. The age of
// an example is how long before the end of the log it was: the model learns what was fresh
// then, and is asked with an age of zero. Source: Covington, Adams, Sargin, "Deep neural
// networks for YouTube recommendations", RecSys 2016, section 3. As there the softmax is over
// sampled items with their importance, and an example's history is what came before it, never
// the future. Searches, geography and demography are not in our data.
func TrainYouTubeDNN(ctx context.Context, d *dataset.Dataset, opt Options, progress func(done, total int)) (*Model, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	x := newExamples(d)
	if len(x.at) == 0 {
		return nil, errNothing
	}
	t := &youTube{newTask(x, opt)}
	D := opt.Width
	b := nn.NewBuilder(1, t.fields(), autodiff.Glorot(opt.Seed))
	in := b.Op(nn.OpConcat, t.pooled(b, b.Table("history", history, D)), b.Op(nn.OpInput))
	t.user = b.Linear("user", b.MLP("tower", in, nn.OpReLU, opt.Dropout, opt.Hidden), D)
	table := b.Table("movies", item, D)
	t.item = b.Embed(item, table)
	t.graph = b.Finish(t.item)
	now := func() *Model {
		m := t.model(t.user)
		for r, p := range t.share {
			if p > 0 { // the others have learned nothing but to be unlikely
				copy(m.Vectors[r*D:][:D], t.graph.Params[table].Row(r))
			}
		}
		return m
	}
	return trained(ctx, &t.task, t, now, progress)
}

type youTube struct{ task }

// Encode implements [autodiff.Task].
func (t *youTube) Encode(dst *nn.Batch, part []int32, rng *rand.Rand) {
	t.task.Encode(dst, part, rng)
	for k, e := range part {
		dst.Numeric[k] = age(t.newest - int64(t.d.Interactions[t.at[e]].At))
	}
}

// age is ln(1 + days)/8, 0 to about 1.
func age(seconds int64) float32 { return float32(math.Log1p(float64(seconds)/86400) / 8) }
