package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
)

// space holds for each of N movies a set of terms (genres, tags, words of the
// title) and compares movies by the cosine of their sets, each term weighted by
// its inverse document frequency ln(N/df): a rare term that two movies share
// says more than a common one. Sources: Spärck Jones 1972 (the weight); Salton,
// Wong & Yang 1975 (the cosine).
type space struct {
	start []uint32      // [N+1] the terms of movie r are terms[start[r]:start[r+1]]
	terms []uint32      // ids of terms
	first []uint32      // [T+1] the movies with term t are rows[first[t]:first[t+1]]
	rows  []catalog.Row // ascending within a term
	idf   []float32     // [T]
	norm  []float32     // [N] length of the weighted set, 0 for an empty one
}

// newSpace makes a space of n movies from (term, movie) pairs, packed as
// term<<32|row and ascending without repeats. Terms are renumbered densely in
// ascending order.
func newSpace(n int, pairs []uint64) space {
	s := space{
		start: make([]uint32, n+1), terms: make([]uint32, len(pairs)),
		rows: make([]catalog.Row, len(pairs)), norm: make([]float32, n),
	}
	ids := make([]uint32, len(pairs))
	for i, p := range pairs {
		if i == 0 || p>>32 != pairs[i-1]>>32 {
			s.first = append(s.first, uint32(i))
		}
		ids[i] = uint32(len(s.first) - 1)
		s.rows[i] = catalog.Row(uint32(p))
		s.start[s.rows[i]+1]++
	}
	s.first = append(s.first, uint32(len(pairs)))
	for r := range n {
		s.start[r+1] += s.start[r]
	}
	s.idf = make([]float32, len(s.first)-1)
	for t := range s.idf {
		s.idf[t] = float32(math.Log1p(float64(n)/float64(s.first[t+1]-s.first[t]) - 1))
	}
	next := slices.Clone(s.start[:n])
	for i, r := range s.rows {
		w := s.idf[ids[i]]
		s.terms[next[r]] = ids[i]
		next[r]++
		s.norm[r] += float32(w * w)
	}
	for r, squares := range s.norm {
		s.norm[r] = float32(math.Sqrt(float64(squares)))
	}
	return s
}

// cosines stores in dst, which is [N], the cosine of movie r to every movie;
// 0 where they share nothing.
func (s *space) cosines(dst []float32, r catalog.Row) {
	clear(dst)
	if s.norm[r] == 0 {
		return
	}
	for _, t := range s.terms[s.start[r]:s.start[r+1]] {
		w := s.idf[t]
		w *= w
		for _, other := range s.rows[s.first[t]:s.first[t+1]] {
			dst[other] += w
		}
	}
	scale := 1 / s.norm[r]
	for i, v := range dst {
		if v != 0 {
			dst[i] = min(1, float32(v*scale)/s.norm[i])
		}
	}
}
