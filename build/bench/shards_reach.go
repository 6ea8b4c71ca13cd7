package main

import (
	"math"
	"slices"

	"sparrow/build/shard"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// flat is a whole bundle, and in which cell each of its items is once it is cut.
type flat struct {
	bundle *bundle.Bundle
	shards *bundle.Shards
	store  *shard.Store
	file   []byte // of cells
	cell   []int  // [N], -1 for an item of the core
}

func newFlat(b *bundle.Bundle, files *shard.Files) (*flat, error) {
	_, s, err := bundle.DecodeShards(files.Core)
	if err != nil {
		return nil, err
	}
	store, err := shard.Open(files.Core)
	if err != nil {
		return nil, err
	}
	f := &flat{b, s, store, files.Cells, make([]int, b.Catalog.Len())}
	v := &visitor{store: store, file: files.Cells}
	for r, id := range b.Catalog.IDs {
		if f.cell[r], err = v.where(id); err != nil {
			return nil, err
		}
	}
	for _, r := range s.Rows {
		f.cell[r] = -1
	}
	return f, nil
}

// reach is what 1, 2, … cells find of the best of all, and how many bytes they have, [C] each:
// means over questions.
type reach struct{ recall, bytes []float64 }

// least returns how many cells find so much, all where none do.
func (r *reach) least(recall float64) int {
	at := slices.IndexFunc(r.recall, func(v float64) bool { return v >= recall })
	if at < 0 {
		return len(r.recall)
	}
	return at + 1
}

// add counts a question whose best items are best, and which looks into cells in the given order.
func (r *reach) add(f *flat, best []int32, order []int32, of int) {
	in := make(map[int]int)
	for _, row := range best {
		in[f.cell[row]]++
	}
	hits, bytes := in[-1], 0
	for place, c := range order {
		hits += in[int(c)]
		bytes += f.shards.Cells[c].Bytes
		r.recall[place] += float64(hits) / float64(len(best)*of)
		r.bytes[place] += float64(bytes) / float64(of)
	}
}

func (f *flat) newReach() *reach {
	return &reach{make([]float64, len(f.shards.Bias)), make([]float64, len(f.shards.Bias))}
}

// lists returns the reach of lists of retrieval for users with these histories.
func (f *flat) lists(users []feature.History) *reach {
	r, m := f.newReach(), &f.bundle.Retrieval
	encoder, u := retrieval.NewEncoder(m), make([]float32, m.Out.Cols)
	for _, h := range users {
		encoder.UserVector(u, h)
		r.add(f, bestFor(m, u, h, shardK), f.store.Likely(u, len(f.shards.Bias)), len(users))
	}
	return r
}

// bestFor returns the k best items for a user, without those of their history.
func bestFor(m *retrieval.Model, u []float32, h feature.History, k int) []int32 {
	skip := make([]bool, m.Out.Rows)
	for _, e := range h {
		skip[e.Row] = true
	}
	var top vec.TopK
	top.Reset(k)
	m.Best(&top, u, skip)
	return rowsAt(&top)
}

func rowsAt(top *vec.TopK) []int32 {
	var rows []int32
	for _, key := range top.Sorted() {
		rows = append(rows, vec.At(key))
	}
	return rows
}

// similar returns what share of the items nearest by cosine is here once the cells that an item names are, and how
// many bytes these have with its own: means over n items, one of so many from the best known to the least.
func (f *flat) similar(n int) (recall, bytes float64, err error) {
	for _, row := range spread(f.bundle, n) {
		v := &visitor{store: f.store, file: f.file}
		id := f.bundle.Catalog.IDs[row]
		if err := v.items(id); err != nil {
			return 0, 0, err
		}
		own, _ := v.where(id)
		here := append(v.store.Near(id), int32(own), -1)
		for _, c := range here {
			if c >= 0 {
				bytes += float64(f.shards.Cells[c].Bytes) / float64(n)
			}
		}
		for _, r := range nearest(&f.bundle.Retrieval.Out, int(row), shardK) {
			if slices.Contains(here, int32(f.cell[r])) {
				recall += 1 / float64(shardK*n)
			}
		}
	}
	return recall, bytes, nil
}

// nearest returns the k rows of m with the largest cosine to row, itself left out.
func nearest(m *quant.Matrix, row, k int) []int32 {
	of, _ := m.Row(row)
	var top vec.TopK
	top.Reset(k)
	for r := range m.Rows {
		other, _ := m.Row(r)
		if square := quant.Dot(other, other); r != row && square > 0 {
			top.Push(float32(float64(quant.Dot(of, other))/math.Sqrt(float64(square))), int32(r))
		}
	}
	return rowsAt(&top)
}

// spread returns n items of b, evenly from the one that most people know to the least.
func spread(b *bundle.Bundle, n int) []catalog.Row {
	rows := make([]catalog.Row, b.Catalog.Len())
	for r := range rows {
		rows[r] = catalog.Row(r)
	}
	slices.SortStableFunc(rows, func(x, y catalog.Row) int { return int(b.Statistics.Count[y]) - int(b.Statistics.Count[x]) })
	out := make([]catalog.Row, n)
	for i := range out {
		out[i] = rows[i*len(rows)/n]
	}
	return out
}
