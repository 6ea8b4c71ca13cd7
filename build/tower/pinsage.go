package tower

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"

	"sparrow/build/autodiff"
	"sparrow/build/dataset"
	"sparrow/wasm/nn"
)

// TrainPinSage trains vectors of items from what they are and from their
// neighbourhood in the graph of users and items:
//
//	n_i = Σ_j α_ij·h_j,  z_i = W₂·ReLU(W₁·[h_i, n_i] + b₁) + b₂, of length 1
//
// with h an item's own vector plus those of its genres and its decade, and α the
// share of visits of short random walks from i to its T most visited neighbours
// (importance pooling). Two items that the same user saw within five events are
// to be alike. An item that no one saw has its content left, so cold items have
// vectors. Source: Ying et al., "Graph convolutional neural networks for web-scale
// recommender systems", KDD 2018, algorithm 1; GraphSAGE (Hamilton et al., NeurIPS 2017) for
// the mean of plain h, where PinSage puts a ReLU layer before it. One layer of neighbours,
// not two; the loss is the softmax of the batch, not a margin with hard negatives.
func TrainPinSage(ctx context.Context, d *dataset.Dataset, opt Options, progress func(done, total int)) (*Items, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	x := newExamples(d)
	if len(x.at) == 0 {
		return nil, errNothing
	}
	t := &pinSage{examples: x, opt: opt, content: newContent(d.Catalog), near: neighbours(d, opt.Seed)}
	t.build()
	curve, err := opt.train(ctx, t.graph, len(t.at), t, func() scores { return t.items().Scores }, progress)
	if err != nil {
		return nil, err
	}
	m := t.items()
	m.Curve = curve
	return m, nil
}

// fan is T, the number of neighbours.
const fan = 8

// Fields of one side; the target's follow the query's.
const (
	itself = iota
	itsGenres
	itsDecade
	others
	theirGenres
	theirDecades
	fieldsOfASide
)

type pinSage struct {
	*examples
	opt           Options
	content       *content
	near          []near // [N]
	graph         *nn.Graph
	query, target int32 // nodes [B×D]
}

func (t *pinSage) build() {
	n, G, D := t.d.Catalog.Len(), t.content.slots, t.opt.Width
	var fields []nn.Field
	for range 2 {
		fields = append(fields,
			nn.Field{Name: "movie", Slots: 1, Vocabulary: n}, nn.Field{Name: "genres", Slots: G, Vocabulary: t.content.names},
			nn.Field{Name: "decade", Slots: 1, Vocabulary: decades}, nn.Field{Name: "neighbours", Slots: fan, Vocabulary: n},
			nn.Field{Name: "their genres", Slots: fan * G, Vocabulary: t.content.names}, nn.Field{Name: "their decades", Slots: fan, Vocabulary: decades})
	}
	side := fan + fan*G // numeric inputs: α, and α over the number of genres for each genre
	b := nn.NewBuilder(2*side, fields, autodiff.Glorot(t.opt.Seed))
	items, genres, decade := b.Table("movies", itself, D), b.Table("genres", itsGenres, D), b.Table("decades", itsDecade, D)
	w1, b1 := b.Param("first.weight", 2*D, t.opt.Hidden, 2*D, t.opt.Hidden), b.Param("first.bias", 1, t.opt.Hidden, 0, 0)
	w2, b2 := b.Param("second.weight", t.opt.Hidden, D, t.opt.Hidden, D), b.Param("second.bias", 1, D, 0, 0)
	weights := b.OpN(nn.OpReshape, 2*side, b.Op(nn.OpInput))
	tower := func(at int) int32 {
		f := at * fieldsOfASide
		h := b.Op(nn.OpAdd, b.Embed(f+itself, items), b.Op(nn.OpAdd, b.Embed(f+itsDecade, decade),
			b.Op(nn.OpMeanSteps, b.Embed(f+itsGenres, genres), b.OpN(nn.OpPresent, f+itsGenres))))
		plain := b.Op(nn.OpAdd, b.Embed(f+others, items), b.Embed(f+theirDecades, decade))
		near := b.Op(nn.OpAdd, b.Op(nn.OpWeightedSum, b.Steps(weights, at*side, at*side+fan), plain),
			b.Op(nn.OpWeightedSum, b.Steps(weights, at*side+fan, (at+1)*side), b.Embed(f+theirGenres, genres)))
		x := b.Node(nn.Node{Op: nn.OpLinear, In: []int32{b.Op(nn.OpConcat, h, near)}, Param: []int32{w1, b1}})
		x = b.Dropout(b.Op(nn.OpReLU, x), t.opt.Dropout)
		return b.Op(nn.OpUnit, b.Node(nn.Node{Op: nn.OpLinear, In: []int32{x}, Param: []int32{w2, b2}}))
	}
	t.query = tower(0)
	t.target = b.Scale(tower(1), 1/t.opt.Temperature)
	t.graph = b.Finish(t.target)
}

