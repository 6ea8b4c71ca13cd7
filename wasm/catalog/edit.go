package catalog

import "math/bits"

// far reports that more than t.edits typos lie between t and a word, from the
// sets of their letters alone: a typo adds at most one letter and removes at
// most one. It spares almost every word the table.
func far(query, word uint32, t *term) bool {
	return bits.OnesCount32(query&^word) > t.edits || !t.last && bits.OnesCount32(word&^query) > t.edits
}

// editDistance counts the typos between a query's word and others: characters
// inserted, left out, replaced, or swapped with their neighbour, each place
// edited once at most ("optimal string alignment", the restricted form of
// Damerau 1964).
type editDistance struct {
	query  []rune
	prefix bool       // compare with the best beginning of a word
	row    [3][]uint8 // distances for the newest three characters of the word
	word   []rune
}

// prepare sets the query's word, at most longest characters; with prefix, to
// compares it with the nearest beginning of the other word.
func (e *editDistance) prepare(query string, prefix bool) {
	e.query, e.prefix = append(e.query[:0], []rune(query)...), prefix
	for i := range e.row {
		e.row[i] = append(e.row[i][:0], make([]uint8, len(e.query)+1)...)
	}
}

// to returns the typos between the query's word and word if these are at most
// limit, otherwise some larger number.
func (e *editDistance) to(word string, limit int) int {
	n := len(e.query)
	e.word = e.word[:0]
	for _, c := range word {
		if e.word = append(e.word, c); len(e.word) > n+limit {
			if !e.prefix {
				return limit + 1
			}
			break
		}
	}
	if len(e.word) < n-limit {
		return limit + 1
	}
	before, last, now := e.row[0], e.row[1], e.row[2]
	for i := range last {
		last[i] = uint8(i)
	}
	nearest := n
	for j, c := range e.word {
		now[0] = uint8(j + 1)
		for i, q := range e.query {
			d := last[i]
			if q != c {
				d = 1 + min(d, last[i+1], now[i])
				if i > 0 && j > 0 && q == e.word[j-1] && e.query[i-1] == c {
					d = min(d, 1+before[i-1])
				}
			}
			now[i+1] = d
		}
		if d := int(now[n]); !e.prefix || d < nearest {
			nearest = d
		}
		before, last, now = last, now, before
	}
	return nearest
}
