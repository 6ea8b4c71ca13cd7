package pipeline

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/embedding"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// Tower is the user's side of a model of two towers that was trained elsewhere: a network as
// [retrieval.Model] has it, which reads D numbers an event.
type Tower struct {
	Name    string
	Network *nn.Graph
	Beside  []float32 // [N×Columns] what it reads of an item behind its vector; nil for nothing
	Columns int
}

// TowerFigures say what 8 bits change in the answers of a model of two towers.
type TowerFigures struct {
	Kept      float64 `json:"kept"` // share of the ten best items that stay among the ten best
	Histories int     `json:"histories"`
}

// ImportTowers makes a bundle of d's catalog, whose retrieval is a model of two towers: the vectors of
// items in v, at the length that they have, and t, which makes the vector of a user of those of what they chose.
func (o Options) ImportTowers(ctx context.Context, p Progress, d *dataset.Dataset, v *embedding.Vectors, t *Tower, out string) (*Packed, *TowerFigures, error) {
	n, width := d.Catalog.Len(), v.Width+t.Columns
	values, bias := make([]float32, n*width), make([]float32, n)
	for r, has := range v.Has {
		row := values[r*width:][:width]
		for c, x := range v.Values[r*v.Width:][:v.Width] {
			row[c] = float32(x * v.Length[r])
		}
		copy(row[v.Width:], t.Beside[r*t.Columns:])
		if !has {
			bias[r] = quant.Coarse(unscored)
		}
	}
	network, err := bundle.Rounded(t.Network)
	if err != nil {
		return nil, nil, err
	}
	table := quant.Quantize(values, n, width)
	m := retrieval.Model{In: table, Out: table, Bias: bias, Network: network}
	if err := m.CheckNetwork(); err != nil {
		return nil, nil, err
	}
	f, err := towerFigures(t.Network, values, v.Has, &m, o.Seed)
	if err != nil {
		return nil, nil, err
	}
	note := fmt.Sprintf("* Its retrieval was not learned here. It is a model of two towers, %s: the vectors of %s, %d numbers each, and a network that makes a user's vector of the newest %s. What people did is known as how many chose an item, and no more.\n",
		t.Name, v.File, v.From, plural.Of(m.Length(), "event"))
	trained := &Trained{Options: o, Ranking: *retrievedOrder(len(d.Catalog.GenreNames), width),
		Retrieved: Retrieved{Model: m, Transition: retrieval.Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)}, note: note}}
	x, err := trained.assembled(p, d)
	if err != nil {
		return nil, nil, err
	}
	packed, err := trained.write(ctx, p, d, x, figures{}, out)
	if err != nil {
		return nil, nil, err
	}
	p.Stop()
	return packed, f, nil
}

const (
	unscored       = -1e4 // score of an item without a vector, which is below all others
	towerHistories = 100
	towerBest      = 10
)

// towerFigures asks the towers as they were given, exact with float32 vectors, and as they ship, for
// made-up histories of every length. It is an error where the engine, which runs a shorter network for a short
// history, would answer otherwise than the whole one.
func towerFigures(exact *nn.Graph, values []float32, has []bool, m *retrieval.Model, seed uint64) (*TowerFigures, error) {
	var items []catalog.Row
	for r, ok := range has {
		if ok {
			items = append(items, catalog.Row(r))
		}
	}
	rng, width := rand.New(rand.NewPCG(seed, 0x746f7765)), m.Out.Cols
	whole, err := nn.NewRunner(m.Network, nn.Portable)
	if err != nil {
		return nil, err
	}
	given, err := nn.NewRunner(exact, nn.Portable)
	if err != nil {
		return nil, err
	}
	encoder, u := retrieval.NewEncoder(m), make([]float32, width)
	shipped := make([]float32, len(values))
	for r := range m.Out.Rows {
		m.Out.Dequantize(shipped[r*width:][:width], r)
	}
	f, kept, best := &TowerFigures{Histories: towerHistories}, 0, 0
	for range f.Histories {
		var h feature.History
		for range 1 + rng.IntN(m.Length()) {
			h = append(h, feature.Event{Row: items[rng.IntN(len(items))], Stars: 5, At: int64(len(h))})
		}
		encoder.UserVector(u, h)
		if far := distance(u, whole.Forward(events(h, shipped, width, m.Length()))); !(far <= 1e-3) {
			return nil, errors.New("its network answers otherwise when a history has fewer events than its slots and the rest is left out: it mixes what stands at different places in a way that a graph of a bundle does not know")
		}
		want := bestOf(given.Forward(events(h, values, width, m.Length())), values, items)
		for _, r := range bestOf(u, shipped, items) {
			best++
			if slices.Contains(want, r) {
				kept++
			}
		}
	}
	f.Kept = float64(kept) / float64(best)
	return f, nil
}

// events is what a network of length slots is asked for a history.
func events(h feature.History, values []float32, width, slots int) *nn.Batch {
	b := &nn.Batch{Rows: 1, Numeric: make([]float32, slots*width), IDs: [][]int32{make([]int32, slots)}}
	for k := range slots {
		if k >= len(h) {
			b.IDs[0][k] = -1
			continue
		}
		copy(b.Numeric[k*width:], values[int(h[len(h)-1-k].Row)*width:][:width])
	}
	return b
}

// distance returns |a - b| against |b|.
func distance(a, b []float32) float64 {
	var off, length float64
	for i, x := range b {
		off += float64(a[i]-x) * float64(a[i]-x)
		length += float64(x) * float64(x)
	}
	return math.Sqrt(off / max(length, 1e-12))
}

// bestOf returns the items whose rows of table have the largest products with u.
func bestOf(u, table []float32, items []catalog.Row) (rows []catalog.Row) {
	var top vec.TopK
	top.Reset(towerBest)
	for _, r := range items {
		top.Push(vec.Dot(u, table[int(r)*len(u):][:len(u)]), int32(r))
	}
	for _, key := range top.Sorted() {
		rows = append(rows, catalog.Row(vec.At(key)))
	}
	return rows
}
