package collaborative

import (
	"context"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// checkerboard returns 40 users and 12 movies, of which the last two never
// occur: even users saw even movies, odd
// users odd ones, each all of his but one in turn.
func checkerboard() *dataset.Dataset {
	d := &dataset.Dataset{Catalog: &catalog.Catalog{}}
	for r := range 12 {
		d.Catalog.IDs = append(d.Catalog.IDs, catalog.ID('a'+rune(r)))
	}
	d.Catalog.Index()
	for u := range 40 {
		d.Users = append(d.Users, "")
		d.Start = append(d.Start, len(d.Interactions))
		for i := range 5 {
			if i == u/2%5 {
				continue
			}
			d.Interactions = append(d.Interactions, dataset.Interaction{Row: catalog.Row(2*i + u%2), At: uint32(i)})
		}
		d.End = append(d.End, len(d.Interactions))
	}
	return d
}

// dataOf returns a data set of n movies in which user u saw users[u], a second apart.
func dataOf(n int, users ...[]catalog.Row) *dataset.Dataset {
	d := &dataset.Dataset{Catalog: &catalog.Catalog{IDs: make([]catalog.ID, n)}}
	for _, rows := range users {
		d.Users = append(d.Users, "")
		d.Start = append(d.Start, len(d.Interactions))
		for i, r := range rows {
			d.Interactions = append(d.Interactions, dataset.Interaction{Row: r, At: uint32(i)})
		}
		d.End = append(d.End, len(d.Interactions))
	}
	return d
}

func TestBaselinesOnCheckerboard(t *testing.T) {
	d := checkerboard()
	ials, err := IALS(context.Background(), d, IALSOptions{Width: 4, Unobserved: 0.1, Regularization: 0.003, Passes: 8, Decay: 1, Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ease, err := EASE(context.Background(), d, EASEOptions{Regularization: 1, Decay: 1, MinCount: 1, Largest: 100})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []evaluation.Method{ials, ease} {
		t.Run(m.Name, func(t *testing.T) {
			for _, parity := range []catalog.Row{0, 1} {
				h := feature.History{{Row: parity}, {Row: 2 + parity}}
				got := slices.Clone(m.New().Recommend(h, 3))
				slices.Sort(got)
				if want := ([]catalog.Row{4 + parity, 6 + parity, 8 + parity}); !slices.Equal(got, want) {
					t.Errorf("Recommend(%v, 3) = %v, want %v in any order", h, got, want)
				}
			}
		})
	}
}

func TestPopularity(t *testing.T) {
	d := dataOf(3, []catalog.Row{0, 1, 2}, []catalog.Row{1})
	if got, want := Popularity(d).New().Recommend(nil, 3), ([]catalog.Row{1, 0, 2}); !slices.Equal(got, want) {
		t.Errorf("Recommend(nil, 3) = %v, want %v", got, want)
	}
	if got, want := Popularity(d).New().Recommend(feature.History{{Row: 1}}, 2), ([]catalog.Row{0, 2}); !slices.Equal(got, want) {
		t.Errorf("Recommend(history 1, 2) = %v, want %v: what was seen is masked", got, want)
	}
}

func TestRandomDependsOnHistoryOnly(t *testing.T) {
	a, b := Random(100, 1).New(), Random(100, 1).New()
	h := feature.History{{Row: 3}}
	b.Recommend(feature.History{{Row: 4}}, 10)
	x, y := slices.Clone(a.Recommend(h, 10)), slices.Clone(b.Recommend(h, 10))
	if !slices.Equal(x, y) {
		t.Errorf("Recommend: %v and %v for one history", x, y)
	}
	if slices.Equal(x, a.Recommend(nil, 10)) {
		t.Error("Recommend: one list for two histories")
	}
}

// With two movies of width 1, y = 1 and 2, both seen with weight 1, α = ½ and
// λ = 0.1: (1 + 4 + ½·(1+4))·w + 0.1·(2 + ½·2)·w = 1 + 2, so w = 3/7.8.
func TestSolve(t *testing.T) {
	y := mat.NewDense(2, 1, []float64{1, 2})
	s := newSolver(IALSOptions{Width: 1, Unobserved: 0.5, Regularization: 0.1})
	got := []float64{0}
	s.solve(got, y, gram(y), []int32{0, 1}, nil)
	if want := 3 / 7.8; got[0] < want-1e-12 || got[0] > want+1e-12 {
		t.Errorf("solve = %g, want %g", got[0], want)
	}
}
