package poster

import (
	"slices"
	"strconv"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// TestNeighboursDiffer draws all rows of the demo's home page, of a newcomer and after likes of each genre, and the
// first hundred of each genre in each order of the catalogue. Few neighbours are alike by themselves, none is in its row,
// and few posters have another motif there than elsewhere.
func TestNeighboursDiffer(t *testing.T) {
	b, _, err := bundledir.Open("../../data/demo")
	if err != nil {
		t.Fatal(err)
	}
	s := session.New(engine.New(b))
	pairs, alike, other := 0, 0, 0
	row := func(name string, cards []protocol.Card) {
		posters := make([]*Poster, len(cards))
		for i, c := range cards {
			posters[i] = New(string(c.ID), c.Title, c.Year, c.Genres)
		}
		others := Apart(posters)
		drawn := slices.Clone(posters)
		for i := range posters {
			if others[i] {
				other++
				drawn[i] = posters[i].Other()
			}
			if i == 0 {
				continue
			}
			pairs++
			if posters[i].alike(posters[i-1]) {
				alike++
			}
			if drawn[i].alike(drawn[i-1]) {
				t.Errorf("%s: %q is like %q before it", name, cards[i].Title, cards[i-1].Title)
			}
		}
	}
	rows := func(name string) {
		for _, shelf := range s.Answer(protocol.Request{Verb: protocol.Home, K: 20, Variety: -1}).Shelves {
			row(name+", "+shelf.Kind+" "+shelf.Title, shelf.Cards)
		}
	}
	rows("home")
	for _, g := range s.Answer(protocol.Request{Verb: protocol.Open}).Genres {
		for _, sort := range []string{"popular", "new", "rating"} {
			cards := s.Answer(protocol.Request{Verb: protocol.Browse, Genre: g.Name, Sort: sort, K: 100}).Cards
			row(g.Name+" by "+sort, cards)
			if sort == "popular" {
				for i, c := range cards[:5] {
					s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{{ID: c.ID, Action: protocol.Like, At: int64(1e9 + i)}}})
				}
				rows("home after likes of " + g.Name)
				s.Answer(protocol.Request{Verb: protocol.Erase})
			}
		}
	}
	t.Logf("of %d pairs of neighbours %d are alike without the rule for rows; %d posters have their other motif", pairs, alike, other)
	if pairs < 8000 || alike > pairs/15 || other > pairs/15 {
		t.Errorf("of %d pairs of neighbours %d are alike without the rule for rows, and %d posters have their other motif: want at most one in 15", pairs, alike, other)
	}
}

// TestOnePosterOfARowChanges: of five that are the same every second one has its other motif, and a picture parts two.
func TestOnePosterOfARowChanges(t *testing.T) {
	same := New("1", "One", 1999, []string{"Comedy"})
	if got, want := Apart([]*Poster{same, same, same, nil, same}), []bool{false, true, false, false, false}; !slices.Equal(got, want) {
		t.Errorf("Apart = %v, want %v", got, want)
	}
	for _, genres := range [][]string{nil, {"Comedy"}, {"Comedy", "Drama"}, {"Essay"}} {
		for id := range 50 {
			p := New(strconv.Itoa(id), "One", 1999, genres)
			if o := p.Other(); o.motif == p.motif || o.colours != p.colours || o.above != p.above || o.Other().SVG() != p.SVG() {
				t.Errorf("the other poster of %d, %q: %+v of %+v", id, genres, o, p)
			}
		}
	}
}
