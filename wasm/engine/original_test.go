package engine_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// vectorOf returns the output vector of item r, nil when it has none.
func vectorOf(b *bundle.Bundle, r catalog.Row) []float32 {
	row, scale := b.Retrieval.Out.Row(int(r))
	var v []float32
	some := false
	for _, x := range row {
		v = append(v, scale*float32(x))
		some = some || x != 0
	}
	if !some {
		return nil
	}
	return v
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i] * b[i])
		aa += float64(a[i] * a[i])
		bb += float64(b[i] * b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

// byScore returns the first k of the items of b but skip, highest score first.
func byScore(b *bundle.Bundle, skip catalog.Row, k int, score func(r catalog.Row) float64) []catalog.Row {
	var rows []catalog.Row
	for r := range catalog.Row(b.Catalog.Len()) {
		if r != skip {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(x, y catalog.Row) int { return cmp.Compare(score(y), score(x)) })
	return rows[:k]
}

// The original, Sparrow RecSys, ranks related items by the cosine of their vectors alone. 80 of the
// 755 items it has loaded have none: asked for one of those it fails on the missing
// vector, and the row on its page stays empty.
func TestOriginalHasNothingLikeAItemWithoutVector(t *testing.T) {
	const r = 9 // an odd item of the genre Drama
	_, b := parity()
	clear(b.Retrieval.In.Data[r*b.Retrieval.In.Cols : (r+1)*b.Retrieval.In.Cols])
	clear(b.Retrieval.Out.Data[r*b.Retrieval.Out.Cols : (r+1)*b.Retrieval.Out.Cols])
	original := func(r catalog.Row) []catalog.Row {
		own := vectorOf(b, r)
		if own == nil {
			return nil
		}
		return byScore(b, r, 10, func(o catalog.Row) float64 {
			if v := vectorOf(b, o); v != nil {
				return cosine(own, v)
			}
			return -1
		})
	}
	if got := original(8); len(got) != 10 {
		t.Errorf("the original finds %v like a movie with a vector", got)
	}
	if got := original(r); len(got) != 0 {
		t.Errorf("the original finds %v like a movie without one", got)
	}

	list := engine.New(b).Similar(r, 10)
	if len(list) != 10 {
		t.Fatalf("%d movies are similar to one without a vector, want 10", len(list))
	}
	for _, s := range list {
		if s.Row%2 != r%2 {
			t.Errorf("movie %d is said to be similar to %d, of the other kind", s.Row, r)
		}
	}
}

// The original's similarity of genres is meant to be Dice's coefficient,
// 2·common/(genres of one + genres of the other), but it divides by 2 where it should
// multiply: two items of the same genres have 0.25 instead of 1, and the average
// stars, whose part of the score is meant to be the smaller, decide.
func TestOriginalHalvesTheGenresTwice(t *testing.T) {
	const asked, twin, other = 6, 14, 8
	_, b := parity()
	for r, genres := range map[catalog.Row][]uint8{asked: {0, 2}, twin: {0, 2}, other: {0}} {
		if !slices.Equal(b.Catalog.Genres[r], genres) {
			t.Fatalf("movie %d has the genres %v, want %v", r, b.Catalog.Genres[r], genres)
		}
	}
	for r := range n { // but for genres and stars all are alike
		b.Catalog.Years[r], b.Statistics.Count[r] = 2000, 100
	}
	b.Statistics.Mean[twin], b.Statistics.Mean[other] = 2.5, 5
	score := func(similarity func(common, both float64) float64) func(r catalog.Row) float64 {
		return func(r catalog.Row) float64 {
			common := 0.0
			for _, g := range b.Catalog.Genres[asked] {
				if slices.Contains(b.Catalog.Genres[r], g) {
					common++
				}
			}
			both := float64(len(b.Catalog.Genres[asked]) + len(b.Catalog.Genres[r]))
			return 0.7*similarity(common, both) + 0.3*float64(b.Statistics.Mean[r])/5
		}
	}
	original := score(func(common, both float64) float64 { return common / both / 2 })
	meant := score(func(common, both float64) float64 { return 2 * common / both })
	// 0.7·¼ + 0.3·½ = 0.325 and 0.7·⅙ + 0.3 = 0.417; meant are 0.85 and 0.767.
	if original(twin) >= original(other) || meant(twin) <= meant(other) {
		t.Errorf("twin and other have %g and %g in the original, %g and %g as it is meant", original(twin), original(other), meant(twin), meant(other))
	}

	list := engine.New(b).Similar(asked, n-1)
	at := func(r catalog.Row) int {
		return slices.IndexFunc(list, func(s engine.Similar) bool { return s.Row == r })
	}
	if got := list[at(twin)].Genre; math.Abs(float64(got)-1) > 1e-6 {
		t.Errorf("movies of the same genres are alike by %g, want 1", got)
	}
	if got := list[at(other)].Genre; !(got > 0.25 && got < 1) {
		t.Errorf("movies with one genre of two in common are alike by %g", got)
	}
	if at(twin) > at(other) {
		t.Errorf("the twin is at %d, the other one at %d before it", at(twin), at(other))
	}
}

// The original ranks the items of the highest average stars by the cosine of their
// vectors to the mean vector of what the user watched, and takes nothing out: nothing
// is closer to what one has watched than what one has watched.
func TestOriginalRecommendsWhatWasWatched(t *testing.T) {
	e, b := parity()
	h := liked(12, 14, 20)
	user := make([]float32, b.Retrieval.Out.Cols)
	for _, ev := range h {
		for i, x := range vectorOf(b, ev.Row) {
			user[i] += x / float32(len(h))
		}
	}
	watched := func(list []catalog.Row) (count int) {
		for _, r := range list {
			if slices.ContainsFunc(h, func(ev feature.Event) bool { return ev.Row == r }) {
				count++
			}
		}
		return count
	}
	original := byScore(b, catalog.None, 10, func(r catalog.Row) float64 { return cosine(user, vectorOf(b, r)) })
	if watched(original) == 0 {
		t.Errorf("the original recommends %v, nothing of which was watched", original)
	}

	q := query(h)
	q.K = n
	if got := rowsOf(e.Recommend(q)); watched(got) != 0 || len(got) != n-len(h) {
		t.Errorf("of %d recommended movies %d were watched", len(got), watched(got))
	}
}

// The original sorts the rows of its home page by raw average stars: an item that one
// person gave five stars leads each list it is in.
func TestOriginalSortsByRawMean(t *testing.T) {
	const loved, once = 4, 9
	_, b := parity()
	for r := range n {
		b.Statistics.Count[r], b.Statistics.Mean[r] = 100, 3
	}
	b.Statistics.Count[loved], b.Statistics.Mean[loved] = 300, 4.6
	b.Statistics.Count[once], b.Statistics.Mean[once] = 1, 5
	if got := byScore(b, catalog.None, 2, func(r catalog.Row) float64 { return float64(b.Statistics.Mean[r]) }); got[0] != once {
		t.Errorf("the original's list begins with %v", got)
	}

	rows, _ := engine.New(b).Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByRating, 0, n)
	if rows[0] != loved {
		t.Errorf("the list of the best begins with %d, want %d", rows[0], loved)
	}
}