// Encode implements [autodiff.Task]. The query is one of the five events before
// the target. A third of the items go without their own vector.
func (t *pinSage) Encode(dst *nn.Batch, part []int32, rng *rand.Rand) {
	for k, e := range part {
		at := t.at[e]
		before := at - 1 - rng.Int32N(min(5, at-t.first[e]))
		t.fill(dst, k, 0, int32(t.d.Interactions[before].Row), rng.IntN(3) > 0)
		t.fill(dst, k, 1, int32(t.d.Interactions[at].Row), rng.IntN(3) > 0)
	}
}

// fill stores what is known of item r as one side of example k.
func (t *pinSage) fill(dst *nn.Batch, k, side int, r int32, itsOwn bool) {
	G, c := t.content.slots, t.content
	f := dst.IDs[side*fieldsOfASide:]
	f[itself][k] = -1
	if itsOwn {
		f[itself][k] = r
	}
	f[itsDecade][k] = c.decade[r]
	c.genresOf(f[itsGenres][k*G:][:G], r)
	numeric := dst.Numeric[(2*k+side)*(fan+fan*G):][:fan+fan*G]
	clear(numeric)
	for j := range fan {
		f[others][k*fan+j], f[theirDecades][k*fan+j] = -1, -1
		genres := f[theirGenres][(k*fan+j)*G:][:G]
		if j >= len(t.near[r].row) {
			for s := range genres {
				genres[s] = -1
			}
			continue
		}
		row, weight := t.near[r].row[j], t.near[r].weight[j]
		f[others][k*fan+j], f[theirDecades][k*fan+j] = row, c.decade[row]
		c.genresOf(genres, row)
		numeric[j] = weight
		for s := range min(G, len(c.genres[row])) {
			numeric[fan+j*G+s] = weight / float32(min(G, len(c.genres[row])))
		}
	}
}

// Loss implements [autodiff.Task].
func (t *pinSage) Loss(tape *autodiff.Tape, part []int32) float64 {
	rows, expected := make([]int32, len(part)), make([]float64, len(part))
	for k, e := range part {
		rows[k] = int32(t.d.Interactions[t.at[e]].Row)
		expected[k] = float64(len(part)) * t.share[rows[k]]
	}
	return batchSoftmax(tape, t.query, t.target, rows, expected)
}

func (t *pinSage) items() *Items {
	n, D := t.d.Catalog.Len(), t.opt.Width
	m := &Items{N: n, D: D, L: t.opt.Length, Vectors: make([]float32, n*D)}
	g := t.graph.Only(t.query)
	tape := autodiff.NewTape(g)
	var b nn.Batch
	const block = 256
	for from := 0; from < n; from += block {
		rows := min(block, n-from)
		autodiff.Resize(&b, g, rows)
		for k := range rows {
			t.fill(&b, k, 0, int32(from+k), t.share[from+k] > 0)
			t.fill(&b, k, 1, int32(from+k), false)
		}
		copy(m.Vectors[from*D:], tape.Forward(&b, nil))
	}
	return m
}

// near are an item's most visited neighbours and their shares, summing to 1.
type near struct {
	row    []int32
	weight []float32
}

// neighbours walks from every item, 50 times four steps to a user who saw it and to another
// item that they saw, and keeps the most visited. The walks of an item have a seed
// of their own, so the result does not depend on the number of processors.
func neighbours(d *dataset.Dataset, seed uint64) []near {
	n := d.Catalog.Len()
	users := make([][]int32, n)
	for u := range d.Start {
		for _, e := range d.Of(u) {
			users[e.Row] = append(users[e.Row], int32(u))
		}
	}
	all := make([]near, n)
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			count := make([]int, n)
			for r := w; r < n; r += 2 {
				all[r] = walk(d, users, int32(r), rand.New(rand.NewPCG(seed, uint64(r))), count)
			}
		})
	}
	wg.Wait()
	return all
}

// walk returns the neighbours of item r; count is zero before and after.
func walk(d *dataset.Dataset, users [][]int32, r int32, rng *rand.Rand, count []int) near {
	var visited []int32
	for range 50 {
		at := r
		for range 4 {
			if len(users[at]) == 0 {
				break
			}
			seen := d.Of(int(users[at][rng.IntN(len(users[at]))]))
			at = int32(seen[rng.IntN(len(seen))].Row)
			if at == r {
				continue
			}
			if count[at] == 0 {
				visited = append(visited, at)
			}
			count[at]++
		}
	}
	slices.SortFunc(visited, func(a, b int32) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return int(a - b)
	})
	kept := near{row: slices.Clone(visited[:min(fan, len(visited))])}
	sum := 0
	for _, j := range kept.row {
		sum += count[j]
	}
	for _, j := range kept.row {
		kept.weight = append(kept.weight, float32(count[j])/float32(sum))
	}
	for _, j := range visited {
		count[j] = 0
	}
	return kept
}
