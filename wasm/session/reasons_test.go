package session

import (
	"slices"
	"strconv"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

// TestBecauseSaysWhatTheVisitorDid has one word said on one item: what is
// recommended because of it says that word and no other.
func TestBecauseSaysWhatTheVisitorDid(t *testing.T) {
	for _, test := range []struct {
		action protocol.Action
		stars  float32
		want   string
	}{
		{protocol.Like, 0, protocol.WhyLiked}, {protocol.Rate, 5, protocol.WhyLiked}, {protocol.Rate, 4, protocol.WhyLiked},
		{protocol.Rate, 3.5, protocol.WhyRated}, {protocol.View, 0, protocol.WhyViewed},
	} {
		s, _ := parity()
		do(t, s, "3", test.action, test.stars, 1)
		named := 0
		for _, c := range s.Answer(protocol.Request{Verb: protocol.Recommend, K: 10}).Cards {
			for _, w := range c.Why {
				switch w.Kind {
				case test.want:
					named++
				case protocol.WhyLiked, protocol.WhyRated, protocol.WhyViewed, protocol.WhyGenre:
					t.Errorf("%v %v: card %v says %+v, want %q alone", test.action, test.stars, c.ID, w, test.want)
				}
			}
		}
		if named == 0 {
			t.Errorf("%v %v: no card says %q", test.action, test.stars, test.want)
		}
		for _, shelf := range s.Answer(protocol.Request{Verb: protocol.Home, K: 10}).Shelves {
			if shelf.Kind == "because" && test.want != protocol.WhyLiked {
				t.Errorf("%v %v: a shelf is headed as if the item were liked", test.action, test.stars)
			}
		}
	}
}

// TestOftenIsOften likes items one by one: a genre is one that the visitor often
// likes from the third of its items on, when these are 30 % of what they like and
// more than what the crowd chooses of it.
func TestOftenIsOften(t *testing.T) {
	b := enginetest.Parity(60)
	for r := range b.Statistics.Count {
		b.Statistics.Count[r] = 10
	}
	s := New(engine.New(b))
	// Half of the crowd's choices are comedies, the even rows; 14 of 60 are westerns.
	western := func(r int) bool { return slices.Contains(b.Catalog.Genres[r], 2) }
	like := func(wanted func(r int) bool, n int) {
		for r := 0; n > 0 && r < 60; r++ {
			id := catalog.ID(strconv.Itoa(r + 1))
			if wanted(r) && s.profile.of(catalog.Row(r)).action == "" {
				do(t, s, id, protocol.Like, 0, int64(r))
				n--
			}
		}
	}
	often := func() (names []string) {
		for g, over := range s.favourites() {
			if over > 0 {
				names = append(names, b.Catalog.GenreNames[g])
			}
		}
		return names
	}
	comedy := func(r int) bool { return r%2 == 0 && !western(r) }
	drama := func(r int) bool { return r%2 == 1 && !western(r) }
	for _, step := range []struct {
		name string
		do   func()
		want []string
	}{
		{"two comedies", func() { like(comedy, 2) }, nil},
		{"three comedies", func() { like(comedy, 1) }, []string{"Comedy"}},
		{"three of six, as the crowd", func() { like(drama, 3) }, nil},
		{"five comedies and three westerns of nine", func() { like(western, 3) }, []string{"Comedy", "Western"}},
		{"six dramas of eleven, three westerns below 30 %", func() { like(drama, 2) }, []string{"Drama"}},
	} {
		step.do()
		if got := often(); !slices.Equal(got, step.want) {
			t.Errorf("%s: %q often, want %q", step.name, got, step.want)
		}
	}
}

// TestLikenessSpeaksOfItemsOnly asks for what is like each item, for a newcomer and
// for a visitor with a history: the reasons are kinds of their own.
func TestLikenessSpeaksOfItemsOnly(t *testing.T) {
	of := []string{protocol.WhyTags, protocol.WhyGenres, protocol.WhyPeople, protocol.WhyRun, protocol.WhyTitle, protocol.WhySeries, protocol.WhyYears}
	if engines := []string{engine.SharedTags, engine.SharedGenres, engine.SharedPeople, engine.SharedRun, engine.SharedTitle, engine.SharedSeries, engine.SharedYears}; !slices.Equal(of, engines) {
		t.Errorf("the engine's kinds are %q, the protocol's %q", engines, of)
	}
	s, b := parity()
	for range 2 {
		said := 0
		for _, id := range b.Catalog.IDs {
			a := s.Answer(protocol.Request{Verb: protocol.Item, ID: id, K: 12})
			for _, shelf := range a.Shelves {
				a.Cards = append(a.Cards, shelf.Cards...)
			}
			for _, c := range a.Cards {
				for _, w := range c.Why {
					said++
					if !slices.Contains(of, w.Kind) || len(w.Names) == 0 && (w.Kind == protocol.WhyTags || w.Kind == protocol.WhyGenres) {
						t.Errorf("%v is like %v because of %+v", c.ID, id, w)
					}
				}
			}
		}
		if said < 100 {
			t.Errorf("%d reasons in all, want 100", said)
		}
		do(t, s, "3", protocol.Like, 0, 1)
	}
}
