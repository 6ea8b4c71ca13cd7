package engine_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// demo opens the demo bundle of the project.
func demo(t testing.TB) *engine.Engine {
	t.Helper()
	folder := filepath.Join("..", "..", "data", "demo")
	var latest struct{ Bundle string }
	text, err := os.ReadFile(filepath.Join(folder, "latest.json"))
	if err == nil {
		err = json.Unmarshal(text, &latest)
	}
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(folder, latest.Bundle+".bundle"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.Open(data)
	if err == nil {
		data, err = os.ReadFile(filepath.Join(folder, latest.Bundle+".supplement"))
	}
	if err == nil {
		err = e.Extend(data)
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// wanderer returns a history of n of the best known items, drawn by rng.
func wanderer(e *engine.Engine, rng *rand.Rand, n int) feature.History {
	known, _ := e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, 1500)
	var rows []catalog.Row
	for _, i := range rng.Perm(len(known))[:n] {
		rows = append(rows, known[i])
	}
	return liked(rows...)
}

// TestReasonsHoldOnTheDemo removes the item that is named as the reason of a
// recommendation from the history: in at least 95 of 100 checks the score falls. An
// item without a reason, of which nothing is said, is no check; nine of ten have one.
func TestReasonsHoldOnTheDemo(t *testing.T) {
	e, rng := demo(t), rand.New(rand.NewPCG(1, 2))
	checks, held, all := 0, 0, 0
	for range 12 {
		h := wanderer(e, rng, 1+rng.IntN(25))
		q := query(h)
		q.Because, q.Variety = true, 0.3
		for _, rec := range e.Recommend(q) {
			all++
			if rec.Because == catalog.None {
				continue
			}
			checks++
			var rest feature.History
			for _, ev := range h {
				if ev.Row != rec.Because {
					rest = append(rest, ev)
				}
			}
			if e.Explain(query(rest), rec.Row).Score < rec.Score {
				held++
			}
		}
	}
	if 100*held < 95*checks {
		t.Errorf("%d of %d reasons hold, want 95 %%", held, checks)
	}
	if 10*checks < 9*all {
		t.Errorf("%d of %d have a reason, want 90 %%", checks, all)
	}
}

// TestReasonsShareSomething reads 500 reasons: of none have the two items neither a
// genre, nor a tag, nor the people who like them in common.
func TestReasonsShareSomething(t *testing.T) {
	e, rng := demo(t), rand.New(rand.NewPCG(7, 8))
	reasons, nothing, all := 0, 0, 0
	for reasons < 500 {
		q := query(wanderer(e, rng, 3+rng.IntN(25)))
		q.Because, q.Variety = true, 0.3
		for _, rec := range e.Recommend(q) {
			all++
			if rec.Because == catalog.None {
				continue
			}
			if reasons++; !e.Related(rec.Because, rec.Row) {
				nothing++
			}
		}
	}
	t.Logf("%d of %d items have a reason", reasons, all)
	if nothing > 0 {
		t.Errorf("of %d reasons %d name an item that has nothing in common", reasons, nothing)
	}
}

// TestVarietyWidensTheDemo measures the entropy of the genres of 20
// recommendations, in nats, over visitors: it rises with every step of variety.
func TestVarietyWidensTheDemo(t *testing.T) {
	e := demo(t)
	entropy := func(variety float32) (sum float64) {
		rng := rand.New(rand.NewPCG(3, 4))
		for range 15 {
			q := query(wanderer(e, rng, 8))
			q.K, q.Variety = 20, variety
			counts := make([]float64, len(e.Catalog().GenreNames))
			all := 0.0
			for _, rec := range e.Recommend(q) {
				for _, g := range e.Catalog().Genres[rec.Row] {
					counts[g]++
					all++
				}
			}
			for _, n := range counts {
				if n > 0 {
					sum -= n / all * math.Log(n/all)
				}
			}
		}
		return sum / 15
	}
	last := 0.0
	for _, variety := range []float32{0, 0.25, 0.5, 0.75, 1} {
		got := entropy(variety)
		if got <= last {
			t.Errorf("entropy %v at variety %v, %v before", got, variety, last)
		}
		last = got
	}
}

// TestEveryDemoItemHasSimilarOnes asks for every 50th item.
func TestEveryDemoItemHasSimilarOnes(t *testing.T) {
	e := demo(t)
	for r := catalog.Row(0); int(r) < e.Catalog().Len(); r += 50 {
		list := e.Similar(r, 10)
		if len(list) != 10 {
			t.Errorf("%s has %d similar movies, want 10", e.Catalog().Titles[r], len(list))
		}
		for _, s := range list {
			if s.Row == r {
				t.Errorf("%s is similar to itself", e.Catalog().Titles[r])
			}
		}
	}
}

func BenchmarkDemo(b *testing.B) {
	e := demo(b)
	q := query(wanderer(e, rand.New(rand.NewPCG(5, 6)), 20))
	q.K = 20
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			e.Recommend(q)
		}
	})
	b.Run("as the app asks", func(b *testing.B) {
		q := q
		q.Variety, q.Because = 0.4, true
		for b.Loop() {
			e.Recommend(q)
		}
	})
	b.Run("similar", func(b *testing.B) {
		for b.Loop() {
			e.Similar(20, 20)
		}
	})
	b.Run("home", func(b *testing.B) {
		q := q
		q.Variety, q.Because = 0.4, true
		for b.Loop() {
			e.Home(q, e.Recommend(q), []catalog.Row{q.History[0].Row, q.History[1].Row})
		}
	})
}
