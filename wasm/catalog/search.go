package catalog

import (
	"math"
	"unicode/utf8"

	"sparrow/wasm/vec"
)

// Search finds items by their titles while someone types. Make one with
// [NewSearch]; it keeps scratch memory and is not for concurrent use.
type Search struct {
	catalog *Catalog
	count   []uint32
	titles

	cost, best []uint8 // [N] scratch
	typos      []uint8 // [V] scratch: of the best beginning of each word, none where it does not fit
	top        vec.TopK
	edit       editDistance
}

// NewSearch returns a search over c; of two items that fit a query equally
// well the one with the larger count, [N], comes first. Its index is made by
// [Search.Prepare], in as many steps as suits the caller, or else by the first Find.
func NewSearch(c *Catalog, count []uint32) *Search {
	n := c.Len()
	return &Search{
		catalog: c, count: count, titles: titles{start: make([]uint32, 1)},
		cost: make([]uint8, n), best: make([]uint8, n),
	}
}

func isArticle(word string) bool {
	switch word {
	case "the", "a", "an":
		return true
	}
	return false
}

// hasPrefix is that of package strings, which would bring the tables of package
// unicode along.
func hasPrefix(word, prefix string) bool {
	return len(word) >= len(prefix) && word[:len(prefix)] == prefix
}

// longest is how many words of a query and how many characters of a word count.
const longest = 16

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
	keys := s.rank(q, k, false)
	if len(keys) < k {
		keys = s.rank(q, k, true)
	}
	rows := make([]Row, len(keys))
	for i, key := range keys {
		rows[i] = Row(key & (1<<24 - 1))
	}
	return rows
}

// term is a word of the query.
type term struct {
	text  string
	year  bool // a year, or the beginning of one that is being typed
	last  bool // it is still being typed
	edits int  // typos that are forgiven
}

func parse(query string) []term {
	var q []term
	new(folder).words(query, func(w []byte, joined bool) {
		if joined || len(q) == longest {
			return
		}
		n := utf8.RuneCount(w)
		if n > longest {
			w = w[:len(string([]rune(string(w))[:longest]))]
		}
		t := term{text: string(w)}
		switch {
		case n >= 8:
			t.edits = 2
		case n >= 4:
			t.edits = 1
		}
		q = append(q, t)
	})
	if len(q) > 1 && isArticle(q[0].text) {
		q = q[1:]
	}
	for i := range q {
		t := &q[i]
		t.last = i == len(q)-1
		t.year = len(t.text) == 4 || t.last && i > 0 && len(t.text) < 4
		for _, c := range t.text {
			t.year = t.year && c >= '0' && c <= '9'
		}
	}
	return q
}

// rank returns the keys of the best k items, ascending: how badly the item
// fits in the upper 8 bits, then the complement of its count, then its row in
// the lower 24.
func (s *Search) rank(q []term, k int, typos bool) []uint64 {
	clear(s.cost)
	for i := range q {
		s.match(&q[i], typos)
		for r, c := range s.best {
			if c == none || s.cost[r] == none {
				s.cost[r] = none
			} else {
				s.cost[r] += c
			}
		}
	}
	s.top.Reset(k)
	for r, cost := range s.cost {
		if cost == none {
			continue
		}
		s.top.PushKey(uint64(s.tier(q, Row(r), cost))<<56 | uint64(^s.count[r])<<24 | uint64(r))
	}
	return s.top.Sorted()
}

// match stores in s.best how many typos the best word for t of each title has,
// none where there is no word.
func (s *Search) match(t *term, typos bool) {
	typos = typos && t.edits > 0
	if typos {
		s.edit.prepare(t.text, t.last)
	}
	letters := lettersOf(t.text)
	if len(s.typos) < len(s.letters) {
		s.typos = make([]uint8, len(s.letters))
	}
	for v, set := range s.letters {
		word, cost := s.word(uint32(v)), 0
		s.typos[v] = none
		if !hasPrefix(word, t.text) {
			if !typos || far(letters, set, t) {
				continue
			}
			if cost = s.edit.to(word, t.edits); cost > t.edits {
				continue
			}
		}
		s.typos[v] = uint8(cost)
	}
	for r := range s.best {
		least := uint8(none)
		for _, v := range s.title[s.start[r]:s.start[r+1]] {
			least = min(least, s.typos[v])
		}
		s.best[r] = least
	}
	for i, v := range s.joined {
		r := s.joinedIn[i]
		s.best[r] = min(s.best[r], s.typos[v])
	}
	if t.year {
		low, high := years(t.text)
		for r, y := range s.catalog.Years {
			if y >= low && y <= high {
				s.best[r] = 0
			}
		}
	}
}

// years returns the first and the last year that begin with text, which is 1
// to 4 digits.
func years(text string) (low, high int16) {
	for _, c := range text {
		low = 10*low + int16(c-'0')
	}
	high = low
	for range 4 - len(text) {
		low, high = 10*low, 10*high+9
	}
	return low, high
}

// Tiers of a fit; each typo adds one to the last.
const (
	equal = iota
	begins
	fits
)

// tier reports how well item r, which fits with that cost, fits q.
func (s *Search) tier(q []term, r Row, cost uint8) uint8 {
	if cost > 0 {
		return fits + cost
	}
	title := s.title[s.start[r]:s.start[r+1]]
	if len(title) > 1 && isArticle(s.word(title[0])) {
		title = title[1:]
	}
	tier := s.begins(q, title)
	if n := len(q) - 1; tier == fits && n > 0 && q[n].year {
		// "heat 1995": what stands before the year may be the whole title.
		if low, high := years(q[n].text); s.catalog.Years[r] >= low && s.catalog.Years[r] <= high {
			return s.begins(q[:n], title)
		}
	}
	return tier
}

// begins compares the words of q with those of a title in order.
func (s *Search) begins(q []term, title []uint32) uint8 {
	if len(title) < len(q) {
		return fits
	}
	for i := range q {
		word := s.word(title[i])
		switch {
		case word == q[i].text:
		case i == len(q)-1 && hasPrefix(word, q[i].text):
			return begins
		default:
			return fits
		}
	}
	if len(title) == len(q) {
		return equal
	}
	return begins
}
