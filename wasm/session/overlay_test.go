package session

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/live"
	"sparrow/wasm/protocol"
)

// TestAnswersGoByTheOverlay: cards have its titles, pictures and pages, lists leave out what
// is gone, rules hold by the clock of the request, and the profile stays.
func TestAnswersGoByTheOverlay(t *testing.T) {
	s, _ := parity()
	for i, id := range []catalog.ID{"1", "21", "33"} {
		do(t, s, id, protocol.Like, 0, int64(100+i))
	}
	before := ids(forYou(s))
	o := &live.Overlay{
		Items: []live.Item{
			{ID: before[0], Stock: live.Amount{Known: true}}, {ID: before[1], Title: "Renamed", Image: "/i.jpg", URL: "/u"},
		},
		New:   []live.New{{ID: "0-new", Title: "Brand new", Genres: []string{"Comedy"}, Like: []catalog.ID{"1"}}},
		Rules: []live.Rule{{Name: "front", Do: live.Pin, Items: []catalog.ID{"40"}, To: 1, From: 1000, Until: 2000}},
	}
	if remarks := s.Overlay(o); remarks.Count > 0 {
		t.Fatal(remarks.String())
	}
	cards := ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 10, Now: 1500}).Cards
	if cards[0].ID != "40" || cards[0].Origin.Source != "pinned" || slices.ContainsFunc(cards[0].Why, func(w protocol.Why) bool { return w.Kind == protocol.WhyHistory }) {
		t.Errorf("the first card is %+v, want the pinned one, which follows from no history", cards[0])
	}
	if slices.Contains(ids(cards), before[0]) {
		t.Errorf("%v has %s, which is sold out", ids(cards), before[0])
	}
	if c := cards[1]; c.ID != before[1] || c.Title != "Renamed" || c.Image != "/i.jpg" || c.URL != "/u" {
		t.Errorf("the second card is %+v, want what the overlay says of %s", c, before[1])
	}
	if cards := ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 10, Now: 2000}).Cards; slices.Contains(ids(cards), "40") {
		t.Errorf("the pin stands when its time is over: %v", ids(cards))
	}
	later := ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 10, Now: 1500, Reasons: protocol.Later})
	alone := ask(t, s, protocol.Request{Verb: protocol.Recommend, K: 10, Now: 1500, Reasons: protocol.Alone})
	if !slices.Equal(ids(later.Cards), ids(alone.Cards)) {
		t.Errorf("reasons of %v came for %v", ids(later.Cards), ids(alone.Cards))
	}
	if got := ids(ask(t, s, protocol.Request{Verb: protocol.Search, Query: "brand"}).Cards); !slices.Equal(got, []catalog.ID{"0-new"}) {
		t.Errorf("a search for the new item finds %v", got)
	}
	do(t, s, "0-new", protocol.Like, 0, 200)
	if a := ask(t, s, protocol.Request{Verb: protocol.Item, ID: "0-new", K: 5}); a.Item == nil || a.Item.Action != protocol.Like || len(a.Cards) != 5 {
		t.Errorf("the page of the new item: %+v", a)
	}
	s.Overlay(new(live.Overlay))
	if a := ask(t, s, protocol.Request{Verb: protocol.Profile}); a.Total != 4 {
		t.Errorf("without the overlay the profile has %d items, want 4 with one that no catalog has", a.Total)
	}
	if got := ids(forYou(s)); !slices.Equal(got, before) {
		t.Errorf("without the overlay the list is %v, was %v", got, before)
	}
}

// TestTheLabSaysWhatMovedWhat, and from where.
func TestTheLabSaysWhatMovedWhat(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 100)
	before := ids(ask(t, s, protocol.Request{Verb: protocol.LabList, K: 10}).Cards)
	s.Overlay(&live.Overlay{Items: []live.Item{{ID: before[6], Boost: 1}}, Rules: []live.Rule{
		{Name: "front", Do: live.Pin, Items: []catalog.ID{before[3], "40"}, To: 1}, {Name: "push", Do: live.Boost, Items: []catalog.ID{before[6]}, By: 1},
	}})
	for i, c := range ask(t, s, protocol.Request{Verb: protocol.LabList, K: 10}).Cards {
		var rules []string
		was := 1 + slices.Index(before, c.ID)
		switch c.ID {
		case before[3], "40":
			rules = []string{"front"}
		case before[6]:
			rules = []string{"", "push"}
		default:
			was = 0
		}
		if !slices.Equal(c.Origin.Rules, rules) || c.Origin.Before != was {
			t.Errorf("at %d stands %s, moved by %q from %d; want %q from %d", i+1, c.ID, c.Origin.Rules, c.Origin.Before, rules, was)
		}
	}
}
