//go:build !js

package session

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// aboutVisitors are the kinds of reasons that say something of the visitor.
var aboutVisitors = []string{"because", "rated", "viewed", "genre", "history", "taste"}

// TestNothingIsSaidOfWhoSaidNothing asks for every list that a newcomer can see
// and for the list of every fifth item of the demo: no reason is about the
// visitor, and what two items are said to share they share.
func TestNothingIsSaidOfWhoSaidNothing(t *testing.T) {
	s := demo(t)
	check := func(where string, cards []protocol.Card) {
		for _, c := range cards {
			for _, y := range c.Why {
				if slices.Contains(aboutVisitors, y.Kind) {
					t.Errorf("%s: %s says %+v to a newcomer", where, c.Title, y)
				}
			}
		}
	}
	for _, shelf := range s.Answer(protocol.Request{Verb: protocol.Home, K: 20}).Shelves {
		check("home, "+shelf.Kind, shelf.Cards)
	}
	check("recommend", s.Answer(protocol.Request{Verb: protocol.Recommend, K: 100}).Cards)
	check("tastes", s.Answer(protocol.Request{Verb: protocol.Tastes, K: 50}).Cards)
	check("browse", s.Answer(protocol.Request{Verb: protocol.Browse, K: 100}).Cards)
	cards, silent := 0, 0
	for r := 0; r < s.catalog.Len(); r += 5 {
		a := s.Answer(protocol.Request{Verb: protocol.Item, ID: s.catalog.IDs[r], K: 16})
		check("like "+a.Item.Title, a.Cards)
		if len(a.Shelves) > 0 {
			t.Errorf("a newcomer is shown %s at %s", a.Shelves[0].Kind, a.Item.Title)
		}
		for _, c := range a.Cards {
			cards++
			if len(c.Why) == 0 {
				silent++
			}
			other, _ := s.catalog.Row(c.ID)
			for _, y := range c.Why {
				sharesAll(t, s.catalog, catalog.Row(r), other, y)
			}
		}
	}
	t.Logf("%d of %d cards have no reason", silent, cards)
	if silent*10 > cards {
		t.Errorf("%d of %d cards of items alike say nothing, want a tenth at most", silent, cards)
	}
}

// sharesAll fails unless both items have what y says that they share.
func sharesAll(t *testing.T, c *catalog.Catalog, a, b catalog.Row, y protocol.Why) {
	t.Helper()
	has := func(r catalog.Row, name string) bool {
		if y.Kind != "same-tags" {
			return slices.ContainsFunc(c.Genres[r], func(g uint8) bool { return c.GenreNames[g] == name })
		}
		return slices.ContainsFunc(c.Tags[r], func(g uint16) bool { return c.TagNames[g] == name })
	}
	switch y.Kind {
	case "same-genres", "same-tags", "same-years":
		if len(y.Names) == 0 && y.Kind != "same-years" {
			t.Errorf("%s and %s share %s of no name", c.Titles[a], c.Titles[b], y.Kind)
		}
		for _, name := range y.Names {
			if !has(a, name) || !has(b, name) {
				t.Errorf("%s and %s: %s %q is not of both", c.Titles[a], c.Titles[b], y.Kind, name)
			}
		}
	case "same-series":
		if c.Years[a] == 0 || c.Years[b] < c.Years[a] { // of one year is Bloodsport III, too
			t.Errorf("%s of %d is the next part after %s of %d", c.Titles[b], c.Years[b], c.Titles[a], c.Years[a])
		}
	case "same-title", "same-people", "same-run", "same-lists":
	default:
		t.Errorf("%s and %s: the reason %q is not about two items", c.Titles[a], c.Titles[b], y.Kind)
	}
}

