package catalog

import (
	"math"

	"sparrow/wasm/vec"
)

// Search finds items by their titles while someone types. Make one with
// [NewSearch]; it keeps scratch memory and is not for concurrent use.
type Search struct {
	catalog *Catalog
	count   []uint32
	titles
	top vec.TopK

	Skip []bool // [N] items that are not found; nil for none
}

// NewSearch returns a search over c; of two items that fit a query equally
// well the one with the larger count, [N], comes first. Its index is made by
// [Search.Prepare], in as many steps as suits the caller, or else by the first Find.
func NewSearch(c *Catalog, count []uint32) *Search { return &Search{catalog: c, count: count} }

// none is the cost of an item that does not fit.
const none = math.MaxUint8

// Find returns at most k items, best first, whose titles have a word for
// every word of the query: one that begins with it, or, when that gives fewer
// than k, one that is a typo or two away. Accents, case and a leading article
// count for nothing; a year finds the items of that year too. The order is:
// title equals the query, title begins with it, words begin with its words,
// fewer typos; then the larger count, then the lower row.
func (s *Search) Find(query string, k int) []Row {
	q := parse(query)
	if len(q) == 0 || k <= 0 {
		return nil
	}
	for s.Prepare() {
	}
	keys := s.rank(q, k)
	if len(keys) < k && forgive(q) {
		keys = s.rank(q, k)
	}
	rows := make([]Row, len(keys))
	for i, key := range keys {
		rows[i] = Row(key & (1<<24 - 1))
	}
	return rows
}

// rank returns the keys of the best k items, ascending: how badly the item
// fits in the upper 8 bits, then the complement of its count, then its row in
// the lower 24.
func (s *Search) rank(q []term, k int) []uint64 {
	s.top.Reset(k)
	words, start := s.text(), uint32(0)
	for r, end := range s.ends {
		title := words[start:end]
		start = end
		if s.Skip != nil && s.Skip[r] {
			continue
		}
		if cost := cost(q, title, s.catalog.Years[r]); cost != none {
			fit := tier(q, title, s.catalog.Years[r], cost)
			s.top.PushKey(uint64(fit)<<56 | uint64(^s.count[r])<<24 | uint64(r))
		}
	}
	return s.top.Sorted()
}

// cost returns how many typos the best words for q have of an item with the words
// of that title, none where a word of q has none. It and what it calls are functions
// of their own because a browser makes a function faster while it is called over and
// over, not while one call goes on.
func cost(q []term, title string, year int16) uint8 {
	var sum uint8
	for i := range q {
		least := q[i].least(title, year)
		if least == none {
			return none
		}
		sum += least
	}
	return sum
}

// Tiers of a fit; each typo adds one to the last.
const (
	equal = iota
	begins
	fits
)

// tier reports how well an item, which fits with that cost, fits q.
func tier(q []term, title string, year int16, cost uint8) uint8 {
	if cost > 0 {
		return fits + cost
	}
	if word, rest := nextWord(title); rest != "" && isArticle(word) {
		title = rest
	}
	tier := beginning(q, title)
	if n := len(q) - 1; tier == fits && n > 0 && q[n].in(year) {
		// "heat 1995": what stands before the year may be the whole title.
		return beginning(q[:n], title)
	}
	return tier
}

// beginning compares the words of q with those of a title in order.
func beginning(q []term, title string) uint8 {
	for i := range q {
		if title == "" {
			return fits
		}
		var word string
		word, title = nextWord(title)
		switch {
		case word == q[i].text:
		case i == len(q)-1 && hasPrefix(word, q[i].text):
			return begins
		default:
			return fits
		}
	}
	if title == "" {
		return equal
	}
	return begins
}
