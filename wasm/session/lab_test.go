package session

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/planted"
	"sparrow/wasm/protocol"
	"sparrow/wasm/ranking"
)

func lab(t *testing.T, s *Session, q protocol.Request) protocol.Answer {
	t.Helper()
	q.Verb = protocol.Lab
	a := s.Answer(q)
	if a.Error != nil {
		t.Fatalf("lab %+v: %v", q, a.Error.Text)
	}
	return a
}

func TestLabComparesOneMovieInSeveralWays(t *testing.T) {
	s, _ := parity()
	a := lab(t, s, protocol.Request{Query: protocol.LabSimilar, K: 5})
	if a.Movie == nil || a.Movie.ID != "1" {
		t.Fatalf("the laboratory of a stranger is about %+v, want the best known movie", a.Movie)
	}
	do(t, s, "9", protocol.Like, 0, 1)
	do(t, s, "5", protocol.Like, 0, 2)
	if a = lab(t, s, protocol.Request{Query: protocol.LabSimilar, K: 5}); a.Movie.ID != "5" {
		t.Errorf("it is about %v, want the last one of the history, 5", a.Movie.ID)
	}
	var kinds []string
	for _, shelf := range a.Shelves {
		kinds = append(kinds, shelf.Kind)
		for _, c := range shelf.Cards {
			if c.ID == "5" || c.Score <= 0 || c.Title == "" {
				t.Errorf("%s: %+v, want another movie with a score", shelf.Kind, c)
			}
		}
	}
	if want := []string{"taste", "next", "genres", "tags", "title", "shown"}; !slices.Equal(kinds, want) {
		t.Errorf("shelves %v, want %v", kinds, want)
	}
	page := s.Answer(protocol.Request{Verb: protocol.Movie, ID: "5", K: 5}).Cards
	if got := ids(a.Shelves[5].Cards); !slices.Equal(got, ids(page)) {
		t.Errorf("shown %v, want what the movie's page shows, %v", got, ids(page))
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Lab, Query: protocol.LabMap, ID: "nobody"}); a.Error == nil || a.Error.Code != "unknown-movie" {
		t.Errorf("a movie that does not exist: %+v", a.Error)
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Lab, Query: "cellar"}); a.Error == nil || a.Error.Code != "bad-request" || a.Shelves != nil {
		t.Errorf("a part that does not exist: %+v", a)
	}
}

func TestLabTellsHowAListCameAbout(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 1)
	do(t, s, "21", protocol.Like, 0, 2)
	do(t, s, "3", protocol.NotInterested, 0, 3)
	lists := map[string][]catalog.ID{}
	for _, model := range protocol.LabModels {
		a := lab(t, s, protocol.Request{Query: protocol.LabList, Sort: model, K: 12})
		list := a.Shelves[0]
		lists[model] = ids(list.Cards)
		if len(list.Cards) != 12 {
			t.Errorf("%s: %d movies, want 12", model, len(list.Cards))
		}
		for i, c := range list.Cards {
			if slices.Contains([]catalog.ID{"1", "21", "3"}, c.ID) {
				t.Errorf("%s: %v, of which the visitor spoke", model, c.ID)
			}
			if model == "popular" {
				continue
			}
			if at := list.Numbers[2*i]; c.Origin == nil || at < 1 || model == "retrieved" && at != float32(i+1) {
				t.Errorf("%s: place %d was %v after retrieval, origin %+v", model, i+1, at, c.Origin)
			}
		}
		if len(a.Shelves) > 1 && len(a.Shelves[1].Numbers) > 0 {
			t.Errorf("%s: costs %v without a clock", model, a.Shelves[1].Numbers)
		}
	}
	usual := s.Answer(protocol.Request{Verb: protocol.Recommend, Variety: -1, K: 12}).Cards
	if !slices.Equal(lists["ranked"], ids(usual)) {
		t.Errorf("ranked %v, want the visitor's list, %v", lists["ranked"], ids(usual))
	}
	if want := []catalog.ID{"2", "4", "5", "6"}; !slices.Equal(lists["popular"][:4], want) {
		t.Errorf("popular begins %v, want %v", lists["popular"][:4], want)
	}
	if slices.Equal(lists["ranked"], lists["retrieved"]) || slices.Equal(lists["ranked"], lists["popular"]) {
		t.Errorf("the lists are the same: %v", lists)
	}

	var now float64
	s.SetClock(func() float64 { now += 2; return now })
	a := lab(t, s, protocol.Request{Query: protocol.LabList, K: 12})
	if cost := a.Shelves[1]; cost.Kind != "cost" || !slices.Equal(cost.Numbers, []float32{2, 2, 2, 2}) || len(protocol.LabStages) != 4 {
		t.Errorf("cost %+v by a clock that ticks in twos, want 2 for each stage", cost)
	}
}

// TestLabAsksTheModelsOfTheBundle: those stand at the end of every list, and order it by
// their own logits.
func TestLabAsksTheModelsOfTheBundle(t *testing.T) {
	b := planted.Parity(60)
	b.Pointwise = []ranking.Pointwise{planted.Oldest()}
	s := New(engine.New(b))
	do(t, s, "1", protocol.Like, 0, 1)
	for _, model := range append([]string{"Oldest"}, protocol.LabModels...) {
		a := lab(t, s, protocol.Request{Query: protocol.LabList, Sort: model, K: 12})
		if last := a.Shelves[len(a.Shelves)-1]; last.Kind != "judge" || last.Title != "Oldest" {
			t.Errorf("%s: the last shelf is %+v, want the model of the bundle", model, last)
		}
		if model != "Oldest" {
			continue
		}
		for i, c := range a.Shelves[0].Cards[1:] {
			if before := a.Shelves[0].Cards[i]; before.Year > c.Year || before.Score < c.Score {
				t.Errorf("%s (%d, %g) stands before %s (%d, %g)", before.Title, before.Year, before.Score, c.Title, c.Year, c.Score)
			}
		}
	}
}

func TestLabProbesAndMaps(t *testing.T) {
	s, _ := parity()
	do(t, s, "41", protocol.Like, 0, 1)
	curve := lab(t, s, protocol.Request{Query: protocol.LabProbe}).Shelves[0].Numbers
	if len(curve) != 2*7 { // √60 cells
		t.Fatalf("%d numbers, want 14", len(curve))
	}
	for i := 2; i < len(curve); i++ {
		if curve[i] < curve[i-2] {
			t.Errorf("a probe more makes %v of %v", curve[i], curve[i-2])
		}
	}
	if curve[12] < 0.999 || curve[13] < 0.999 {
		t.Errorf("looking into all cells finds %v of %v", curve[12], curve[13])
	}
	plane := lab(t, s, protocol.Request{Query: protocol.LabMap, ID: "60"}).Shelves[0]
	if len(plane.Cards) != 60 || len(plane.Numbers) != 120 {
		t.Fatalf("%d movies and %d numbers on the map of 60 movies", len(plane.Cards), len(plane.Numbers))
	}
	for i, c := range plane.Cards { // what tells even from odd is what spreads most
		if x := plane.Numbers[2*i]; (x > 0) != (c.Genres[0] == plane.Cards[0].Genres[0]) {
			t.Errorf("%s lies at %v", c.Title, x)
		}
	}
}
