package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/rerank"
	"sparrow/wasm/vec"
)

// How likes are told apart into interests.
const (
	mostInterests  = 5
	sameInterest   = 0.15 // mean similarity, from which on two groups of likes are one interest
	ofInterest     = 0.3  // similarity to an interest's middle, from which on a candidate is of it
	interestWeight = 2    // of the divergence from their shares, for a variety of 1
)

// interests returns how a list is divided among what a visitor likes: each interest
// has its share of the likes. It is nil where they are one. vectors are those of the
// candidates, [n×width].
//
// Likes are grouped from the bottom up: the two groups whose likes resemble each other
// most, on average, become one, while they are one interest or there are too many.
// Another order of the likes makes the same groups. A candidate is of the interest that
// it resembles most, or of none.
//
// Source: Pal et al., PinnerSage: Multi-Modal User Embedding Framework, KDD 2020,
// section 3: clusters of what a user did, found on the fly, with a number that
// the data decide. Deviations: average linkage, where the paper has Ward's; and the
// interests divide what was found for all of them together: the README of
// build/pipeline says what retrieval for each costs.
func (e *Engine) interests(likes []catalog.Row, vectors []float32, variety float32) *rerank.Target {
	width := e.width()
	centres, sizes, _ := gather(e.Describe(byRow(likes)), len(likes), width)
	if len(centres) < 2 {
		return nil
	}
	t := &rerank.Target{Wanted: sizes, Of: make([][]uint8, len(vectors)/width), Weight: interestWeight * variety}
	for i := range sizes {
		sizes[i] /= float32(len(likes))
	}
	for i := range t.Of {
		most := float32(ofInterest)
		for k, c := range centres {
			if near := vec.Dot(c, vectors[i*width:(i+1)*width]); near > most {
				t.Of[i], most = []uint8{uint8(k)}, near
			}
		}
	}
	return t
}

// byRow returns rows in ascending order, as a list of their own.
func byRow(rows []catalog.Row) []catalog.Row {
	rows = slices.Clone(rows)
	vec.Sort(rows, func(a, b catalog.Row) bool { return a < b })
	return rows
}

// gather returns the middles, of length 1, of groups of n unit vectors, their sizes, and
// the group of each vector. The vectors are overwritten.
func gather(vectors []float32, n, width int) (centres [][]float32, sizes []float32, of []int) {
	near := make([]float32, n*n) // mean similarity of the likes of two groups
	size := make([]float32, n)   // 0 for one that has become part of another
	of = make([]int, n)          // the first of the group, until all are found
	for i := range n {
		size[i], of[i] = 1, i
		for j := range n {
			near[i*n+j] = vec.Dot(vectors[i*width:(i+1)*width], vectors[j*width:])
		}
	}
	for groups := n; groups > 1; groups-- {
		a, b := closest(near, size)
		if near[a*n+b] < sameInterest && groups <= mostInterests {
			break
		}
		for k := range n {
			s := (size[a]*near[a*n+k] + size[b]*near[b*n+k]) / (size[a] + size[b])
			near[a*n+k], near[k*n+a] = s, s
		}
		for c := range width {
			vectors[a*width+c] += vectors[b*width+c]
		}
		size[a], size[b] = size[a]+size[b], 0
		for i := range of {
			if of[i] == b {
				of[i] = a
			}
		}
	}
	for i, s := range size {
		if s == 0 {
			continue
		}
		v := vectors[i*width : (i+1)*width]
		if length := vec.Dot(v, v); length > 0 {
			length = float32(1 / math.Sqrt(float64(length)))
			for c := range v {
				v[c] *= length
			}
		}
		for k := range of { // below 0, so that a number is no place
			if of[k] == i {
				of[k] = -1 - len(sizes)
			}
		}
		centres, sizes = append(centres, v), append(sizes, s)
	}
	for i := range of {
		of[i] = -1 - of[i]
	}
	return centres, sizes, of
}

// closest returns the two groups that resemble each other most, a < b; ties go to the
// first.
func closest(near, size []float32) (a, b int) {
	n, best := len(size), float32(-2)
	for i := range n {
		for j := i + 1; j < n; j++ {
			if s := near[i*n+j]; s > best && size[i] > 0 && size[j] > 0 {
				a, b, best = i, j, s
			}
		}
	}
	return a, b
}
