package session

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
)

func parity() (*Session, *bundle.Bundle) {
	b := enginetest.Parity(60)
	return New(engine.New(b)), b
}

func ids(cards []protocol.Card) []catalog.ID {
	list := make([]catalog.ID, len(cards))
	for i, c := range cards {
		list[i] = c.ID
	}
	return list
}

// do performs an action and fails the test if it is refused.
func do(t interface{ Fatalf(string, ...any) }, s *Session, id catalog.ID, a protocol.Action, stars float32, at int64) protocol.Answer {
	answer := s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{entry(id, a, stars, at)}})
	if answer.Error != nil {
		t.Fatalf("act(%v, %v, %v): %v", id, a, stars, answer.Error.Text)
	}
	return answer
}

func forYou(s *Session) []protocol.Card {
	return s.Answer(protocol.Request{Verb: protocol.Recommend, K: 10}).Cards
}

func TestThreeLikesMakeAList(t *testing.T) {
	s, _ := parity()
	before := ids(forYou(s))
	for i, id := range []catalog.ID{"1", "21", "33"} { // even rows
		answer := do(t, s, id, protocol.Like, 0, int64(100+i))
		if answer.Item == nil || answer.Item.ID != id || answer.Item.Action != protocol.Like {
			t.Errorf("like %v answers %+v", id, answer.Item)
		}
	}
	answer := s.Answer(protocol.Request{Verb: protocol.Recommend, K: 10})
	after := ids(answer.Cards)
	if len(after) != 10 || slices.Equal(before, after) {
		t.Fatalf("list %v after three likes, %v before", after, before)
	}
	if answer.Candidates != 57 {
		t.Errorf("%d candidates of 60 movies without 3", answer.Candidates)
	}
	for _, c := range answer.Cards {
		if c.Genres[0] != "Comedy" || c.Title == "" || c.Year == 0 || c.Mean == 0 || c.Count == 0 {
			t.Errorf("card %+v: want an even movie with all facts", c)
		}
		if len(c.Why) == 0 || c.Why[0].Kind != "because" || !slices.Contains([]string{"Even 0", "Even 20", "Even 32"}, c.Why[0].Title) {
			t.Errorf("card %v: why %+v, want a liked movie first", c.ID, c.Why)
		}
		if slices.Contains([]catalog.ID{"1", "21", "33"}, c.ID) {
			t.Errorf("%v is liked already and recommended", c.ID)
		}
	}
}

// TestUndoRestoresTheList takes back each of a visitor's acts, then gives it again.
func TestUndoRestoresTheList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := parity()
		for range rapid.IntRange(1, 10).Draw(t, "acts") {
			list, home, bytes := forYou(s), s.Answer(protocol.Request{Verb: protocol.Home}), s.Profile()
			e := drawAct(t)
			do(t, s, e.ID, e.Action, e.Stars, e.At)
			if answer := s.Answer(protocol.Request{Verb: protocol.Undo}); answer.Error != nil || answer.Item == nil {
				t.Fatalf("undo: %+v", answer)
			}
			if diff := cmp.Diff(list, forYou(s)); diff != "" {
				t.Fatalf("list after undo -want +got\n%s", diff)
			}
			if diff := cmp.Diff(home, s.Answer(protocol.Request{Verb: protocol.Home})); diff != "" {
				t.Fatalf("home after undo -want +got\n%s", diff)
			}
			if !slices.Equal(bytes, s.Profile()) {
				t.Fatal("the profile has other bytes after undo")
			}
			do(t, s, e.ID, e.Action, e.Stars, e.At)
		}
	})
}

