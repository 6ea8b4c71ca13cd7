package engine

import (
	"math/bits"

	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// A step of a gathering reads or sorts so much at most: in a browser, a few
// milliseconds. Reading a pair takes longer.
const (
	stepReads = 8000 // items and pairs
	stepPairs = 16_000
)

// gathering makes a tfidf of a catalog in small steps, between which a worker does
// what waits for it. Where the terms begin decides the bucket of a pair, so that the
// buckets, each sorted by itself, are in order one after the other.
type gathering struct {
	catalog *catalog.Catalog
	read    func(pairs []uint64, c *catalog.Catalog, r int) []uint64 // appends those of item r
	shift   int                                                      // term>>shift is the bucket

	buckets [256][]uint64
	items   int      // that were read
	sorted  int      // buckets that stand in pairs
	pairs   []uint64 // as newTFIDF takes them
	scratch []uint64

	made *tfidf
	ids  []uint32
}

func gatherTags(c *catalog.Catalog) *gathering {
	return &gathering{catalog: c, read: appendTags, shift: max(0, bits.Len(uint(len(c.TagNames)))-8)}
}

func gatherTitles(c *catalog.Catalog) *gathering {
	return &gathering{catalog: c, read: appendTitle, shift: 24}
}

// step takes the next step, and returns what is made after the last one.
func (g *gathering) step() *tfidf {
	switch {
	case g.items < g.catalog.Len():
		for n := 0; g.items < g.catalog.Len() && n < stepReads; g.items++ {
			g.scratch = g.read(g.scratch[:0], g.catalog, g.items)
			for _, p := range g.scratch {
				b := &g.buckets[p>>32>>g.shift]
				*b = append(*b, p)
			}
			n += 1 + len(g.scratch)
		}
	case g.sorted < len(g.buckets):
		for n := 0; g.sorted < len(g.buckets) && (n == 0 || n+len(g.buckets[g.sorted]) <= stepPairs); g.sorted++ {
			n += len(g.buckets[g.sorted])
			g.pairs = append(g.pairs, byTerm(g.buckets[g.sorted])...)
			g.buckets[g.sorted] = nil
		}
	case g.made == nil:
		g.made, g.ids = arrange(g.catalog.Len(), g.pairs)
	default:
		g.made.weigh(g.ids)
		return g.made
	}
	return nil
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

// pair packs a term and an item.
func pair(term uint32, r int) uint64 { return uint64(term)<<32 | uint64(r) }

// byTerm returns pairs that come by item sorted by term, and by item within a
// term, without repeats.
func byTerm(pairs []uint64) []uint64 {
	vec.SortHigh(pairs)
	n := 0
	for i, p := range pairs {
		if i == 0 || p != pairs[n-1] {
			pairs[n] = p
			n++
		}
	}
	return pairs[:n]
}

// appendTags appends the (tag, item) pairs of item r.
func appendTags(pairs []uint64, c *catalog.Catalog, r int) []uint64 {
	for _, t := range c.Tags[r] {
		pairs = append(pairs, pair(uint32(t), r))
	}
	return pairs
}

// appendTitle appends the (word, item) pairs of item r's title, a word being its
// 32-bit FNV-1a hash: two words that collide make two titles a little more
// alike than they are, which no one can see.
func appendTitle(pairs []uint64, c *catalog.Catalog, r int) []uint64 {
	return appendWords(pairs, c.Titles[r], r)
}

const offset, prime = 2166136261, 16777619 // of FNV-1a

// appendWords appends the (word, item) pairs of a text.
func appendWords(pairs []uint64, text string, r int) []uint64 {
	hash, open := uint32(offset), false
	for _, c := range text {
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
	return pairs
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
