package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
)

// tastes answers with a wall of items that the visitor has not spoken of. What q pins stands first
// all the same, so that a wall keeps its items when one of them is replaced; what q excludes was
// asked about before.
func (s *Session) tastes(a *protocol.Answer, q *protocol.Request) {
	among := s.among(a, q, catalog.None)
	if a.Error != nil {
		return
	}
	var first, asked []catalog.Row
	for _, id := range q.Pin {
		if r, ok := s.catalog.Row(id); ok && among.Has(r) && !slices.Contains(first, r) {
			first = append(first, r)
		} else {
			a.Unpinned = append(a.Unpinned, id)
		}
	}
	for _, id := range q.Exclude {
		if r, ok := s.catalog.Row(id); ok && !slices.Contains(asked, r) {
			asked = append(asked, r)
		}
	}
	a.Cards = s.cards(s.engine.Tastes(q.K, first, asked, s.unasked(among)))
}

// groups answers with groups of items that are alike, none of which the visitor has spoken of.
func (s *Session) groups(a *protocol.Answer, q *protocol.Request) {
	among := s.among(a, q, catalog.None)
	if a.Error != nil {
		return
	}
	kinds := s.engine.Groups(q.K, s.unasked(among))
	a.Shelves = make([]protocol.Shelf, len(kinds))
	for i := range kinds {
		out := &a.Shelves[i]
		out.Kind, out.Cards = "group", s.cards(kinds[i].Likes)
		s.name(out, &kinds[i])
	}
}

// unasked returns what reports whether a newcomer is not to be asked about an item: one outside of among,
// or one that they have spoken of.
func (s *Session) unasked(among filter.Set) func(catalog.Row) bool {
	return func(r catalog.Row) bool { return s.hasOpinion(r) || !among.Has(r) }
}
