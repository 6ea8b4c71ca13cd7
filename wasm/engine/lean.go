package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/rerank"
	"sparrow/wasm/vec"
)

// How far a list leans.
const (
	leanStrength = 1.5 // standard deviations of the candidates' values for one of what it leans to, at the end of its range
	moreShare    = 0.3 // of a list, that genres of which there is to be more have beyond their share of the likes
	moreWeight   = 32  // of the divergence from that, against all else a list is balanced by
	leanRare     = 0.3 // of the candidates, kept for rare items in a list of what few know
	leanWanted   = 0.2 // of the candidates, kept for items of genres of which there is to be more
)

// Leaning is what a list leans to beside what the visitor likes. Each number is from -1 to 1,
// 0 for neither way.
type Leaning struct {
	Popularity  float32 // to what few know … to what many know, by the logarithm of how many
	Familiarity float32 // to what is unlike the likes … like one of them, by the cosine of [Engine.Describe]
	Recency     float32 // to what is old … new, by the year
	Genres      []int   // of which there is to be more, ascending
}

// none reports whether l moves no item.
func (l *Leaning) none() bool {
	return l.Popularity == 0 && l.Familiarity == 0 && l.Recency == 0
}

// lean returns by how many standard deviations of their values the candidates move, [n]. What
// they are measured by is standardized over them; an item without a year is of the mean one.
// vectors are those of the candidates, [n×width].
func (e *Engine) lean(l *Leaning, likes []catalog.Row, candidates []feature.Candidate, vectors []float32) []float32 {
	by, measure := make([]float32, len(candidates)), make([]float64, len(candidates))
	add := func(weight float32, of func(i int) float64) {
		if weight == 0 {
			return
		}
		for i := range measure {
			measure[i] = of(i)
		}
		standardize(measure)
		for i, z := range measure {
			by[i] += float32(float32(leanStrength*weight) * float32(z))
		}
	}
	add(l.Popularity, func(i int) float64 { return float64(e.fame[candidates[i].Row]) })
	add(l.Recency, func(i int) float64 {
		if year := e.catalog.Years[candidates[i].Row]; year > 0 {
			return float64(year)
		}
		return math.NaN()
	})
	if l.Familiarity != 0 && len(likes) > 0 {
		liked, width := e.Describe(likes), e.width()
		add(l.Familiarity, func(i int) float64 {
			return float64(nearest(vectors[i*width:(i+1)*width], liked))
		})
	}
	return by
}

// more is the target of a list that is to have more of some genres: as many as the likes have, and
// moreShare.
func (e *Engine) more(genres []int, likes []catalog.Row, candidates []feature.Candidate) rerank.Target {
	t := rerank.Target{Of: make([][]uint8, len(candidates)), Weight: moreWeight}
	for i := range candidates {
		t.Of[i] = []uint8{0}
		if meets(e.catalog.Genres[candidates[i].Row], genres) {
			t.Of[i][0] = 1
		}
	}
	var of float32
	for _, r := range likes {
		if meets(e.catalog.Genres[r], genres) {
			of++
		}
	}
	of = min(of/float32(max(1, len(likes)))+moreShare, 1)
	t.Wanted = []float32{1 - of, of}
	return t
}

// meets reports whether genres has one of wanted.
func meets(genres []uint8, wanted []int) bool {
	for _, g := range wanted {
		if slices.Contains(genres, uint8(g)) {
			return true
		}
	}
	return false
}

// nearest returns the largest inner product of v with a row of vectors, [n×len(v)], n > 0.
func nearest(v, vectors []float32) float32 {
	top := float32(-1)
	for at := 0; at < len(vectors); at += len(v) {
		top = max(top, vec.Dot(v, vectors[at:]))
	}
	return top
}

// standardize gives x the mean 0 and the deviation 1, where it has one; what is not a number
// becomes 0.
func standardize(x []float64) {
	var n, sum, squares float64
	for _, v := range x {
		if v == v {
			n++
			sum += v
		}
	}
	mean := sum / max(1, n)
	for i, v := range x {
		if x[i] = v - mean; v != v {
			x[i] = 0
		}
		squares += float64(x[i] * x[i])
	}
	if squares > 0 {
		scale := math.Sqrt(n / squares)
		for i := range x {
			x[i] *= scale
		}
	}
}
