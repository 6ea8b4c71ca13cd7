package tower

import (
	"context"
	"math/rand/v2"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
	"sparrow/wasm/nn"
)

// TrainTwoTower trains a tower of fully connected layers for users and one for
// items, whose outputs, of length 1, meet in an inner product:
//
//	score(u, i) = ⟨f(history of u), g(i, genres of i, decade of i)⟩ / τ
//
// so that items can be indexed before anybody asks, and new ones have a vector
// too. The loss is a softmax over the items of the batch, corrected for how often each is
// in one. Sources: Huang et al., "Learning deep structured semantic models" (DSSM), CIKM
// 2013, whose towers read texts; Yi et al., "Sampling-bias-corrected neural modeling",
// RecSys 2019, who estimate from a stream how often an item comes, where this counts.
func TrainTwoTower(ctx context.Context, d *dataset.Dataset, opt Options, progress func(done, total int)) (*Model, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	x := newExamples(d)
	if len(x.at) == 0 {
		return nil, errNothing
	}
	t := &twoTower{task: newTask(x, opt), content: newContent(d.Catalog)}
	t.build()
	now := func() *Model {
		m := t.model(t.user)
		t.vectors(m)
		return m
	}
	return trained(ctx, &t.task, t, now, progress)
}

// Fields of the items' tower; each has as many slots for every item as it needs.
const (
	known  = iota + item + 1 // the item, or none where the tower is to do without
	genres                   // content.slots for each item
	decade
)

type twoTower struct {
	task
	content *content
}

func (t *twoTower) build() {
	n, c, D := t.d.Catalog.Len(), t.content, t.opt.Width
	b := nn.NewBuilder(0, t.fields(
		nn.Field{Name: "known", Slots: t.slots, Vocabulary: n},
		nn.Field{Name: "genres", Slots: t.slots * c.slots, Vocabulary: c.names},
		nn.Field{Name: "decade", Slots: t.slots, Vocabulary: decades},
	), autodiff.Glorot(t.opt.Seed))
	items := b.Table("movies", history, D)
	hidden := b.MLP("user", t.pooled(b, items), nn.OpReLU, t.opt.Dropout, t.opt.Hidden)
	t.user = b.Op(nn.OpUnit, b.Linear("user out", hidden, D))

	// The vectors of an item's genres stand side by side.
	names := b.OpN(nn.OpReshape, t.slots, b.Embed(genres, b.Table("genres", genres, D)))
	item := b.Op(nn.OpConcat, b.Embed(known, items), names, b.Embed(decade, b.Table("decades", decade, D)))
	hidden = b.MLP("movie", item, nn.OpReLU, t.opt.Dropout, t.opt.Hidden)
	t.item = b.Scale(b.Op(nn.OpUnit, b.Linear("movie out", hidden, D)), 1/t.opt.Temperature)
	t.graph = b.Finish(t.item)
}

// Encode implements [autodiff.Task]. A tenth of the items go without their
// number, so that the tower learns to do with the content alone.
func (t *twoTower) Encode(dst *nn.Batch, part []int32, rng *rand.Rand) {
	t.task.Encode(dst, part, rng)
	for k, r := range dst.IDs[item] {
		t.fill(dst, k, r, rng.IntN(10) > 0)
	}
}

// fill stores what the tower is to know of an item.
func (t *twoTower) fill(dst *nn.Batch, k int, r int32, itself bool) {
	c := t.content
	dst.IDs[known][k], dst.IDs[decade][k] = -1, c.decade[r]
	if itself {
		dst.IDs[known][k] = r
	}
	c.genresOf(dst.IDs[genres][k*c.slots:][:c.slots], r)
}

// vectors stores the vectors of all items in m; those that no one has seen go
// without their number.
func (t *twoTower) vectors(m *Model) {
	g := t.graph.Only(t.item)
	tape := autodiff.NewTape(g)
	var b nn.Batch
	autodiff.Resize(&b, g, 1)
	for _, ids := range b.IDs {
		for k := range ids {
			ids[k] = -1
		}
	}
	for from := 0; from < m.N; from += t.slots {
		n := min(t.slots, m.N-from)
		for k := range n {
			t.fill(&b, k, int32(from+k), t.share[from+k] > 0)
		}
		copy(m.Vectors[from*m.D:(from+n)*m.D], tape.Forward(&b, nil))
	}
}
