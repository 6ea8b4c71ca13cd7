//go:build !js

package session

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

// TestListsHoldWhatTheirFilterKeeps: every verb of lists obeys it, and the list is as long
// as it is asked for where items are left.
func TestListsHoldWhatTheirFilterKeeps(t *testing.T) {
	s := New(engine.New(enginetest.Parity(80)))
	for _, id := range []string{"1", "3", "5"} {
		s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: catalog.ID(id), Action: protocol.Like, At: 100}}})
	}
	const western = "genre=Western" // 20 items, of which half are comedies
	for _, q := range []protocol.Request{
		{Verb: protocol.Item, ID: "1"}, {Verb: protocol.Item, ID: "8", Filter: "genre=same and "},
		{Verb: protocol.Recommend}, {Verb: protocol.Recommend, Variety: -1}, {Verb: protocol.Browse}, {Verb: protocol.Home, Filter: "year>0 and "},
	} {
		q.Filter, q.K = q.Filter+western, 8
		a := s.Answer(q)
		if a.Error != nil {
			t.Fatalf("%s: %+v", q.Verb, a.Error)
		}
		if q.Verb != protocol.Home && len(a.Cards) != 8 {
			t.Errorf("%s %s: %d cards, want 8", q.Verb, q.Filter, len(a.Cards))
		}
		cards := a.Cards
		for _, shelf := range a.Shelves {
			cards = append(cards, shelf.Cards...)
		}
		if len(cards) == 0 {
			t.Errorf("%s: no cards", q.Verb)
		}
		for _, c := range cards {
			if !slices.Contains(c.Genres, "Western") {
				t.Errorf("%s %s: %s is %v", q.Verb, q.Filter, c.Title, c.Genres)
			}
		}
	}
	if all := s.Answer(protocol.Request{Verb: protocol.Browse, Filter: western}); all.Total != 20 {
		t.Errorf("browse: %d westerns, want 20", all.Total)
	}
}

// TestAFilterIsOfTheListWhoseReasonsAreAsked: reasons that come alone are of the list that
// was filtered, and the same request with another filter is another list.
func TestAFilterIsOfTheListWhoseReasonsAreAsked(t *testing.T) {
	s := New(engine.New(enginetest.Parity(80)))
	s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: "1", Action: protocol.Like, At: 100}}})
	ids := func(filter string, when protocol.When) (list []string) {
		for _, c := range s.Answer(protocol.Request{Verb: protocol.Recommend, K: 5, Filter: filter, Reasons: when}).Cards {
			list = append(list, string(c.ID))
		}
		return list
	}
	western, others := ids("genre=Western", protocol.Later), ids("not genre=Western", protocol.Together)
	if slices.Equal(western, others) {
		t.Fatalf("both lists are %v", western)
	}
	ids("genre=Western", protocol.Later)
	if got := ids("genre=Western", protocol.Alone); !slices.Equal(got, western) {
		t.Errorf("reasons are of %v, want %v", got, western)
	}
	if got := ids("not genre=Western", protocol.Alone); !slices.Equal(got, others) {
		t.Errorf("reasons of the other filter are of %v, want %v", got, others)
	}
}

// TestMistakesInFiltersAreAnswered: with a sentence that says where, on every verb.
func TestMistakesInFiltersAreAnswered(t *testing.T) {
	s := New(engine.New(enginetest.Parity(20)))
	for _, verb := range []protocol.Verb{protocol.Item, protocol.Recommend, protocol.Browse, protocol.Home} {
		a := s.Answer(protocol.Request{Verb: verb, ID: "1", Filter: "yaer>1990"})
		if a.Error == nil || a.Error.Code != "filter" || a.Cards != nil || a.Item != nil || a.Shelves != nil ||
			a.Error.Text != `The filter "yaer>1990", column 1: there is no column "yaer"; "year" is near. There are: genre tag year.` {
			t.Errorf("%s: %+v", verb, a.Error)
		}
		a = s.Answer(protocol.Request{Verb: verb, ID: "1", Filter: "genre=same"})
		if (a.Error == nil) != (verb == protocol.Item) || a.Error != nil && !strings.Contains(a.Error.Text, "column 7: same is") {
			t.Errorf("%s with same: %+v", verb, a.Error)
		}
	}
}

// TestSearchAndTastesKeepToAFilter: a child finds nothing else, by name or on the wall.
func TestSearchAndTastesKeepToAFilter(t *testing.T) {
	s, _ := parity()
	for _, q := range []protocol.Request{{Verb: protocol.Search, Query: "even", K: 9}, {Verb: protocol.Tastes, K: 9}, {Verb: protocol.Groups, K: 9}} {
		all := s.Answer(q)
		q.Filter = "year >= 2000"
		held := s.Answer(q)
		q.Filter = "year ="
		if a := s.Answer(q); a.Error == nil || a.Error.Code != "filter" {
			t.Errorf("%s: %+v for a filter that cannot be read", q.Verb, a)
		}
		for _, a := range []*protocol.Answer{&all, &held} {
			for i := range a.Shelves {
				a.Cards = append(a.Cards, a.Shelves[i].Cards...)
			}
		}
		older := 0
		for _, c := range all.Cards {
			if c.Year < 2000 {
				older++
			}
		}
		for _, c := range held.Cards {
			if c.Year < 2000 {
				t.Errorf("%s: %s is of %d", q.Verb, c.ID, c.Year)
			}
		}
		if older == 0 || len(held.Cards) == 0 {
			t.Errorf("%s: %d of %d without a filter are older; with it there are %d", q.Verb, older, len(all.Cards), len(held.Cards))
		}
	}
}
