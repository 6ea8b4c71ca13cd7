package session

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/ranking"
)

// ask returns the answer to q, which must not be an error.
func ask(t *testing.T, s *Session, q protocol.Request) protocol.Answer {
	t.Helper()
	a := s.Answer(q)
	if a.Error != nil {
		t.Fatalf("Answer(%+v): %v", q, a.Error.Text)
	}
	return a
}

func TestLabComparesOneItemInSeveralWays(t *testing.T) {
	s, _ := parity()
	a := ask(t, s, protocol.Request{Verb: protocol.LabSimilar, K: 5})
	if a.Item == nil || a.Item.ID != "1" {
		t.Fatalf("the Lab of a newcomer is about %+v, want the best known movie", a.Item)
	}
	do(t, s, "9", protocol.Like, 0, 1)
	do(t, s, "5", protocol.Like, 0, 2)
	if a = ask(t, s, protocol.Request{Verb: protocol.LabSimilar, K: 5}); a.Item.ID != "5" {
		t.Errorf("it is about %v, want the last one of the history, 5", a.Item.ID)
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
	page := s.Answer(protocol.Request{Verb: protocol.Item, ID: "5", K: 5}).Cards
	if got := ids(a.Shelves[5].Cards); !slices.Equal(got, ids(page)) {
		t.Errorf("shown %v, want what the movie's page shows, %v", got, ids(page))
	}
}

func TestLabTellsHowAListCameAbout(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 1)
	do(t, s, "21", protocol.Like, 0, 2)
	do(t, s, "3", protocol.NotInterested, 0, 3)
	lists := map[string][]catalog.ID{}
	for _, model := range protocol.LabModels {
		a := ask(t, s, protocol.Request{Verb: protocol.LabList, Model: model, K: 12})
		lists[model] = ids(a.Cards)
		if len(a.Cards) != 12 || !slices.Equal(a.Models, protocol.LabModels) {
			t.Errorf("%s: %d movies and models %q, want 12 and %q", model, len(a.Cards), a.Models, protocol.LabModels)
		}
		for i, c := range a.Cards {
			if slices.Contains([]catalog.ID{"1", "21", "3"}, c.ID) {
				t.Errorf("%s: %v, of which the visitor spoke", model, c.ID)
			}
			if model == protocol.ModelPopular {
				continue
			}
			at := c.Origin
			if at == nil || at.Retrieved < 1 || (at.Ranked == 0) != (model == protocol.ModelRetrieved) || at.Ranked == 0 && at.Retrieved != i+1 {
				t.Errorf("%s: place %d comes from %+v", model, i+1, at)
			}
		}
		if a.Stages.Names != nil || a.Stages.Milliseconds != nil {
			t.Errorf("%s: stages %v without a clock", model, a.Stages)
		}
	}
	usual := s.Answer(protocol.Request{Verb: protocol.Recommend, Variety: -1, K: 12}).Cards
	if !slices.Equal(lists[protocol.ModelRanked], ids(usual)) {
		t.Errorf("ranked %v, want the visitor's list, %v", lists[protocol.ModelRanked], ids(usual))
	}
	if want := []catalog.ID{"2", "4", "5", "6"}; !slices.Equal(lists[protocol.ModelPopular][:4], want) {
		t.Errorf("popular begins %v, want %v", lists[protocol.ModelPopular][:4], want)
	}
	if slices.Equal(lists[protocol.ModelRanked], lists[protocol.ModelRetrieved]) || slices.Equal(lists[protocol.ModelRanked], lists[protocol.ModelPopular]) {
		t.Errorf("the lists are the same: %v", lists)
	}

	var now float64
	s.SetClock(func() float64 { now += 2; return now })
	a := ask(t, s, protocol.Request{Verb: protocol.LabList, K: 12})
	want := protocol.Stages{Names: []string{"retrieve", "rank", "diversify", "reasons"}, Milliseconds: []float32{2, 2, 2, 2}}
	if diff := cmp.Diff(want, a.Stages); diff != "" || len(want.Names) != engine.Stages {
		t.Errorf("stages by a clock that ticks in twos: -want +got\n%s", diff)
	}
	if usual := ids(a.Cards); !slices.Equal(usual, lists[protocol.ModelRanked]) {
		t.Errorf("without a model %v, want %v", usual, lists[protocol.ModelRanked])
	}
}

