package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/protocol"
)

// tastes answers with a wall of items that the visitor has not spoken of. What q excludes they were
// asked about before: the wall tells most beside it.
func (s *Session) tastes(a *protocol.Answer, q *protocol.Request) {
	among := s.among(a, q, catalog.None)
	if a.Error != nil {
		return
	}
	var asked []catalog.Row
	for _, id := range q.Exclude {
		if r, ok := s.catalog.Row(id); ok && !slices.Contains(asked, r) {
			asked = append(asked, r)
		}
	}
	a.Cards = s.cards(s.engine.Tastes(q.K, asked, s.unasked(among)))
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
