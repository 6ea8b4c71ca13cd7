package feature

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/wasm/catalog"
)

// sets returns four with a profile, in which 0 speaks for 3 and 1 for 3 and 2, and
// histories that are a set as far as share says.
func sets(share float32) Tables {
	t := four()
	t.Set = func(History) float32 { return share }
	t.Speaks = func(r catalog.Row) ([]catalog.Row, []uint8, float32) {
		switch r {
		case 0:
			return []catalog.Row{3}, []uint8{200}, 0.001
		case 1:
			return []catalog.Row{2, 3}, []uint8{100, 50}, 0.001
		}
		return nil, nil, 0
	}
	return t
}

// asked returns what x says of candidates for h.
func asked(x *Extractor, h History) ([]Item, User) {
	u := *x.User(h)
	items := make([]Item, 4)
	x.Items(items, []Candidate{{Row: 0}, {Row: 1}, {Row: 2}, {Row: 3}}, nil)
	return items, u
}

// TestASetHasNoOrder: the features of likes of one sitting are the same bits in every
// order and at any time; those of a history with an order are not.
func TestASetHasNoOrder(t *testing.T) {
	h := History{{0, 5, 10}, {1, 4, 9000}, {2, 4.5, 9020}}
	same := cmp.Options{cmpopts.IgnoreUnexported(User{})}
	for _, c := range []struct {
		share float32
		same  bool
	}{{1, true}, {0.5, false}, {0, false}} {
		x, rng := NewExtractor(sets(c.share)), rand.New(rand.NewPCG(1, 1))
		items, user := asked(x, h)
		moved := false
		for range 20 {
			other := History{{Row: h[0].Row, Stars: h[0].Stars}, {Row: h[1].Row, Stars: h[1].Stars}, {Row: h[2].Row, Stars: h[2].Stars}}
			rng.Shuffle(3, func(i, j int) { other[i], other[j] = other[j], other[i] })
			got, u := asked(x, other)
			moved = moved || !cmp.Equal(items, got) || !cmp.Equal(user, u, same)
		}
		if moved == c.same {
			t.Errorf("a set as far as %v: another order changes something: %v", c.share, moved)
		}
	}
}

// TestASetByHand: what hangs on places is the mean over them, of the newest five none is
// left; half a set lies in the middle.
func TestASetByHand(t *testing.T) {
	h := History{{0, 5, 10}, {1, 5, 20}}
	ln := func(v float64) float32 { return float32(math.Log(v)) }
	ordered, _ := asked(NewExtractor(sets(0)), h)
	half, _ := asked(NewExtractor(sets(0.5)), h)
	whole, u := asked(NewExtractor(sets(1)), h)
	// Item 2 follows 1 alone, with 0.02: the newest of two events, each of which counts half.
	// Recent are 1 and 0.7, together 1 and 0.95.
	for _, c := range []struct {
		f                    Numeric
		ordered, half, whole float32
	}{
		{TransitionFromLast, ln(1 + 10), ln(1 + 10*0.75), ln(1 + 10*0.5)},
		{TransitionFromRecent, ln(1 + 10), ln(1 + 10*0.925), ln(1 + 10*0.85)},
		{CoOccurrence, ln(1 + 10), ln(1 + 10*0.9875), ln(1 + 10*0.975)},
		{TransitionFromSession, ln(1 + 5), ln(1 + 5), ln(1 + 5)},
		{YearFromLast, ln(31), ln(31)*0.75 + ln(21)*0.25, ln(31)*0.5 + ln(21)*0.5},
		{ProfileScore, ln(1 + 20*0.1), ln(1 + 20*0.1), ln(1 + 20*0.1)},
	} {
		got := [3]float32{ordered[2].Numeric[c.f], half[2].Numeric[c.f], whole[2].Numeric[c.f]}
		if diff := cmp.Diff([3]float32{c.ordered, c.half, c.whole}, got, near); diff != "" {
			t.Errorf("%v (-want +got):\n%s", c.f, diff)
		}
	}
	// Item 0 has Drama and War, as itself; item 1 Drama.
	if got := whole[0].Numeric[GenreOfLast]; got != 0.75 {
		t.Errorf("genreOfLast %v, want the mean of 1 and a half", got)
	}
	if want := ln(1 + 20*(0.2+0.05)); math.Abs(float64(whole[3].Numeric[ProfileScore]-want)) > 1e-6 {
		t.Errorf("profile %v, want %v", whole[3].Numeric[ProfileScore], want)
	}
	if u.Items != [UserItems]catalog.Row{-1, -1, -1, -1, -1} {
		t.Errorf("the latest of a set are %v, want none", u.Items)
	}
}

// TestSimilarityToASet: the mean of the cosines and the largest, of more events than a
// history with an order is compared with.
func TestSimilarityToASet(t *testing.T) {
	h := History{{0, 5, 0}} // the only one like item 1
	for range similarEvents {
		h = append(h, Event{2, 5, 1}) // at a right angle to it
	}
	items, _ := asked(NewExtractor(sets(1)), h)
	if got := items[1].Numeric[SimilarityToRecent]; math.Abs(float64(got-1)) > 1e-6 {
		t.Errorf("similarityToRecent %v, want that to the one of 21", got)
	}
	if got := items[1].Numeric[SimilarityToLast]; math.Abs(float64(got-1./21)) > 1e-6 {
		t.Errorf("similarityToLast %v, want the mean of 21", got)
	}
	items, _ = asked(NewExtractor(sets(0)), h)
	if got := items[1].Numeric[SimilarityToRecent]; math.Abs(float64(got)) > 1e-6 {
		t.Errorf("with an order, similarityToRecent is %v, want 0 of the newest 20", got)
	}
}

// TestDislikesSpeakForNothing in the profile's score.
func TestDislikesSpeakForNothing(t *testing.T) {
	items, _ := asked(NewExtractor(sets(0)), History{{0, 1, 0}, {1, 1.5, 0}})
	for _, m := range items {
		if m.Numeric[ProfileScore] != 0 {
			t.Errorf("item %d has a profile score of %v", m.Row, m.Numeric[ProfileScore])
		}
	}
}
