package catalog

import (
	"math"
	"slices"
	"unicode/utf8"

	"sparrow/wasm/vec"
)

// Search finds items by their titles while someone types. Make one with
// [NewSearch]; it keeps scratch memory and is not for concurrent use.
type Search struct {
	catalog *Catalog
	count   []uint32

	vocabulary []string // [V] all words of all titles, in order of first appearance
	letters    []uint64 // [V] set of the letters of a word, modulo 64
	first      []uint32 // [V+1] the items with word v are rows[first[v]:first[v+1]]
	rows       []Row
	start      []uint32 // [N+1] the words of item r's title are title[start[r]:start[r+1]]
	title      []uint32 // without a leading article

	cost, best []uint8 // [N] scratch
	top        vec.TopK
	edit       editDistance
}

// NewSearch returns a search over c; of two items that fit a query equally
// well the one with the larger count, [N], comes first.
func NewSearch(c *Catalog, count []uint32) *Search {
	n := c.Len()
	s := &Search{
		catalog: c, count: count, start: make([]uint32, 1, n+1), title: make([]uint32, 0, 4*n),
		cost: make([]uint8, n), best: make([]uint8, n),
	}
	ids := make(map[string]uint32, n)
	var word []uint32 // of each (word, item) pair
	var item []Row
	for r, title := range c.Titles {
		words(title, func(w []byte, joined bool) {
			id, known := ids[string(w)]
			if !known {
				id = uint32(len(s.vocabulary))
				text := string(w)
				ids[text] = id
				s.vocabulary = append(s.vocabulary, text)
				s.letters = append(s.letters, lettersOf(text))
			}
			word, item = append(word, id), append(item, Row(r))
			if !joined {
				s.title = append(s.title, id)
			}
		})
		if t := s.title[s.start[r]:]; len(t) > 1 && isArticle(s.vocabulary[t[0]]) {
			s.title = append(s.title[:s.start[r]], t[1:]...)
		}
		s.start = append(s.start, uint32(len(s.title)))
	}
	s.first = make([]uint32, len(s.vocabulary)+1)
	for _, w := range word {
		s.first[w+1]++
	}
	for w := range s.vocabulary {
		s.first[w+1] += s.first[w]
	}
	s.rows = make([]Row, len(word))
	next := slices.Clone(s.first)
	for i, w := range word {
		s.rows[next[w]] = item[i]
		next[w]++
	}
	return s
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

func lettersOf(word string) uint64 {
	var set uint64
	for _, c := range word {
		set |= 1 << (c & 63)
	}
	return set
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
	words(query, func(w []byte, joined bool) {
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
	for r := range s.best {
		s.best[r] = none
	}
	typos = typos && t.edits > 0
	if typos {
		s.edit.prepare(t.text, t.last)
	}
	letters := lettersOf(t.text)
	for v, word := range s.vocabulary {
		cost := 0
		if !hasPrefix(word, t.text) {
			if !typos || far(letters, s.letters[v], t) {
				continue
			}
			if cost = s.edit.to(word, t.edits); cost > t.edits {
				continue
			}
		}
		for _, r := range s.rows[s.first[v]:s.first[v+1]] {
			s.best[r] = min(s.best[r], uint8(cost))
		}
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
		word := s.vocabulary[title[i]]
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
