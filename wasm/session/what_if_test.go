package session

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// TestWhatIfIsWhatComesOfIt asks what the list would be without each like that carries one of its items, and then
// takes the like back: the item stands where the answer said, and what it named has come up.
func TestWhatIfIsWhatComesOfIt(t *testing.T) {
	const k = 30
	list := func(s *Session) []catalog.ID {
		return idsOf(ask(t, s, protocol.Request{Verb: protocol.Recommend, K: k, Variety: -1}).Cards)
	}
	checks, moved := 0, 0
	for _, at := range []int{0, 3, 9, 20} {
		s := fan(t)
		id := list(s)[at]
		x := ask(t, s, protocol.Request{Verb: protocol.Explain, ID: id})
		for _, part := range x.Parts {
			like := part.Why
			if like.Kind != protocol.WhyLiked {
				continue
			}
			said := ask(t, s, protocol.Request{Verb: protocol.WhatIf, ID: id, Exclude: []catalog.ID{like.ID}, K: k, Variety: -1})
			was := list(s)
			ask(t, s, protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: like.ID, Action: protocol.Clear, At: 2e9}}})
			became := list(s)
			ask(t, s, protocol.Request{Verb: protocol.Undo})
			checks++
			if said.Before != at+1 || said.After != slices.Index(became, id)+1 {
				t.Errorf("%s without %s: said from %d to %d, and it came from %d to %d", id, like.Title, said.Before, said.After, at+1, slices.Index(became, id)+1)
			}
			if said.After != said.Before {
				moved++
			}
			for _, c := range said.Cards {
				if slices.Contains(was, c.ID) || !slices.Contains(became, c.ID) {
					t.Errorf("%s is said to come up without %s", c.Title, like.Title)
				}
			}
		}
	}
	if checks < 4 || moved < 2 {
		t.Errorf("%d checks, in %d of which the item moved", checks, moved)
	}
}

func TestWhatIfOfWhatIsNotThere(t *testing.T) {
	s := fan(t)
	for _, q := range []protocol.Request{
		{ID: "none", Exclude: []catalog.ID{"1"}},
		{ID: "2", Exclude: []catalog.ID{"none"}},
		{ID: "2", Exclude: []catalog.ID{"3"}}, // nothing was said of it
		{ID: "2"},
		{ID: "2", Exclude: []catalog.ID{"1", "32"}},
		{ID: "2", Exclude: []catalog.ID{"1"}, Filter: "nothing=here"},
		{ID: "2", Exclude: []catalog.ID{"1"}, Leaning: protocol.Leaning{Recency: 7}},
	} {
		q.Verb = protocol.WhatIf
		if a := s.Answer(q); a.Error == nil {
			t.Errorf("%+v is answered with %+v", q, a)
		}
	}
}
