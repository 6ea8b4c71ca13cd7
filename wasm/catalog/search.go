package catalog

import (
	"math"
	"math/bits"
	"slices"

	"sparrow/wasm/vec"
)

// Search finds items by their names while someone types. Make one with
// [NewSearch]; it keeps scratch memory and is not for concurrent use.
type Search struct {
	catalog *Catalog
	count   []uint32
	titles
	top  vec.TopK
	name name

	Skip    []bool   // [N] items that are not found; nil for none
	Lacking []string // words of the last query that some of what was found lack, folded, in order
}

// Hit is an item that was found, by a name of its own where its title is not what fits.
type Hit struct {
	Row  Row
	Name string // "" for the title
}

// NewSearch returns a search over c; of two items that fit a query equally
// well the one with the larger count, [N], comes first. Its index is made by
// [Search.Prepare], in as many steps as suits the caller, or else by the first Find.
func NewSearch(c *Catalog, count []uint32) *Search { return &Search{catalog: c, count: count} }

// none is the cost of an item that does not fit.
const none = math.MaxUint8

// Find returns at most k items, best first, whose names have a word for every word of the
// query: one that begins with it, or that several words of the name or two of the query
// are together. When that gives fewer than k, a word that is a typo or two away will do;
// when that gives none, one of three words or more may be lacking; and when that gives
// none either, items are found whose names are the first or the last words of the query, or begin with
// them, see [query.parts]. Lacking says which words were found by none. Accents, case and small words
// count for nothing, numbers are equal however they are written, and a year finds the
// items of that year too.
//
// Items stand by the penalty of how they fit, see fit, less 4·log2 of how many know them:
// twice the count makes up for a penalty of 4. Of equal ones the larger count comes first,
// then the lower row.
func (s *Search) Find(text string, k int) []Hit {
	q := parse(text)
	if len(q.terms) == 0 || k <= 0 {
		return nil
	}
	for s.Prepare() {
	}
	tried := []*query{&q}
	keys := s.best(tried, k)
	if len(keys) < k && q.forgive() {
		keys = s.best(tried, k)
	}
	whole := len(keys) > 0
	if !whole && q.spare() {
		keys = s.best(tried, k)
	}
	for cut := 1; len(keys) == 0 && cut <= mostCut && 2*cut <= len(q.terms); cut++ {
		tried = q.parts(cut)
		keys = s.best(tried, k)
	}
	hits := make([]Hit, 0, len(keys))
	for _, key := range keys {
		r := Row(key & (1<<24 - 1))
		if len(tried) == 1 || !slices.ContainsFunc(hits, func(h Hit) bool { return h.Row == r }) {
			hits = append(hits, Hit{r, s.called(s.fitting(tried, r), r)})
		}
	}
	s.Lacking = nil
	if !whole {
		s.Lacking = s.lacking(&q, hits)
	}
	return hits
}

// best returns the keys of the best k items that fit one of queries, ascending: how badly the item
// fits and is known in the upper 8 bits, then the complement of its count, then its row in
// the lower 24.
func (s *Search) best(queries []*query, k int) []uint64 {
	s.top.Reset(k)
	for _, q := range queries {
		s.rank(q)
	}
	return s.top.Sorted()
}

// rank offers the items that fit q.
func (s *Search) rank(q *query) {
	words, start := s.text(), uint32(0)
	for r, end := range s.ends {
		names := words[start:end]
		start = end
		if uint64(127-known(s.count[r]))<<56 >= s.top.Bound() || s.Skip != nil && s.Skip[r] {
			continue // even a name that is the query would not be among the best
		}
		if q.foreign(s.letters[r], s.catalog.Years[r]) {
			continue
		}
		if cost := cost(q, names, s.catalog.Years[r]); cost != none {
			if fit := s.fit(q, names, s.catalog.Years[r], cost); fit <= q.most {
				s.offer(r, fit)
			}
		} else if s.spells {
			if fit, _ := spelled(q, names); fit <= q.most {
				s.offer(r, fit)
			}
		}
	}
}

// offer offers item r, which fits so badly.
func (s *Search) offer(r int, fit uint8) {
	s.top.PushKey(uint64(fit+127-known(s.count[r]))<<56 | uint64(^s.count[r])<<24 | uint64(r))
}

// known returns 4·log2 of count + 1, between powers of two in a straight line, 0 to 127.
func known(count uint32) uint8 {
	n := bits.Len32(count + 1)
	if n == 0 {
		return 127
	}
	return uint8(4*(n-1)) + uint8(uint64(count+1)<<2>>(n-1)&3)
}

// cost returns how many typos the best words for q have of an item with these words,
// two for one that is lacking where q allows it, none where a word of q has none. It and
// what it calls are functions of their own because a browser makes a function faster while
// it is called over and over, not while one call goes on.
func cost(q *query, words string, year int16) uint8 {
	before, sum := uint8(none), uint8(0) // of the terms but the last one, and of all so far
	lacking, whole := q.lacking, false   // whether the last one is there as it is
	for i := range q.terms {
		own := uint8(none)
		if sum != none {
			own = q.terms[i].least(words, year)
		}
		now := plus(sum, own)
		if before != none && own != 0 {
			// A word that has both has the first of them, too.
			if pair := &q.pairs[i-1]; whole || pair.edit != nil {
				now = min(now, plus(before, pair.least(words, year)))
			}
		}
		if now == none && lacking > 0 && sum != none {
			lacking--
			now = sum + 2
		}
		before, sum, whole = sum, now, own == 0
		if before == none && sum == none {
			return none
		}
	}
	return sum
}

// plus adds what two terms cost.
func plus(a, b uint8) uint8 {
	if a == none || b == none {
		return none
	}
	return a + b
}
