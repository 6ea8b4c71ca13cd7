package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
)

// tfidf holds for each of N items a set of terms (genres, tags, words of the
// title) and compares items by the cosine of their TF-IDF vectors. The term
// frequency is 1 or 0, for a set; the inverse document frequency is ln(N/df): a
// rare term that two items share says more than a common one. Sources: Spärck
// Jones 1972 (the weight); Salton, Wong & Yang 1975 (the cosine).
type tfidf struct {
	start []uint32      // [N+1] the terms of item r are terms[start[r]:start[r+1]]
	terms []uint32      // ids of terms
	first []uint32      // [T+1] the items with term t are rows[first[t]:first[t+1]]
	rows  []catalog.Row // ascending within a term
	idf   []float32     // [T]
	norm  []float32     // [N] length of the weighted set, 0 for an empty one
}

// newTFIDF makes the vectors of n items from (term, item) pairs, packed as
// term<<32|row and ascending without repeats. Terms are renumbered densely in
// ascending order.
func newTFIDF(n int, pairs []uint64) *tfidf {
	s, ids := arrange(n, pairs)
	s.weigh(ids)
	return s
}

// arrange returns vectors of n items without weights, and the number of each
// pair's term.
func arrange(n int, pairs []uint64) (s *tfidf, ids []uint32) {
	s = &tfidf{
		start: make([]uint32, n+1), terms: make([]uint32, len(pairs)),
		rows: make([]catalog.Row, len(pairs)), norm: make([]float32, n),
	}
	ids = make([]uint32, len(pairs))
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
	return s, ids
}

// weigh fills in the terms of each item and the weights.
func (s *tfidf) weigh(ids []uint32) {
	n := len(s.norm)
	s.idf = make([]float32, len(s.first)-1)
	var known [256]float32 // most terms are of few items, and a logarithm takes long; 0 for unknown
	for t := range s.idf {
		items := s.first[t+1] - s.first[t]
		few := items < uint32(len(known))
		if few && known[items] != 0 {
			s.idf[t] = known[items]
			continue
		}
		s.idf[t] = float32(math.Log1p(float64(n)/float64(items) - 1))
		if few {
			known[items] = s.idf[t]
		}
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
}

// cosines stores in dst, which is [N], the cosine of item r to every item;
// 0 where they share nothing.
func (s *tfidf) cosines(dst []float32, r catalog.Row) {
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
			if v = float32(v*scale) / s.norm[i]; v > 1 { // min is a call on WebAssembly
				v = 1
			}
			dst[i] = v
		}
	}
}

// of returns the terms of item r, ascending.
func (s *tfidf) of(r catalog.Row) []uint32 { return s.terms[s.start[r]:s.start[r+1]] }

// cosine returns the cosine of items a and b: the bits that cosines stores.
func (s *tfidf) cosine(a, b catalog.Row) float32 {
	x, y := s.of(a), s.of(b)
	var sum float32
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			w := s.idf[x[i]]
			w *= w
			sum += w
			i, j = i+1, j+1
		}
	}
	if sum == 0 {
		return 0
	}
	return min(1, float32(sum*(1/s.norm[a]))/s.norm[b])
}
