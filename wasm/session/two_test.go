package session

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// TestLeastMisery: numbers worked out by hand. The scores 1, 2, 3 have the mean 2 and the deviation √(2/3).
func TestLeastMisery(t *testing.T) {
	r := float32(math.Sqrt(1.5))
	if diff := cmp.Diff([]float32{-r, 0, r}, standardized([]float32{1, 2, 3})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if diff := cmp.Diff([]float32{0, 0}, standardized([]float32{7, 7})); diff != "" {
		t.Errorf("equal scores: -want +got\n%s", diff)
	}
	x := []float32{3, 1, 0.5, 1, 1, -2}
	y := []float32{-1, 1, 0.5, 2, 1, 4}
	rows := []catalog.Row{10, 11, 12, 13, 9, 14}
	// The lower ones are -1, 1, .5, 1, 1, -2: of the three with 1 the sums are 2, 3 and 2, and row 9 is before row 11.
	if diff := cmp.Diff([]int32{3, 4, 1, 2, 0, 5}, leastMisery(x, y, rows)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for at, want := range map[int32]float32{0: 1, 1: 0.4, 2: 0.2, 5: 0} {
		if got := below(x, at); got != want {
			t.Errorf("%g of the others are below %d, want %g", got, at, want)
		}
	}
	if below([]float32{4}, 0) != 1 {
		t.Error("an only item is not the best")
	}
}

// TestAListForTwo: who likes even items and who likes odd ones in a catalog where only these are alike. The list
// has what neither knows, each card says how it suits each, the lowest is no worse for either than what follows, and
// the profile of the visitor is what it was.
func TestAListForTwo(t *testing.T) {
	s, _ := parity()
	for _, id := range []catalog.ID{"2", "4", "6"} {
		do(t, s, id, protocol.Like, 0, 100)
	}
	do(t, s, "8", protocol.NotInterested, 0, 100)
	before := s.Profile()
	var other []protocol.Entry
	for _, id := range []catalog.ID{"1", "3", "5"} {
		other = append(other, entry(id, protocol.Like, 0, 200))
	}
	other = append(other, entry("7", protocol.Dislike, 0, 200), entry("not here", protocol.Like, 0, 200))
	a := s.Answer(protocol.Request{Verb: protocol.Two, Entries: other, K: 20})
	if a.Error != nil {
		t.Fatal(a.Error)
	}
	got := ids(a.Cards)
	for _, id := range []catalog.ID{"1", "2", "3", "4", "5", "6", "7", "8"} {
		if slices.Contains(got, id) {
			t.Errorf("%s, which one of the two knows or does not want, is on the list %v", id, got)
		}
	}
	if len(got) != 20 || len(a.Points.X) != 20 || a.Candidates != 52 {
		t.Errorf("%d cards with %d shares of %d candidates", len(got), len(a.Points.X), a.Candidates)
	}
	if diff := cmp.Diff([]catalog.ID{"not here"}, a.Unknown); diff != "" {
		t.Errorf("unknown: %s", diff)
	}
	for i := 1; i < len(a.Cards); i++ {
		if a.Cards[i].Score > a.Cards[i-1].Score {
			t.Errorf("place %d: %g after %g", i+1, a.Cards[i].Score, a.Cards[i-1].Score)
		}
	}
	for i := range a.Cards {
		if x, y := a.Points.X[i], a.Points.Y[i]; x < 0 || x > 1 || y < 0 || y > 1 {
			t.Errorf("shares %g and %g", x, y)
		}
	}
	if diff := cmp.Diff(before, s.Profile()); diff != "" {
		t.Errorf("the profile changed: %s", diff)
	}
	// The other way round the list is the same, with the shares exchanged.
	back := start(s.engine, more)
	for _, e := range other[:4] {
		do(t, back, e.ID, e.Action, 0, e.At)
	}
	b := back.Answer(protocol.Request{Verb: protocol.Two, Other: before, K: 20})
	if !cmp.Equal(got, ids(b.Cards)) || !cmp.Equal(a.Points.X, b.Points.Y) || !cmp.Equal(a.Points.Y, b.Points.X) {
		t.Errorf("the other way round: %v, %v", got, ids(b.Cards))
	}
	// With someone of the same taste it is what suits that taste.
	alike := s.Answer(protocol.Request{Verb: protocol.Two, Entries: []protocol.Entry{entry("10", protocol.Like, 0, 1), entry("12", protocol.Like, 0, 1)}, K: 5})
	for _, id := range ids(alike.Cards) {
		if (id[len(id)-1]-'0')%2 != 0 {
			t.Errorf("%s suits neither: %v", id, ids(alike.Cards))
		}
	}
}

// TestAnotherProfileIsChecked: it comes from anybody.
func TestAnotherProfileIsChecked(t *testing.T) {
	s, _ := parity()
	for name, q := range map[string]protocol.Request{
		"bytes that are no profile": {Other: []byte{1, 2, 3}},
		"an unknown action":         {Entries: []protocol.Entry{{ID: "1", Action: "love"}}},
		"no id":                     {Entries: []protocol.Entry{{Action: protocol.Like}}},
		"too many":                  {Entries: make([]protocol.Entry, maxEntries+1)},
	} {
		q.Verb = protocol.Two
		if a := s.Answer(q); a.Error == nil || a.Error.Code != "bad-request" {
			t.Errorf("%s: %+v, want bad-request", name, a.Error)
		}
	}
	a := s.Answer(protocol.Request{Verb: protocol.Two, K: 5, Filter: "year >= 2000"})
	if a.Error != nil || len(a.Cards) == 0 {
		t.Fatalf("two without a history: %+v", a)
	}
	for _, c := range a.Cards {
		if c.Year < 2000 {
			t.Errorf("%s of %d with a filter", c.ID, c.Year)
		}
	}
}