// TestWhatIsSaidOfAVisitorIsInTheirHistory checks the reasons of 1,000 and more
// personal cards against what the visitor did: who is said to like an item likes
// it, and who often chooses a genre chose it often.
func TestWhatIsSaidOfAVisitorIsInTheirHistory(t *testing.T) {
	s := demo(t)
	known, _ := s.engine.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, 800)
	rng := rand.New(rand.NewPCG(5, 8))
	cards, said := 0, map[string]int{}
	for range 50 {
		s.Load(nil)
		type word struct {
			action protocol.Action
			stars  float32
		}
		words := map[catalog.ID]word{}
		for i, at := range rng.Perm(len(known))[:1+rng.IntN(12)] {
			w := []word{{protocol.Like, 0}, {protocol.Rate, 5}, {protocol.Rate, 2}, {protocol.Dislike, 0}, {protocol.View, 0}, {protocol.NotInterested, 0}}[rng.IntN(6)]
			id := s.catalog.IDs[known[at]]
			words[id] = w
			a := s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: id, Action: w.action, Stars: w.stars, At: int64(1e9 + i)}}})
			if a.Error != nil {
				t.Fatal(a.Error.Text)
			}
		}
		likes := func(id catalog.ID) bool { return words[id].action == protocol.Like || words[id].stars >= likedStars }
		liked, ofGenre := 0, map[string]int{}
		for id := range words {
			if likes(id) {
				liked++
				r, _ := s.catalog.Row(id)
				for _, g := range s.catalog.Genres[r] {
					ofGenre[s.catalog.GenreNames[g]]++
				}
			}
		}
		lists := [][]protocol.Card{s.Answer(protocol.Request{Verb: protocol.Recommend, K: 20}).Cards}
		for _, shelf := range s.Answer(protocol.Request{Verb: protocol.Home, K: 10}).Shelves {
			lists = append(lists, shelf.Cards)
			if shelf.Kind == string(engine.LikeOne) && !likes(shelf.ID) {
				t.Errorf("a row is there because %s was liked, which was not", shelf.Title)
			}
		}
		for _, c := range slices.Concat(lists...) {
			cards++
			for _, y := range c.Why {
				said[y.Kind]++
				switch y.Kind {
				case "because":
					if !likes(y.ID) {
						t.Errorf("%s: because they liked %s, of which they said %+v", c.Title, y.Title, words[y.ID])
					}
				case "viewed":
					if words[y.ID].action != protocol.View {
						t.Errorf("%s: because they looked at %s, of which they said %+v", c.Title, y.Title, words[y.ID])
					}
				case "genre":
					if n := ofGenre[y.Title]; n < 3 || 10*n < 3*liked {
						t.Errorf("%s: they often choose %s, %d of %d likes", c.Title, y.Title, n, liked)
					}
				}
			}
		}
	}
	t.Logf("%d cards: %v", cards, said)
	if cards < 1000 || said["because"] < 100 || said["genre"] < 20 || said["viewed"] < 20 {
		t.Errorf("%d cards with %v: too few to say something", cards, said)
	}
}

// TestGenresAreNamedByWhatTheySay: all genres of an item are named, the rarest
// first; one that no item has alone stands last.
func TestGenresAreNamedByWhatTheySay(t *testing.T) {
	s := demo(t)
	for id, want := range map[catalog.ID][]string{
		"1":     {"Animation", "Children", "Fantasy", "Adventure", "Comedy"},
		"58559": {"Crime", "Action", "Drama", "IMAX"},
		"593":   {"Horror", "Crime", "Thriller"},
	} {
		if got := s.Answer(protocol.Request{Verb: protocol.Item, ID: id, K: 1}).Item; !slices.Equal(got.Genres, want) {
			t.Errorf("%s is %q, want %q", got.Title, got.Genres, want)
		}
	}
}

// TestFewRatingsMakeNoMasterpiece: one rating of five stars shows less than 315
// of 4.4, and lists of the best go by what is shown.
func TestFewRatingsMakeNoMasterpiece(t *testing.T) {
	s := demo(t)
	crowd := s.engine.Statistics()
	one := slices.IndexFunc(crowd.Count, func(n uint32) bool { return n == 1 })
	for crowd.Mean[one] != 5 {
		one += 1 + slices.IndexFunc(crowd.Count[one+1:], func(n uint32) bool { return n == 1 })
	}
	lone := s.cardOf(catalog.Row(one))
	many := s.Answer(protocol.Request{Verb: protocol.Item, ID: "318", K: 1}).Item // The Shawshank Redemption
	if lone.Count != 1 || lone.Mean >= 4 || many.Count < 300 || many.Mean < 4.3 {
		t.Errorf("%s shows %.2f of %d, %s %.2f of %d", lone.Title, lone.Mean, lone.Count, many.Title, many.Mean, many.Count)
	}
	cards := s.Answer(protocol.Request{Verb: protocol.Browse, Sort: "rating", K: 200}).Cards
	if !slices.IsSortedFunc(cards, func(a, b protocol.Card) int { return cmp.Compare(b.Mean, a.Mean) }) {
		t.Error("the best rated are not in the order of the means that they show")
	}
}
