package engine_test

import (
	"math"
	"slices"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

const n = 60 // items of the planted bundle

func parity() (*engine.Engine, *bundle.Bundle) {
	b := enginetest.Parity(n)
	return engine.New(b), b
}

// liked is a history of items that were all given five stars.
func liked(rows ...catalog.Row) feature.History {
	h := make(feature.History, len(rows))
	for i, r := range rows {
		h[i] = feature.Event{Row: r, Stars: 5, At: int64(1_500_000_000 + 60*i)}
	}
	return h
}

func query(h feature.History) engine.Query {
	return engine.Query{History: h, Filter: engine.Filter{Genre: engine.AllGenres}, K: 10}
}

func rowsOf(list []engine.Recommendation) []catalog.Row {
	rows := make([]catalog.Row, len(list))
	for i, r := range list {
		rows[i] = r.Row
	}
	return rows
}

func TestWhoeverLikesEvenGetsEven(t *testing.T) {
	e, _ := parity()
	for first := range catalog.Row(8) {
		h := liked(first, first+10)
		for _, rec := range e.Recommend(query(h)) {
			if rec.Row%2 != first%2 {
				t.Errorf("liked %d and %d: movie %d is of the other kind", first, first+10, rec.Row)
			}
		}
	}
}

func TestRecommendLeavesOut(t *testing.T) {
	e, b := parity()
	q := query(liked(2, 4))
	q.Exclude, q.K = []catalog.Row{6, 8}, n
	got := rowsOf(e.Recommend(q))
	if len(got) != n-4 {
		t.Errorf("%d movies of %d without 2 of the history and 2 excluded", len(got), n)
	}
	for _, r := range []catalog.Row{2, 4, 6, 8} {
		if slices.Contains(got, r) {
			t.Errorf("movie %d is recommended", r)
		}
	}
	western, _ := e.GenreNamed("Western")
	q.Filter.Genre = western
	for _, r := range rowsOf(e.Recommend(q)) {
		if !slices.Contains(b.Catalog.Genres[r], uint8(western)) {
			t.Errorf("movie %d is no Western", r)
		}
	}
	q.Filter = engine.Filter{Genre: engine.AllGenres, Decade: 1990}
	for _, r := range rowsOf(e.Recommend(q)) {
		if y := b.Catalog.Years[r]; y < 1990 || y > 1999 {
			t.Errorf("movie %d is of %d", r, y)
		}
	}
}

func TestALikeChangesTheList(t *testing.T) {
	e, _ := parity()
	before := rowsOf(e.Recommend(query(liked(20))))
	after := rowsOf(e.Recommend(query(liked(20, 41))))
	if slices.Equal(before, after) {
		t.Error("the list is what it was before the like")
	}
	if again := rowsOf(e.Recommend(query(liked(20)))); !slices.Equal(before, again) {
		t.Errorf("without the like: %v, want %v as before", again, before)
	}
}

func TestWithoutVarietyTheRankerDecides(t *testing.T) {
	e, _ := parity()
	list := e.Recommend(query(liked(0, 2)))
	for i := 1; i < len(list); i++ {
		if list[i].Score > list[i-1].Score {
			t.Errorf("score %v at %d after %v", list[i].Score, i, list[i-1].Score)
		}
	}
}

// TestVarietyWidens measures how many of ten recommendations are of the other
// kind: with more variety never fewer, and in the end some.
func TestVarietyWidens(t *testing.T) {
	e, _ := parity()
	others := func(variety float32) (n int) {
		q := query(liked(0, 2, 4))
		q.Variety = variety
		for _, r := range rowsOf(e.Recommend(q)) {
			n += int(r % 2)
		}
		return n
	}
	last := others(0)
	if last != 0 {
		t.Fatalf("without variety %d odd movies, want none", last)
	}
	for _, variety := range []float32{0.25, 0.5, 0.75, 1} {
		got := others(variety)
		if got < last {
			t.Errorf("variety %v gives %d odd movies, less of it %d", variety, got, last)
		}
		last = got
	}
	if last == 0 {
		t.Error("full variety gives no odd movie")
	}
}

func TestWhatResemblesADislikeSinks(t *testing.T) {
	e, _ := parity()
	q := query(liked(10, 11))
	kinds := func() (even int) {
		for _, r := range rowsOf(e.Recommend(q)) {
			even += 1 - int(r%2)
		}
		return even
	}
	before := kinds()
	q.Disliked, q.Exclude = []catalog.Row{30}, []catalog.Row{30}
	if after := kinds(); after >= before {
		t.Errorf("%d even movies after an even one was disliked, %d before", after, before)
	}
}

func TestBecauseIsOfTheHistoryAndCarries(t *testing.T) {
	e, _ := parity()
	h := liked(0, 20, 41)
	q := query(h)
	q.Because = true
	for _, rec := range e.Recommend(q) {
		if rec.Because == catalog.None {
			t.Errorf("movie %d is carried by nothing", rec.Row)
			continue
		}
		if rec.Because%2 != rec.Row%2 {
			t.Errorf("movie %d is said to come from %d, which is of the other kind", rec.Row, rec.Because)
		}
		var rest feature.History
		for _, ev := range h {
			if ev.Row != rec.Because {
				rest = append(rest, ev)
			}
		}
		if got := e.Explain(query(rest), rec.Row).Score; got >= rec.Score {
			t.Errorf("movie %d: score %v without %d, %v with it", rec.Row, got, rec.Because, rec.Score)
		}
	}
}

func TestExplanationSumsToTheScore(t *testing.T) {
	e, _ := parity()
	q := query(liked(0, 2, 5))
	q.K = n
	for _, rec := range e.Recommend(q) {
		x := e.Explain(q, rec.Row)
		if x.Score != rec.Score {
			t.Errorf("movie %d: explained %v, recommended with %v", rec.Row, x.Score, rec.Score)
		}
		sum := float64(x.Base)
		for _, c := range x.Contributions {
			sum += float64(c.Amount)
		}
		if math.Abs(sum-float64(x.Score)) > 1e-5 {
			t.Errorf("movie %d: base and contributions are %v, the score %v", rec.Row, sum, x.Score)
		}
	}
	if x := e.Explain(q, 2); x.Score == 0 {
		t.Error("a movie of the history has no score")
	}
}
