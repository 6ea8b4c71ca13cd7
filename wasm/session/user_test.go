package session

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
)

// ofPerson are the entries of somebody who likes odd items, the latest first as a page asks.
var ofPerson = []protocol.Entry{
	entry("not here", protocol.Rate, 4, 600), entry("7", protocol.Rate, 1, 500), entry("5", protocol.Rate, 5, 400), entry("3", protocol.Rate, 4.5, 300), entry("1", protocol.View, 0, 200),
}

// TestAPersonIsRecommendedWhatAVisitorWouldBe: the list, its scores and its reasons are those of a visitor with the
// same profile. The profile of the visitor who asks has no part in it, and is what it was.
func TestAPersonIsRecommendedWhatAVisitorWouldBe(t *testing.T) {
	s, _ := parity()
	them := start(s.engine, more)
	for i := len(ofPerson) - 1; i > 0; i-- {
		e := ofPerson[i]
		do(t, them, e.ID, e.Action, e.Stars, e.At)
	}
	want := ask(t, them, protocol.Request{Verb: protocol.Recommend, K: 10, Variety: -1, Now: 150})
	for _, id := range []catalog.ID{"2", "4", "9"} {
		do(t, s, id, protocol.Like, 0, 100)
	}
	do(t, s, "11", protocol.Watchlist, 0, 100)
	l := layer("varied", experiment.Arm{Name: "a", Variety: ptr[float32](1)}, experiment.Arm{Name: "b", Variety: ptr[float32](0.9)})
	s.Enrol(experiment.Enrolment{Visitor: visitorOf(t, l, "a"), Now: 150, Layers: []experiment.Layer{l}})
	before := s.Profile()
	a := ask(t, s, protocol.Request{Verb: protocol.OfUser, Entries: ofPerson, K: 10, Variety: -1, Now: 150})
	if diff := cmp.Diff(before, s.Profile()); diff != "" {
		t.Errorf("profile: -before +after\n%s", diff)
	}
	own := map[catalog.ID]protocol.Card{"9": {Action: protocol.Like}, "11": {Watch: true}}
	met := 0
	for i := range want.Cards {
		c := &want.Cards[i]
		if o, ok := own[c.ID]; ok {
			c.Action, c.Watch = o.Action, o.Watch
			met++
		}
	}
	if diff := cmp.Diff(want.Cards, a.Cards); diff != "" || met == 0 {
		t.Errorf("%d items of the visitor's; -recommend +user\n%s", met, diff)
	}
	if a.Candidates != want.Candidates || a.Total != 4 || !cmp.Equal(a.Unknown, []catalog.ID{"not here"}) {
		t.Errorf("%d candidates, %d known, %v unknown; want %d, 4, [not here]", a.Candidates, a.Total, a.Unknown, want.Candidates)
	}
	if len(a.Shelves) != 1 || a.Shelves[0].Kind != protocol.UserRated || !cmp.Equal(ids(a.Shelves[0].Cards), []catalog.ID{"7", "5", "3", "1"}) {
		t.Fatalf("shelves %+v, want what was rated in the order of the request", a.Shelves)
	}
	if want := []protocol.GenreCount{{Name: "Comedy", Count: 2}}; !cmp.Equal(a.Genres, want) { // of 5 and 3, not of 7 and 1
		t.Errorf("genres %v, want %v", a.Genres, want)
	}
	for _, c := range a.Shelves[0].Cards {
		if c.Action != "" || c.Stars != 0 {
			t.Errorf("%s shows what the person said as the visitor's own: %+v", c.ID, c)
		}
	}
}

// TestBlocksHoldForAPerson: what the visitor blocks is neither listed nor named as a reason, and the list is full.
func TestBlocksHoldForAPerson(t *testing.T) {
	s := demo(t)
	q := protocol.Request{Verb: protocol.OfUser, K: 10, Variety: -1, Entries: []protocol.Entry{entry("1258", protocol.Rate, 5, 2), entry("1214", protocol.Rate, 5, 1), entry("34", protocol.Rate, 4, 3)}}
	names := func(a protocol.Answer) (n int) {
		for _, c := range a.Cards {
			for _, y := range c.Why {
				if y.ID == "1258" || y.ID == "1214" {
					n++
				}
			}
		}
		return n
	}
	open := ask(t, s, q)
	if names(open) == 0 || len(open.Shelves[0].Cards) != 3 {
		t.Fatalf("without blocks: %+v", open)
	}
	q.Held = forChildren
	a := ask(t, s, q)
	if n := names(a); n > 0 || len(a.Cards) != 10 || !cmp.Equal(idsOf(a.Shelves[0].Cards), []catalog.ID{"34"}) || a.Total != 3 {
		t.Errorf("held: %d reasons name what may not be shown, %d cards, rated %v of %d", n, len(a.Cards), idsOf(a.Shelves[0].Cards), a.Total)
	}
	q.Held, q.Blocked = "", []string{"=" + string(open.Cards[0].ID), "=1258"}
	a = ask(t, s, q)
	if len(a.Cards) != 10 || a.Cards[0].ID == open.Cards[0].ID || len(a.Shelves[0].Cards) != 2 {
		t.Errorf("blocked: %v, rated %v", idsOf(a.Cards), idsOf(a.Shelves[0].Cards))
	}
}

// TestAPersonIsChecked: what a request says of somebody may come from anybody.
func TestAPersonIsChecked(t *testing.T) {
	s, _ := parity()
	for name, q := range map[string]protocol.Request{
		"stars that are none": {Entries: []protocol.Entry{entry("1", protocol.Rate, 7, 1)}},
		"too many":            {Entries: make([]protocol.Entry, maxEntries+1)},
		"a bad leaning":       {Leaning: protocol.Leaning{Recency: 2}},
	} {
		q.Verb = protocol.OfUser
		if a := s.Answer(q); a.Error == nil || a.Error.Code != "bad-request" || len(a.Cards)+len(a.Shelves) > 0 {
			t.Errorf("%s: %+v, want bad-request alone", name, a)
		}
	}
	if a := ask(t, s, protocol.Request{Verb: protocol.OfUser, K: 5}); len(a.Cards) != 5 || len(a.Shelves[0].Cards) != 0 {
		t.Errorf("of nobody: %+v", a)
	}
}
