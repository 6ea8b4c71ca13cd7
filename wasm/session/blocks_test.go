package session

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

// every returns the cards of all lists that a visitor has where b is blocked, K long, by name of the list.
func every(t *testing.T, s *Session, of catalog.ID, b ...string) map[string][]protocol.Card {
	t.Helper()
	all := map[string][]protocol.Card{}
	for name, q := range map[string]protocol.Request{
		"for you":  {Verb: protocol.Recommend, K: 60, Variety: -1},
		"surprise": {Verb: protocol.Recommend, K: 60, Variety: -1, Draw: 4},
		"home":     {Verb: protocol.Home, K: 20, Variety: -1},
		"similar":  {Verb: protocol.Item, ID: of, K: 16},
		"filtered": {Verb: protocol.Recommend, K: 60, Filter: "year>0"},
	} {
		q.Blocked = b
		a := ask(t, s, q)
		all[name] = slices.Clone(a.Cards)
		for _, shelf := range a.Shelves {
			all[name] = append(all[name], shelf.Cards...)
			if shelf.Kind == string(engine.LikeOne) {
				all["headings of "+name] = append(all["headings of "+name], protocol.Card{ID: shelf.ID, Title: shelf.Title})
			}
		}
	}
	return all
}

// TestABlockedSeriesIsInNoList: of a visitor who likes two films of a series, and blocks it by one of them, no list
// has the others, nor a row that is there because of it; what else is listed is as long, and browsing is complete.
func TestABlockedSeriesIsInNoList(t *testing.T) {
	s := demo(t)
	for i, id := range []catalog.ID{"260", "1196", "1", "296"} {
		do(t, s, id, protocol.Like, 0, int64(1e9+i))
	}
	has := func(cards []protocol.Card) (n int) {
		for _, c := range cards {
			if strings.HasPrefix(c.Title, "Star Wars") {
				n++
			}
		}
		return n
	}
	block := "=260"
	before, after := every(t, s, "1210"), every(t, s, "1210", block)
	for _, name := range []string{"for you", "surprise", "home", "similar", "filtered"} {
		if has(before[name]) == 0 && name != "surprise" {
			t.Errorf("%s has nothing of the series before it is blocked", name)
		}
		if name != "home" && name != "similar" && len(after[name]) != len(before[name]) {
			t.Errorf("%s has %d cards, %d before", name, len(after[name]), len(before[name]))
		}
	}
	for name, cards := range after {
		if n := has(cards); n > 0 {
			t.Errorf("%s still has %d of the series", name, n)
		}
	}
	if a := ask(t, s, protocol.Request{Verb: protocol.WhatIf, ID: "1210", Exclude: []catalog.ID{"260"}, K: 60, Variety: -1, Blocked: []string{block}}); a.Before != 0 || a.After != 0 {
		t.Errorf("what is blocked is said to be at place %d and %d", a.Before, a.After)
	}
	if browse := ask(t, s, protocol.Request{Verb: protocol.Browse, K: 500, Blocked: nil}); browse.Total != s.catalog.Len() {
		t.Errorf("%d items are browsed of %d", browse.Total, s.catalog.Len())
	}
	again := every(t, s, "1210")
	if has(again["for you"]) != has(before["for you"]) {
		t.Error("the series does not come back")
	}
	reasons := protocol.Request{Verb: protocol.Recommend, K: 10, Variety: -1, Blocked: []string{block}}
	list := idsOf(ask(t, s, reasons).Cards)
	reasons.Reasons = protocol.Alone
	if got := idsOf(ask(t, s, reasons).Cards); !slices.Equal(got, list) {
		t.Errorf("reasons are of %v, the list is %v", got, list)
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Recommend, Blocked: make([]string, mostBlocks+1)}); a.Error == nil {
		t.Error("more things are blocked than may be")
	}
}

// TestABlockedPersonIsInNoList gives every third item an author, and one of them two: no list has anything of who is
// blocked; a name that no one has, and a column that is not there, block nothing.
func TestABlockedPersonIsInNoList(t *testing.T) {
	b := enginetest.Parity(90)
	ends, authors := make([]uint8, 90), []uint32{}
	for r := range 90 {
		switch {
		case r == 4:
			authors, ends[r] = append(authors, 0, 1), 2
		case r%3 == 0:
			authors, ends[r] = append(authors, uint32(r/3%2)), 1
		}
	}
	b.Catalog.Attributes = append(b.Catalog.Attributes, attribute.NewList("authors", []string{"Ada", "Bob"}, ends, authors))
	s := New(engine.New(b))
	do(t, s, "2", protocol.Like, 0, 1e9)
	ofAda := func(c protocol.Card) bool {
		r, _ := s.catalog.Row(c.ID)
		return slices.Contains(s.engine.Values("authors").Texts(r), "Ada")
	}
	before := every(t, s, "7")
	for name, cards := range every(t, s, "7", "authors=Ada") {
		if len(cards) == 0 || slices.ContainsFunc(cards, ofAda) {
			t.Errorf("%s: %d cards, of who is blocked %v", name, len(cards), slices.ContainsFunc(cards, ofAda))
		}
		if name == "for you" && !slices.ContainsFunc(before[name], ofAda) {
			t.Errorf("%s had nothing of who is blocked before", name)
		}
	}
	for name, cards := range every(t, s, "7", "authors=ada", "cast=Ada", "=none", "none", "") {
		if !slices.Equal(idsOf(cards), idsOf(before[name])) {
			t.Errorf("%s is another one where nothing is blocked", name)
		}
	}
	values := ask(t, s, protocol.Request{Verb: protocol.Values, ID: "5"}).Values
	if len(values) != 2 || !values[0].Listed || values[1].Text != "Bob" {
		t.Errorf("the item of two authors has %+v", values)
	}
}

// TestASeriesIsShownOldestFirst asks for the series of an item, and of one that is of none.
func TestASeriesIsShownOldestFirst(t *testing.T) {
	s := demo(t)
	a := ask(t, s, protocol.Request{Verb: protocol.Series, ID: "1"})
	if len(a.Shelves) != 1 || a.Shelves[0].Title != "Toy Story" || len(a.Shelves[0].Cards) != 2 || a.Shelves[0].Cards[0].Year > a.Shelves[0].Cards[1].Year {
		t.Errorf("the series is %+v", a.Shelves)
	}
	if a := ask(t, s, protocol.Request{Verb: protocol.Series, ID: "6"}); len(a.Shelves) > 0 {
		t.Errorf("a film of no series is of %+v", a.Shelves)
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Series, ID: "none"}); a.Error == nil {
		t.Error("an item that is not there has a series")
	}
}