func TestImportReportsAndRefuses(t *testing.T) {
	s, _ := parity()
	answer := s.Answer(protocol.Request{Verb: protocol.Import, Now: 7, Entries: []protocol.Entry{
		entry("1", protocol.Rate, 4.5, 0), entry("tt9", protocol.Rate, 3, 5), entry("tt9", protocol.Watchlist, 0, 6), entry("aa", protocol.Like, 0, 8),
	}})
	if answer.Total != 1 || !slices.Equal(answer.Unknown, []catalog.ID{"tt9", "aa"}) {
		t.Errorf("import: total %d, unknown %v; want 1, [tt9 aa]", answer.Total, answer.Unknown)
	}
	entries := s.Answer(protocol.Request{Verb: protocol.Profile}).Entries
	if len(entries) != 4 || entries[2] != entry("1", protocol.Rate, 4.5, 7) {
		t.Errorf("profile %v: want four entries, the one without a moment at 7", entries)
	}
	before := s.Profile()
	answer = s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{
		entry("2", protocol.Like, 0, 9), entry("3", protocol.Rate, 11, 9),
	}})
	if answer.Error == nil || answer.Error.Code != "bad-request" || !strings.Contains(answer.Error.Text, "entry 2") {
		t.Errorf("import of 11 stars: %+v, want an error that names entry 2", answer.Error)
	}
	if !slices.Equal(before, s.Profile()) {
		t.Error("a refused import changed the profile")
	}
	many := make([]protocol.Entry, maxEntries)
	for i := range many {
		many[i] = entry("4", protocol.Rate, 3, int64(i+1))
	}
	if answer := s.Answer(protocol.Request{Verb: protocol.Import, Entries: many}); answer.Error == nil {
		t.Error("more entries than a profile holds are imported")
	}
	s.Answer(protocol.Request{Verb: protocol.Erase})
	if answer := s.Answer(protocol.Request{Verb: protocol.Import, Entries: many}); answer.Error != nil {
		t.Errorf("import of %d entries: %v", len(many), answer.Error.Text)
	}
	act := protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{entry("4", protocol.Like, 0, 1)}}
	if answer := s.Answer(act); answer.Error == nil || !strings.Contains(answer.Error.Text, "full") {
		t.Errorf("act on a full profile: %+v, want an error", answer)
	}
}

func TestProfileTellsTastes(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Rate, 5, 1) // row 0: Comedy, 1950
	do(t, s, "2", protocol.Rate, 2, 2) // row 1: Drama, not liked
	do(t, s, "7", protocol.Like, 0, 3) // row 6: Comedy and Western, 1992
	do(t, s, "9", protocol.Dislike, 0, 4)
	do(t, s, "5", protocol.Watchlist, 0, 5)
	answer := s.Answer(protocol.Request{Verb: protocol.Profile})
	want := &protocol.Taste{
		Genres:  []protocol.Share{{Label: "Comedy", Part: 0.75}, {Label: "Western", Part: 0.25}},
		Decades: []protocol.Share{{Label: "1950", Part: 0.5}, {Label: "1990", Part: 0.5}},
		Mean:    3.5,
	}
	if diff := cmp.Diff(want, answer.Taste); diff != "" {
		t.Errorf("taste -want +got\n%s", diff)
	}
	if want := []catalog.ID{"1", "2", "7", "9", "5"}; !slices.Equal(ids(answer.Cards), want) || len(answer.Entries) != 5 {
		t.Errorf("cards %v, want %v", ids(answer.Cards), want)
	}
	if c := answer.Cards[0]; c.Action != protocol.Rate || c.Stars != 5 {
		t.Errorf("card %+v, want the rating on it", c)
	}
	if c := answer.Cards[4]; !c.Watch || c.Action != "" {
		t.Errorf("card %+v, want it on the watchlist", c)
	}
	if status := s.Answer(protocol.Request{Verb: protocol.Open}).Status; status.History != 3 || status.Items != 60 || status.Name != "Parity" {
		t.Errorf("status %+v", status)
	}
}

func TestExplainSums(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 1)
	do(t, s, "3", protocol.Like, 0, 2)
	for _, c := range forYou(s) {
		answer := s.Answer(protocol.Request{Verb: protocol.Explain, ID: c.ID})
		if answer.Score != c.Score || answer.Item == nil || answer.Item.ID != c.ID {
			t.Errorf("%v: explained %v, listed with %v", c.ID, answer.Score, c.Score)
		}
		sum := float64(answer.Base)
		for i, r := range answer.Reasons {
			sum += float64(r.Contribution)
			if i > 0 && math.Abs(float64(r.Contribution)) > math.Abs(float64(answer.Reasons[i-1].Contribution)) {
				t.Errorf("%v: reason %d is larger than the one before", c.ID, i)
			}
		}
		if math.Abs(sum-float64(answer.Score)) > 1e-5 {
			t.Errorf("%v: reasons sum to %v, score %v", c.ID, sum, answer.Score)
		}
	}
}

