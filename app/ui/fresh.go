package ui

import (
	"slices"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// seenKey is under which is kept on the device, in three lines: the model that the visitor saw
// last, which of its items the model before did not have, and the mark of its catalog.
const seenKey = "sparrow-seen"

// fresh requests, for a visitor with a history, a row of what the last model that they saw before this one did not have.
// It is the first of the rows that are still to be drawn, so nothing moves.
func (p *homePage) fresh(s *store) {
	if s.hash == "" || s.history() == 0 {
		return
	}
	hash, rest, _ := strings.Cut(kept(keyOf(seenKey, s.people.On)), "\n")
	ids, mark, _ := strings.Cut(rest, "\n")
	q := protocol.Request{Verb: protocol.Fresh, Query: mark, K: homeCards}
	if hash == s.hash {
		q.ID = catalog.ID(ids)
		if ids == "" {
			return
		}
	}
	s.ask(q, func(r reply) {
		if s.page != page(p) || r.Error != nil {
			return
		}
		if hash != s.hash {
			var fresh []string
			for _, c := range r.Cards {
				fresh = append(fresh, string(c.ID))
			}
			keepText(keyOf(seenKey, s.people.On), s.hash+"\n"+strings.Join(fresh, ",")+"\n"+string(r.Bytes))
		}
		if len(r.Cards) > 0 && !slices.ContainsFunc(p.shelves, func(x protocol.Shelf) bool { return x.Kind == "fresh" }) {
			p.shelves = slices.Insert(p.shelves, min(max(p.next, firstRows), len(p.shelves)), protocol.Shelf{Kind: "fresh", Cards: r.Cards})
			p.follow(s)
		}
	})
}
