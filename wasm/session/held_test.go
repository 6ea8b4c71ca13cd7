package session

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// forChildren is what a child's profile of the demo is held to.
const forChildren = `genre in (Children, "Children's") and not genre in (Horror, Thriller, Crime, War, "Film-Noir")`

// heldRequests are requests of every verb by which an item could come to a page, for a visitor who likes Toy Story
// (1), Babe (34) and, outside of what they are held to, Alien (1214): a new verb needs its line here.
var heldRequests = map[protocol.Verb][]protocol.Request{
	protocol.Home:       {{}},
	protocol.Browse:     {{}, {Genre: "Horror"}, {Sort: "rating", Filter: "year>1990"}},
	protocol.Item:       {{ID: "1"}, {ID: "588"}},
	protocol.Basket:     {{ID: "1,34"}},
	protocol.Next:       {{ID: "1"}},
	protocol.Trending:   {{}},
	protocol.Newest:     {{}, {Pin: []catalog.ID{"1258", "1"}}},
	protocol.Recommend:  {{}, {Draw: 3}, {Pin: []catalog.ID{"1258"}}, {Filter: "year<2000", Blocked: []string{"=1"}}},
	protocol.Two:        {{Entries: []protocol.Entry{entry("1258", protocol.Like, 0, 1), entry("1", protocol.Like, 0, 1)}}},
	protocol.OfUser:     {{Entries: []protocol.Entry{entry("1258", protocol.Like, 0, 1), entry("1", protocol.Like, 0, 1)}}},
	protocol.Search:     {{Query: "star"}, {Query: "shining"}},
	protocol.Explain:    {{ID: "588"}},
	protocol.Series:     {{ID: "1"}},
	protocol.WhatIf:     {{ID: "588", Exclude: []catalog.ID{"1"}}},
	protocol.Named:      {{Entries: []protocol.Entry{entry("1258", "", 0, 0), entry("1", "", 0, 0), entry("1214", "", 0, 0)}}},
	protocol.Tastes:     {{}},
	protocol.Groups:     {{}},
	protocol.Summarize:  {{ID: "1258,1,588"}, {ID: "1258"}},
	protocol.Fresh:      {{ID: "1258,1"}, {}},
	protocol.LabSimilar: {{}, {ID: "1"}},
	protocol.LabList:    {{}, {Model: protocol.ModelTaste}, {Model: protocol.ModelPopular}, {Model: protocol.ModelRetrieved}},
	protocol.LabMap:     {{}, {ID: "588"}},

	// What names no item of the catalog.
	protocol.Open: {{}}, protocol.Columns: {{}}, protocol.Values: {{Query: "robots"}, {ID: "1"}}, protocol.LoseSteps: {{}}, protocol.LabProbe: {{}},
	protocol.Numbers: {{Entries: []protocol.Entry{entry("1", "", 0, 0)}}}, protocol.Import: {{}}, protocol.Erase: {{}},
}

// TestEveryVerbIsHeld walks over all verbs: whatever a request that is held to a filter asks for, no card of the
// answer is outside of it, but of the verbs that answer with what the visitor said themself.
func TestEveryVerbIsHeld(t *testing.T) {
	fresh := demo(t)
	meet, err := fresh.engine.Meeting(forChildren)
	if err != nil {
		t.Fatal(err)
	}
	meet = slices.Clone(meet)
	listed := 0
	for _, verb := range protocol.Verbs {
		requests := heldRequests[verb]
		if slices.Contains(own, verb) != (requests == nil) {
			t.Errorf("%s: is it of what the visitor said, or how is it asked for here?", verb)
		}
		for _, q := range requests {
			s := New(fresh.engine)
			for i, id := range []catalog.ID{"1", "34", "1214"} {
				do(t, s, id, protocol.Like, 0, int64(1e9+i))
			}
			q.Verb, q.Held = verb, forChildren
			if q.K = 40; verb == protocol.Recommend {
				q.Variety = -1
			}
			a := ask(t, s, q)
			cards := slices.Clone(a.Cards)
			for _, shelf := range a.Shelves {
				if shelf.Kind == "interest" || shelf.Kind == "mostly" {
					continue
				}
				cards = append(cards, shelf.Cards...)
				if shelf.ID != "" {
					cards = append(cards, protocol.Card{ID: shelf.ID, Title: "heading: " + shelf.Title})
				}
			}
			if a.Item != nil {
				cards = append(cards, *a.Item)
			}
			for _, c := range cards {
				if r, ok := s.catalog.Row(c.ID); !ok || !meet.Has(r) {
					t.Errorf("%+v\nanswers with %s, %s", q, c.ID, c.Title)
				}
			}
			if n := len(a.Points.X); n > 0 && (n != len(a.Cards) || len(a.Points.Y) != n) {
				t.Errorf("%s: %d points of %d cards", verb, n, len(a.Cards))
			}
			listed += len(cards)
		}
	}
	if listed < 800 {
		t.Errorf("%d cards in all: too few to show something", listed)
	}
}

