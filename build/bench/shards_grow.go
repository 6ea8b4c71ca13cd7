package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/ranking"
)

// grow gives b more items, as [Names.grow] does. The vector of a copy is its item's, moved; the k-th
// copy is known to a (k+1)th of the people who know its item, and its bias says so.
func (s Shards) grow(b *bundle.Bundle) {
	own, d := b.Catalog.Len(), b.Retrieval.Out.Cols
	names := Names{Items: s.Items}
	names.grow(b)
	c, m, rng := b.Catalog, &b.Retrieval, rand.New(rand.NewPCG(7, 62))
	var share float32 // of what comes in, in the mean
	for r, scale := range m.Out.Scale[:own] {
		if scale > 0 {
			share += min(1, m.In.Scale[r]/scale) / float32(own)
		}
	}
	out := make([]float32, s.Items*s.Width)
	for r := range s.Items {
		row := out[r*s.Width:][:s.Width]
		m.Out.Dequantize(row[:d], r)
		var square float64
		for _, v := range row[:d] {
			square += float64(v) * float64(v)
		}
		of := rand.New(rand.NewPCG(uint64(r%own), 1)) // further numbers of an item are those of its copies
		deviation := math.Sqrt(square / float64(d))
		for i := d; i < s.Width; i++ {
			row[i] = float32(deviation / 2 * of.NormFloat64())
		}
		if copies := r / own; copies > 0 {
			for i := range row {
				row[i] += float32(s.Spread * deviation * math.Sqrt(float64(d)/float64(s.Width)) * rng.NormFloat64())
			}
			c.IDs[r] = catalog.ID(fmt.Sprint(1_000_000 + r))
			b.Statistics.Count[r] /= uint32(copies + 1)
			m.Bias[r] = quant.Coarse(m.Bias[r] - float32(math.Log(float64(copies+1))))
		}
	}
	m.Out = quant.QuantizeTo(out, s.Items, s.Width, 31)
	m.In = m.Out
	m.In.Scale = make([]float32, s.Items)
	for r, scale := range m.Out.Scale {
		m.In.Scale[r] = scale * share
	}
	widen(&b.Ranking, d, s.Width)
	names.rename(c, own)
	b.Profile = nil // whose lists know the items of the bundle alone
	c.Index()
}

// widen makes m a ranker of vectors of another width, whose further numbers it does not look at; see
// [ranking.Layout].
func widen(m *ranking.Model, from, to int) {
	var numeric []feature.Numeric
	for _, name := range m.Features {
		f, _ := feature.NumericOf(name)
		numeric = append(numeric, f)
	}
	l := ranking.NewLayout(numeric, m.Genre.Cols, from)
	candidate, all := l.Sides()
	all += candidate
	var at []int // which input is the next one, -1 for none
	take := func(upTo int) {
		for next := len(at) - pads(at); next < upTo; next++ {
			at = append(at, next)
		}
	}
	pad := func() {
		for range to - from {
			at = append(at, -1)
		}
	}
	take(candidate)
	pad()
	skip := len(at)
	for i := range feature.UserItems {
		take(all - (feature.UserItems-1-i)*from)
		pad()
	}
	m.Hidden[0].Weight = columns(&m.Hidden[0].Weight, at)
	m.Skip.Weight = columns(&m.Skip.Weight, at[:skip])
	baseline := make([]float32, len(at))
	for i, from := range at {
		if from >= 0 {
			baseline[i] = m.Baseline[from]
		}
	}
	m.Baseline = baseline
}

func pads(at []int) (n int) {
	for _, from := range at {
		if from < 0 {
			n++
		}
	}
	return n
}

// columns returns those columns of m, zeros for -1.
func columns(m *quant.Matrix, at []int) quant.Matrix {
	out := quant.Matrix{Rows: m.Rows, Cols: len(at), Scale: m.Scale}
	for r := range m.Rows {
		row, _ := m.Row(r)
		for _, from := range at {
			v := int8(0)
			if from >= 0 {
				v = row[from]
			}
			out.Data = append(out.Data, v)
		}
	}
	return out
}