// TestLabAsksTheModelsOfTheBundle: every list names them, and they order it by
// their own logits.
func TestLabAsksTheModelsOfTheBundle(t *testing.T) {
	b := enginetest.Parity(60)
	b.Pointwise = []ranking.Pointwise{enginetest.Oldest()}
	s := New(engine.New(b))
	do(t, s, "1", protocol.Like, 0, 1)
	for _, model := range append([]string{"Oldest"}, protocol.LabModels...) {
		a := ask(t, s, protocol.Request{Verb: protocol.LabList, Model: model, K: 12})
		if want := []string{"ranked", "retrieved", "taste", "popular", "Oldest"}; !slices.Equal(a.Models, want) {
			t.Errorf("%s: models %q, want %q", model, a.Models, want)
		}
		if model != "Oldest" {
			continue
		}
		for i, c := range a.Cards[1:] {
			if before := a.Cards[i]; before.Year > c.Year || before.Score < c.Score {
				t.Errorf("%s (%d, %g) stands before %s (%d, %g)", before.Title, before.Year, before.Score, c.Title, c.Year, c.Score)
			}
		}
	}
}

// TestLabRefusesWhatIsUnknown: a name that does not exist is an error that says
// which do, and never the answer to another question.
func TestLabRefusesWhatIsUnknown(t *testing.T) {
	b := enginetest.Parity(60)
	b.Pointwise = []ranking.Pointwise{enginetest.Oldest()}
	s := New(engine.New(b))
	for _, tt := range []struct {
		request protocol.Request
		want    string
	}{
		{protocol.Request{Verb: protocol.LabList, Model: "no such model", K: 12},
			`Unknown model "no such model"; known: ranked, retrieved, taste, popular, Oldest.`},
		{protocol.Request{Verb: "lab"},
			`Unknown verb "lab"; known: open, home, browse, movie, together, next, recent, trending, new, recommend, two, rated, interests, search, values, columns, explain, series, what-if, items, tastes, profile, history, steps, lose-steps, summary, fresh, act, amend, undo, match, numbers, import, erase, lab-similar, lab-list, lab-probe, lab-map, groups.`},
	} {
		want := protocol.Answer{Error: &protocol.Error{Code: "bad-request", Text: tt.want}}
		if diff := cmp.Diff(want, s.Answer(tt.request)); diff != "" {
			t.Errorf("Answer(%+v): -want +got\n%s", tt.request, diff)
		}
	}
}

func TestLabProbesAndMaps(t *testing.T) {
	s, _ := parity()
	do(t, s, "41", protocol.Like, 0, 1)
	curve := ask(t, s, protocol.Request{Verb: protocol.LabProbe, ID: "ignored"}).Curve
	for name, column := range map[string][]float32{"recall": curve.Recall, "compared": curve.Compared} {
		if len(column) != 7 || !slices.IsSorted(column) || column[6] < 0.999 { // √60 cells
			t.Errorf("%s %v, want 7 numbers that rise to 1, the last one for all cells", name, column)
		}
	}
	plane := ask(t, s, protocol.Request{Verb: protocol.LabMap, ID: "60"})
	if len(plane.Cards) != 60 || len(plane.Points.X) != 60 || len(plane.Points.Y) != 60 {
		t.Fatalf("%d movies and points %+v on the map of 60 movies", len(plane.Cards), plane.Points)
	}
	for i, c := range plane.Cards { // what tells even from odd is what spreads most
		if x := plane.Points.X[i]; (x > 0) != (c.Genres[0] == plane.Cards[0].Genres[0]) {
			t.Errorf("%s lies at %v", c.Title, x)
		}
	}
}

// TestNoOrderIsClaimed: of data without times no one knows what was chosen after
// what, so neither the laboratory nor a reason says so.
func TestNoOrderIsClaimed(t *testing.T) {
	for _, test := range []struct {
		asOf      int64
		way, kind string
	}{{1_500_000_000, "next", protocol.WhyRun}, {0, "together", protocol.WhyLists}} {
		b := enginetest.Parity(60)
		b.Statistics.AsOf = test.asOf
		for r := range b.Statistics.Count {
			b.Statistics.Count[r], b.Statistics.Mean[r] = 300, 4
		}
		for r := range b.Catalog.Titles { // nothing else in common
			b.Catalog.Titles[r], b.Catalog.Genres[r], b.Catalog.Tags[r] = "", nil, nil
			b.Catalog.Years[r] = 0
		}
		clear(b.Retrieval.Out.Data)
		clear(b.Retrieval.Out.Scale)
		s := New(engine.New(b))
		if a := ask(t, s, protocol.Request{Verb: protocol.LabSimilar, ID: "5", K: 5}); a.Shelves[1].Kind != test.way {
			t.Errorf("as of %d the way is %q, want %q", test.asOf, a.Shelves[1].Kind, test.way)
		}
		cards := s.Answer(protocol.Request{Verb: protocol.Item, ID: "5", K: 5}).Cards
		if len(cards[0].Why) == 0 || cards[0].Why[0].Kind != test.kind {
			t.Errorf("as of %d item %s is like it because of %+v, want %q", test.asOf, cards[0].ID, cards[0].Why, test.kind)
		}
	}
}
