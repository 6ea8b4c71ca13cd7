package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

// mostBlocks is how many things one request keeps from its lists.
const mostBlocks = 100

// blocking is what is blocked, and which items that is. It is made once for lists that follow each other while the
// profile is the same.
type blocking struct {
	blocks  []string
	held    string // the filter that all that is shown meets
	set     filter.Set
	outside filter.Set // of set, what does not meet it; nil for nothing
	profile *profile
	liked   []catalog.Row // of what the visitor likes, what is not blocked
}

// blockItems has the lists of the answer to q be without what q blocks or is not held to, and refuses what is about an
// item of the latter kind. What no item has blocks nothing, and is no
// mistake, as in a filter: it may be of a catalog that was shown before.
func (s *Session) blockItems(a *protocol.Answer, q *protocol.Request) {
	if len(q.Blocked) > mostBlocks {
		badRequest(a, "A list is without at most 100 things that are blocked.")
		return
	}
	if s.blocking == nil || s.blocking.profile != s.profile || s.blocking.held != q.Held || !slices.Equal(s.blocking.blocks, q.Blocked) {
		outside := s.outside(a, q.Held)
		if a.Error != nil {
			return
		}
		s.blocking = &blocking{blocks: q.Blocked, held: q.Held, outside: outside, profile: s.profile, set: make(filter.Set, (s.catalog.Len()+63)/64)}
		copy(s.blocking.set, outside)
		for _, b := range q.Blocked {
			for _, r := range s.itemsOf(b) {
				s.blocking.set[r>>6] |= 1 << (r & 63)
			}
		}
		for _, r := range s.profile.liked {
			if !s.blocking.set.Has(r) {
				s.blocking.liked = append(s.blocking.liked, r)
			}
		}
	}
	s.refuseOutside(a, q)
}

// itemsOf returns the items that b blocks: all that have a value, or a series.
func (s *Session) itemsOf(b string) (rows []catalog.Row) {
	at := slices.Index([]byte(b), '=') // package strings is 4 KB of programs that block nothing, too
	if at < 0 {
		return nil
	}
	column, text := b[:at], b[at+1:]
	if column == "" {
		if r, ok := s.catalog.Row(catalog.ID(text)); ok {
			rows, _ = s.engine.Series(r)
			rows = append(rows, r)
		}
		return rows
	}
	values := s.engine.Values(column)
	if values == nil {
		return nil
	}
	for r := range catalog.Row(s.catalog.Len()) {
		if slices.Contains(values.Texts(r), text) {
			rows = append(rows, r)
		}
	}
	return rows
}

// series answers with the series that an item belongs to, on a shelf of its other items, the oldest first; with
// none where there is none.
func (s *Session) series(a *protocol.Answer, q *protocol.Request) {
	r, ok := s.catalog.Row(q.ID)
	if !ok {
		unknownItem(a, q.ID)
		return
	}
	rows, name := s.engine.Series(r)
	if len(rows) == 0 {
		return
	}
	shelf := protocol.Shelf{Kind: "series", ID: q.ID, Title: name}
	for _, i := range vec.Sorted(len(rows), func(a, b int32) bool { return s.catalog.Years[rows[a]] < s.catalog.Years[rows[b]] }) {
		shelf.Cards = append(shelf.Cards, *s.cardOf(rows[i]))
	}
	a.Shelves = []protocol.Shelf{shelf}
}
