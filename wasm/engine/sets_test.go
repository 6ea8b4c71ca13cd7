package engine

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
)

// TestSetsHaveNoOrder: lists, scores and reasons are the same in every order of likes that came
// in one sitting, by a profile that counts for a part, as it ships, and by a network.
func TestSetsHaveNoOrder(t *testing.T) {
	network := enginetest.Networked(90)
	network.Profile = profiled(90, 0.6).Profile
	for name, e := range map[string]*Engine{"pooling": New(profiled(90, 0.6)), "network": New(network)} {
		rng := rand.New(rand.NewPCG(3, 3))
		for range 10 {
			likes := rng.Perm(90)[:10]
			ask := func() []Recommendation {
				return e.Recommend(Query{History: evening(likes), Filter: everything, K: 10, Variety: 0.2, Because: true})
			}
			want := ask()
			slices.Reverse(likes)
			if got := ask(); !slices.Equal(got, want) {
				t.Fatalf("%s: the likes backwards give\n%+v, want\n%+v", name, got, want)
			}
		}
	}
}

// TestOneLikeDoesNotDecide: a like that was marked last moves the list less than without
// sets, where what reads a history goes by its end.
func TestOneLikeDoesNotDecide(t *testing.T) {
	moved := func(e *Engine) (n int) {
		rng := rand.New(rand.NewPCG(7, 1))
		for range 20 {
			likes := rng.Perm(90)[:11]
			ask := func(h feature.History) []catalog.Row {
				return rowsOfList(e.Recommend(Query{History: h, Filter: everything, K: 10}))
			}
			before, after := ask(evening(likes[:10])), ask(evening(likes))
			for _, r := range before {
				if !slices.Contains(after, r) {
					n++
				}
			}
		}
		return n
	}
	set := profiled(90, 0.6)
	sequence := profiled(90, 0.6)
	sequence.Profile = nil
	if a, b := moved(New(set)), moved(New(sequence)); a >= b {
		t.Errorf("one more like moves %d places of 200, and %d where the order counts", a, b)
	}
}

// TestTurns: a history whose order means something stays as it is; of a set each sitting
// keeps its place and its times, one event joins the sitting before, and the turns
// end with different events.
func TestTurns(t *testing.T) {
	e := New(profiled(90, 0.6))
	rated := feature.History{{Row: 1, Stars: 2, At: 1e9}, {Row: 5, Stars: 5, At: 2e9}, {Row: 9, Stars: 3, At: 3e9}}
	if got := e.turns(rated); len(got) != 1 || !slices.Equal(got[0], rated) {
		t.Errorf("ratings over years have the orders %v", got)
	}
	h := evening([]int{4, 11, 30, 2, 17, 60})
	second := evening([]int{70, 8, 41})
	for i := range second {
		second[i].At += 86400
	}
	h = append(h, second...)
	h = append(h, feature.Event{Row: 33, Stars: 5, At: 1e9 + 2*86400})
	was := slices.Clone(h)
	turns := e.turns(h)
	if !slices.Equal(h, was) {
		t.Error("the history was changed")
	}
	if len(turns) != rounds {
		t.Fatalf("%d orders, want %d", len(turns), rounds)
	}
	last := map[catalog.Row]bool{}
	for r, turn := range turns {
		for i := range turn {
			if turn[i].At != h[i].At {
				t.Errorf("turn %d: the times are others", r)
			}
		}
		if want, got := []catalog.Row{2, 4, 11, 17, 30, 60}, sortedRows(turn[:6]); !slices.Equal(got, want) {
			t.Errorf("turn %d begins with %v, want %v: the first sitting", r, got, want)
		}
		if want, got := []catalog.Row{8, 33, 41, 70}, sortedRows(turn[6:]); !slices.Equal(got, want) {
			t.Errorf("turn %d ends with %v, want %v: the second sitting and the one like after it", r, got, want)
		}
		last[turn[len(turn)-1].Row] = true
	}
	if len(last) != rounds {
		t.Errorf("the turns end with %v: want %d items", last, rounds)
	}
}

func sortedRows(h feature.History) (rows []catalog.Row) {
	for _, ev := range h {
		rows = append(rows, ev.Row)
	}
	slices.Sort(rows)
	return rows
}

// TestSetsAreExplained: what explains an item has the score of the list, of those that
// all turns rank and of those behind them.
func TestSetsAreExplained(t *testing.T) {
	e := New(profiled(600, 0.6))
	q := Query{History: evening([]int{0, 2, 5, 8, 44, 310}), Filter: everything, K: 300}
	list := e.Recommend(q)
	if len(list) <= roundsOf {
		t.Fatalf("%d items", len(list))
	}
	for i := 0; i < len(list); i += 7 {
		x := e.Explain(q, list[i].Row)
		sum := x.Base
		for _, c := range x.Contributions {
			sum += c.Amount
		}
		if x.Score != list[i].Score || max(sum-x.Score, x.Score-sum) > 1e-4 {
			t.Errorf("place %d: explained %v, of parts %v; recommended with %v", i+1, x.Score, sum, list[i].Score)
		}
	}
}