// TestAnItemOutsideIsRefused: an item that does not meet the filter has no answer, whatever is asked of it, and none
// of it stands in the error.
func TestAnItemOutsideIsRefused(t *testing.T) {
	s := demo(t)
	do(t, s, "1", protocol.Like, 0, 1e9)
	for _, verb := range []protocol.Verb{
		protocol.Item, protocol.Basket, protocol.Next, protocol.Explain, protocol.Series, protocol.WhatIf, protocol.Values, protocol.LabSimilar, protocol.LabMap,
	} {
		q := protocol.Request{Verb: verb, ID: "1258", Exclude: []catalog.ID{"1"}}
		if a := s.Answer(q); a.Error != nil {
			t.Errorf("%s: %v where nothing is held", verb, a.Error.Text)
		}
		q.Held = forChildren
		a := s.Answer(q)
		if a.Error == nil || a.Error.Code != "held" || a.Item != nil || len(a.Cards)+len(a.Values)+len(a.Reasons)+len(a.Shelves) > 0 {
			t.Errorf("%s: %+v, want the error \"held\" alone", verb, a)
		}
	}
	for _, id := range []catalog.ID{"no such item", "1"} {
		if a := s.Answer(protocol.Request{Verb: protocol.Item, ID: id, Held: forChildren}); a.Error != nil && a.Error.Code == "held" {
			t.Errorf("%q is said to be outside", id)
		}
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Home, Held: "genre="}); a.Error == nil || a.Error.Code != "filter" {
		t.Errorf("a filter that cannot be read: %+v", a)
	}
	if a := s.Answer(protocol.Request{Verb: protocol.LabSimilar, Held: "year>3000"}); a.Error == nil || a.Error.Code != "held" {
		t.Errorf("a filter that nothing meets: %+v", a)
	}
}

// TestHeldListsAreFull: what is held to a filter is chosen among what meets it, and not cut out of another list.
func TestHeldListsAreFull(t *testing.T) {
	s := demo(t)
	for i, id := range []catalog.ID{"1", "34", "364"} {
		do(t, s, id, protocol.Like, 0, int64(1e9+i))
	}
	for _, q := range []protocol.Request{
		{Verb: protocol.Recommend, K: 60, Variety: -1}, {Verb: protocol.Browse, K: 60}, {Verb: protocol.LabList, K: 60}, {Verb: protocol.LabList, K: 60, Model: protocol.ModelPopular},
	} {
		q.Held = forChildren
		if a := ask(t, s, q); len(a.Cards) != 60 {
			t.Errorf("%s %s: %d cards, want 60", q.Verb, q.Model, len(a.Cards))
		}
	}
	a := ask(t, s, protocol.Request{Verb: protocol.LabSimilar, ID: "1", K: 8, Held: forChildren})
	for _, shelf := range a.Shelves {
		if n := len(shelf.Cards); n != 8 && slices.Contains([]string{"taste", "genres", "shown"}, shelf.Kind) || n == 0 { // of the others there are fewer
			t.Errorf("%d items are like Toy Story by %s, want 8", n, shelf.Kind)
		}
	}
	// Reasons that are asked for later are of the same list, and another filter makes another one.
	q := protocol.Request{Verb: protocol.Recommend, K: 10, Variety: -1, Reasons: protocol.Later, Held: forChildren}
	list := idsOf(ask(t, s, q).Cards)
	q.Reasons = protocol.Alone
	if got := idsOf(ask(t, s, q).Cards); !slices.Equal(got, list) {
		t.Errorf("reasons are of %v, the list is %v", got, list)
	}
	q.Reasons, q.Held = protocol.Later, "genre=Western"
	if got := idsOf(ask(t, s, q).Cards); slices.Equal(got, list) {
		t.Error("another filter changes nothing")
	}
}
