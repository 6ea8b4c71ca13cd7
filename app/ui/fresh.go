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
func (p *homePage) fresh(s *store) {
	if s.hash == "" || s.history() == 0 {
		return
	}
	hash, rest, _ := strings.Cut(kept(keyOf(seenKey, s.people.On)), "\n")
	ids, mark, _ := strings.Cut(rest, "\n")
	if hash == s.hash {
		p.showFresh(s, ids)
		return
	}
	s.ask(protocol.Request{Verb: protocol.Fresh, Query: mark, K: homeCards}, func(r reply) {
		if s.page != page(p) || r.Error != nil {
			return
		}
		var fresh []string
		for _, c := range r.Cards {
			fresh = append(fresh, string(c.ID))
		}
		ids := strings.Join(fresh, ",")
		keepText(keyOf(seenKey, s.people.On), s.hash+"\n"+ids+"\n"+string(r.Bytes))
		p.showFresh(s, ids)
	})
}

// showFresh requests the cards of new items, without those that the settings keep out of lists. Their row
// is the first of the rows that are still to be drawn, so nothing moves.
func (p *homePage) showFresh(s *store, ids string) {
	if ids == "" {
		return
	}
	q := protocol.Request{Verb: protocol.Fresh, ID: catalog.ID(ids)}
	s.settings.apply(&q)
	s.ask(q, func(r reply) {
		if s.page != page(p) || len(r.Cards) == 0 || slices.ContainsFunc(p.shelves, func(x protocol.Shelf) bool { return x.Kind == "fresh" }) {
			return
		}
		p.shelves = slices.Insert(p.shelves, min(max(p.next, firstRows), len(p.shelves)), protocol.Shelf{Kind: "fresh", Cards: r.Cards})
		p.follow(s)
	})
}