func TestItemPage(t *testing.T) {
	b := enginetest.Parity(60)
	for r := range b.Statistics.Mean { // else what is rated well stands above what is more like it
		b.Statistics.Mean[r] = 4
	}
	s := New(engine.New(b))
	answer := s.Answer(protocol.Request{Verb: protocol.Item, ID: "5", K: 12})
	if answer.Item == nil || answer.Item.Title != "Even 4" || len(answer.Cards) != 12 || len(answer.Shelves) != 0 {
		t.Fatalf("movie page of a stranger: %+v", answer)
	}
	for _, c := range answer.Cards {
		if c.ID == "5" || len(c.Why) == 0 || c.Score <= 0 {
			t.Errorf("similar %+v: want another movie, a score and a reason", c)
		}
	}
	do(t, s, "2", protocol.Like, 0, 1)
	do(t, s, "31", protocol.Like, 0, 2)
	answer = s.Answer(protocol.Request{Verb: protocol.Item, ID: "5", K: 12})
	if len(answer.Shelves) != 1 || answer.Shelves[0].ID != "31" || answer.Shelves[0].Title != "Even 30" {
		t.Fatalf("shelves %+v, want one because of Even 30, which is of the same kind", answer.Shelves)
	}
	for _, c := range answer.Shelves[0].Cards {
		if c.ID == "5" || c.ID == "2" || c.ID == "31" || slices.Contains(ids(answer.Cards), c.ID) {
			t.Errorf("%v is the movie itself, known to the visitor or shown above", c.ID)
		}
	}
}

// TestItemThatNoOneKnows has an item without people, genres, tags, a year or a title
// that others share: the answer has popular items, scored 0, and no shelf claims that
// something follows from it.
func TestItemThatNoOneKnows(t *testing.T) {
	_, b := parity()
	const lone = 7
	b.Catalog.Genres[lone], b.Catalog.Tags[lone], b.Catalog.Years[lone], b.Catalog.Titles[lone] = nil, nil, 0, ""
	b.Statistics.Count[lone] = 0
	id := b.Catalog.IDs[lone]
	s := New(engine.New(b))
	answer := s.Answer(protocol.Request{Verb: protocol.Item, ID: id, K: 12})
	if len(answer.Cards) != 12 {
		t.Fatalf("%d cards, want 12 popular ones", len(answer.Cards))
	}
	for _, c := range answer.Cards {
		if c.Score != 0 || len(c.Why) > 0 {
			t.Errorf("%+v is said to be like an item that no one knows", c)
		}
	}
	do(t, s, id, protocol.Like, 0, 1)
	if answer = s.Answer(protocol.Request{Verb: protocol.Item, ID: id, K: 12}); len(answer.Shelves) != 0 {
		t.Errorf("a shelf because of an item that no one knows: %+v", answer.Shelves)
	}
	for _, shelf := range s.Answer(protocol.Request{Verb: protocol.Home, K: 12}).Shelves {
		if shelf.Kind == string(engine.LikeOne) && shelf.ID == id {
			t.Errorf("the start page has a shelf because of an item that no one knows: %+v", shelf)
		}
	}
}

// TestEachVerbPreparesItsOwn: what a first answer needs is made before it, piece by
// piece, by the verbs that need it, search and items alike, and by no other; and
// together that is all that idle time would have made.
func TestEachVerbPreparesItsOwn(t *testing.T) {
	s, _ := parity()
	for _, v := range protocol.Verbs {
		steps := 0
		for s.PrepareFor(v) {
			steps++
		}
		if needs := v == protocol.Item || v == protocol.Search || v == protocol.Match; (steps > 0) != needs && v != protocol.LabSimilar { // as item
			t.Errorf("%s takes %d steps", v, steps)
		}
	}
	if s.Prepare() {
		t.Error("there is more to prepare that no verb asks for")
	}
	idle, _ := parity()
	for idle.Prepare() {
	}
	if !idle.PrepareFor(protocol.Match) {
		t.Error("idle time prepares for imports, which few ask for")
	}
	fresh, _ := parity()
	for fresh.PrepareFor(protocol.LabSimilar) {
	}
	if fresh.PrepareFor(protocol.Item) {
		t.Error("an item needs more than the laboratory's comparison")
	}
}
