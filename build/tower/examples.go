package tower

import (
	"math"
	"math/rand/v2"
	"sort"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// examples are the training examples of the towers: every event with an event
// of the same user before it. Items are known by their rows.
type examples struct {
	d      *dataset.Dataset
	at     []int32   // index into d.Interactions of the target
	first  []int32   // of the user's first event
	share  []float64 // [N] of the targets that each item is
	newest int64     // Unix seconds of the newest event
}

func newExamples(d *dataset.Dataset) *examples {
	x := &examples{d: d, share: make([]float64, d.Catalog.Len())}
	for u := range d.Start {
		for at := d.Start[u] + 1; at < d.End[u]; at++ {
			x.at, x.first = append(x.at, int32(at)), append(x.first, int32(d.Start[u]))
			x.share[d.Interactions[at].Row]++
		}
		if d.End[u] > d.Start[u] {
			x.newest = max(x.newest, int64(d.Interactions[d.End[u]-1].At))
		}
	}
	for r := range x.share {
		x.share[r] /= float64(max(1, len(x.at)))
	}
	return x
}

// history fills rows with the newest items before at, newest first, -1 for none.
func (x *examples) history(rows []int32, first, at int32) {
	for s := range rows {
		rows[s] = -1
		if e := at - 1 - int32(s); e >= first {
			rows[s] = int32(x.d.Interactions[e].Row)
		}
	}
}

// draw draws items by their share to the power of 3/4, as word2vec does.
type draw struct {
	q   []float64 // [N]
	sum []float64 // running sums of q
}

func newDraw(share []float64) *draw {
	w := &draw{q: make([]float64, len(share)), sum: make([]float64, len(share))}
	var total float64
	for r, p := range share {
		w.q[r] = math.Pow(p, 0.75)
		total += w.q[r]
	}
	var sum float64
	for r := range w.q {
		w.q[r] /= total
		sum += w.q[r]
		w.sum[r] = sum
	}
	return w
}

func (w *draw) one(rng *rand.Rand) int32 {
	v := rng.Float64()
	return int32(min(sort.SearchFloat64s(w.sum, v), len(w.sum)-1))
}

// content is what is known of items that no one has seen yet.
type content struct {
	genres [][]uint8
	decade []int32 // 0 for none
	slots  int     // most genres of an item, at most 4
	names  int
}

const decades = 16

func newContent(c *catalog.Catalog) *content {
	x := &content{genres: c.Genres, decade: make([]int32, c.Len()), slots: 1, names: max(1, len(c.GenreNames))}
	for r, y := range c.Years {
		if y > 0 {
			x.decade[r] = int32(min(max((int(y)-1880)/10, 1), decades-1))
		}
		x.slots = min(4, max(x.slots, len(c.Genres[r])))
	}
	return x
}

// genresOf fills ids, of the length slots, with the genres of row, -1 behind them.
func (x *content) genresOf(ids []int32, row int32) {
	for s := range ids {
		ids[s] = -1
		if s < len(x.genres[row]) {
			ids[s] = int32(x.genres[row][s])
		}
	}
}
