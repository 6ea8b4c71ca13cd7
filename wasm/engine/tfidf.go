package engine

import (
	"math"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
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
	s := &tfidf{
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
			dst[i] = min(1, float32(v*scale)/s.norm[i])
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

// genreTerms returns the (genre, item) pairs of c as newTFIDF takes them.
func genreTerms(c *catalog.Catalog) []uint64 {
	var pairs []uint64
	for r, genres := range c.Genres {
		for _, g := range genres {
			pairs = append(pairs, pair(uint32(g), r))
		}
	}
	return byTerm(pairs)
}

// tagTerms returns the (tag, item) pairs of c as newTFIDF takes them.
func tagTerms(c *catalog.Catalog) []uint64 {
	var pairs []uint64
	for r, tags := range c.Tags {
		for _, t := range tags {
			pairs = append(pairs, pair(uint32(t), r))
		}
	}
	return byTerm(pairs)
}

// pair packs a term and an item.
func pair(term uint32, r int) uint64 { return uint64(term)<<32 | uint64(r) }

// byTerm returns pairs that come by item sorted by term, and by item within a
// term, without repeats.
func byTerm(pairs []uint64) []uint64 {
	order, term := make([]int32, len(pairs)), make([]uint64, len(pairs))
	for i, p := range pairs {
		order[i], term[i] = int32(i), p>>32
	}
	vec.SortByKey(order, term)
	n, sorted := 0, term // which is not needed any more
	for i, at := range order {
		if p := pairs[at]; i == 0 || p != sorted[n-1] {
			sorted[n] = p
			n++
		}
	}
	return sorted[:n]
}

// titleTerms returns the (word, item) pairs of all titles, without what they add
// in brackets, which is mostly the same title in another language, a word being its
// 32-bit FNV-1a hash: two words that collide make two titles a little more
// alike than they are, which no one can see.
func titleTerms(titles []string) []uint64 {
	pairs := make([]uint64, 0, 4*len(titles))
	for r, title := range titles {
		const offset, prime = 2166136261, 16777619
		hash, open := uint32(offset), false
		for i, c := range title {
			if c == '(' && i > 0 {
				break
			}
			letter, alone := fold(c)
			if open && (letter == 0 || alone) {
				pairs = append(pairs, pair(hash, r))
				hash, open = offset, false
			}
			if letter == 0 {
				continue
			}
			hash, open = (hash^uint32(letter))*prime, true
			if alone {
				pairs = append(pairs, pair(hash, r))
				hash, open = offset, false
			}
		}
		if open {
			pairs = append(pairs, pair(hash, r))
		}
	}
	return byTerm(pairs)
}

// fold returns c as a word counts it: letters and digits in lower case, 0 for
// what separates words and for the apostrophe's rest of an "s". A character of
// a script that is written without spaces stands alone.
func fold(c rune) (letter rune, alone bool) {
	switch {
	case c >= 'A' && c <= 'Z':
		return c + 'a' - 'A', false
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		return c, false
	case c < 0xc0, c >= 0x2000 && c < 0x2e80:
		return 0, false
	}
	return c, c >= 0x2e80
}
