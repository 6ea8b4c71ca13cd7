package baseline

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/mat"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// scorer is what all models of the package are.
type scorer interface {
	Scores(dst []float32, h feature.History)
}

// best returns the k items of n with the highest score for h outside h, ties by row.
func best(m scorer, n, k int, h feature.History) []catalog.Row {
	scores := make([]float32, n)
	m.Scores(scores, h)
	var rows []catalog.Row
	for r := range catalog.Row(n) {
		if !slices.ContainsFunc(h, func(e feature.Event) bool { return e.Row == r }) {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b catalog.Row) int { return cmp.Compare(scores[b], scores[a]) })
	return rows[:k]
}

// dataOf returns a data set of n items in which user u did users[u].
func dataOf(n int, users ...[]dataset.Interaction) *dataset.Dataset {
	d := &dataset.Dataset{Catalog: &catalog.Catalog{IDs: make([]catalog.ID, n)}}
	return d.Join(make([]string, len(users)), users)
}

// saw is a user who saw these items, a second apart, and gave no stars.
func saw(rows ...catalog.Row) []dataset.Interaction {
	var events []dataset.Interaction
	for i, r := range rows {
		events = append(events, dataset.Interaction{Row: r, At: uint32(i)})
	}
	return events
}

// checkerboard returns 40 users and 12 items, of which the last two never occur:
// even users saw even items, odd users odd ones, each all of their but one in turn.
func checkerboard() *dataset.Dataset {
	var users [][]dataset.Interaction
	for u := range 40 {
		var rows []catalog.Row
		for i := range 5 {
			if i != u/2%5 {
				rows = append(rows, catalog.Row(2*i+u%2))
			}
		}
		users = append(users, saw(rows...))
	}
	return dataOf(12, users...)
}

// trained are the models that are personal, trained on d with settings for small data.
func trained(t *testing.T, d *dataset.Dataset) map[string]scorer {
	t.Helper()
	ctx := context.Background()
	ials, err := TrainIALS(ctx, d, IALSOptions{Width: 4, Unobserved: 0.1, Regularization: 0.003, Passes: 8, Decay: 0.9, Seed: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	ease, err := TrainEASE(ctx, d, EASEOptions{Regularization: 1, Decay: 0.9, MinCount: 1, Largest: 100}, nil)
	if err != nil {
		t.Fatal(err)
	}
	itemCF, err := TrainItemCF(ctx, d, ItemCFOptions{Neighbours: 5, Shrinkage: 1, Decay: 0.9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	iuf, err := TrainItemCF(ctx, d, ItemCFOptions{Neighbours: 5, Shrinkage: 1, IUF: true, Decay: 0.9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]scorer{"iALS": ials, "EASE": ease, "item CF": itemCF, "item CF with IUF": iuf}
}

func TestWhoeverSawEvenGetsEven(t *testing.T) {
	for name, m := range trained(t, checkerboard()) {
		for _, parity := range []catalog.Row{0, 1} {
			h := feature.History{{Row: parity}, {Row: 2 + parity}}
			got := best(m, 12, 3, h)
			slices.Sort(got)
			if want := []catalog.Row{4 + parity, 6 + parity, 8 + parity}; !slices.Equal(got, want) {
				t.Errorf("%s: the best three for %v are %v, want %v in any order", name, h, got, want)
			}
		}
	}
}

// TestOneAndTwoProcessorsAgree trains and asks twice: same data, same scores.
func TestOneAndTwoProcessorsAgree(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 5, Users: 200, Items: 150, Interactions: 4000, Groups: 3})
	run := func(processors int) map[string][]float32 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		scores := make(map[string][]float32)
		for name, m := range trained(t, d) {
			scores[name] = make([]float32, 150)
			m.Scores(scores[name], feature.History{{Row: 3}, {Row: 70}})
		}
		return scores
	}
	if diff := gocmp.Diff(run(1), run(2)); diff != "" {
		t.Errorf("scores on one (-) and two (+) processors:\n%s", diff)
	}
}

func TestVectorsOfIALS(t *testing.T) {
	d := checkerboard()
	opt := DefaultIALSOptions(d)
	opt.Width = 3
	m, err := TrainIALS(context.Background(), d, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Vectors) != 12*3 {
		t.Fatalf("%d numbers, want 12 movies of 3", len(m.Vectors))
	}
	length := func(r int) (sum float32) {
		for _, x := range m.Vectors[3*r : 3*r+3] {
			sum += x * x
		}
		return sum
	}
	for r := range 12 {
		if got := length(r) > 0; got != (r < 10) {
			t.Errorf("movie %d: vector %v", r, m.Vectors[3*r:3*r+3])
		}
	}
}

// With two items of width 1, y = 1 and 2, both seen with weight 1, α = ½ and
// λ = 0.1: (1 + 4 + ½·(1+4))·w + 0.1·(2 + ½·2)·w = 1 + 2, so w = 3/7.8.
func TestSolve(t *testing.T) {
	y := mat.NewDense(2, 1, []float64{1, 2})
	s := newSolver(IALSOptions{Width: 1, Unobserved: 0.5, Regularization: 0.1})
	got := []float64{0}
	s.solve(got, y, gram(y), []int32{0, 1}, []float64{1, 1})
	if want := 3 / 7.8; math.Abs(got[0]-want) > 1e-12 {
		t.Errorf("solve = %g, want %g", got[0], want)
	}
}

// The latter with a weight of 3, as a heavy listener has: (1 + 3·4 + ½·(1+4))·w +
// 0.1·(4 + ½·2)·w = 1 + 3·2, so w = 7/16; and what training takes are the weights.
func TestIALSWeighs(t *testing.T) {
	y := mat.NewDense(2, 1, []float64{1, 2})
	opt := IALSOptions{Width: 1, Unobserved: 0.5, Regularization: 0.1, Passes: 1, Seed: 1}
	x := mat.NewDense(1, 1, nil)
	solveAll(x, y, []others{{[]int32{0, 1}, []float64{1, 3}}}, opt)
	if got, want := x.At(0, 0), 7./16; math.Abs(got-want) > 1e-12 {
		t.Errorf("solve = %g, want %g", got, want)
	}
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 9, Items: 12, Interactions: 60, Groups: 3})
	plain, err := TrainIALS(context.Background(), d, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.Interactions[0].Confidence = 3 * 4096
	weighed, err := TrainIALS(context.Background(), d, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Equal(plain.Vectors, weighed.Vectors) {
		t.Error("a weight changes nothing")
	}
}

// The same items, the former an event older and counting half: with c = ½ and 1,
// (½ + 4 + ½·(1+4))·w + 0.1·(1½ + ½·2)·w = ½ + 2, so w = 2.5/7.25.
func TestIALSFoldsIn(t *testing.T) {
	y := mat.NewDense(2, 1, []float64{1, 2})
	m := &IALS{opt: IALSOptions{Width: 1, Unobserved: 0.5, Regularization: 0.1, Decay: 0.5}, v: y, gram: gram(y)}
	got := make([]float32, 2)
	m.Scores(got, feature.History{{Row: 0}, {Row: 1}})
	if want := []float32{2.5 / 7.25, 5 / 7.25}; !near(got, want) {
		t.Errorf("Scores = %v, want %v", got, want)
	}
	if m.Scores(got, nil); !near(got, []float32{0, 0}) {
		t.Errorf("Scores without a history = %v, want zeros", got)
	}
}

// With users {0,1} and {0} and λ = 1, XᵀX + λI = (3 1; 1 2), whose inverse is
// (2 -1; -1 3)/5: B(0,1) = ⅕/(3/5) = ⅓ and B(1,0) = ⅕/(2/5) = ½. Item 2 no one saw.
func TestEASE(t *testing.T) {
	d := dataOf(3, saw(0, 1), saw(0))
	m, err := TrainEASE(context.Background(), d, EASEOptions{Regularization: 1, Decay: 0.5, MinCount: 1, Largest: 9}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := make([]float32, 3)
	m.Scores(got, feature.History{{Row: 0}, {Row: 2}, {Row: 1}}) // 0 is two events old
	if want := []float32{0.5, 0.25 / 3, -1e30}; !near(got, want) {
		t.Errorf("Scores = %v, want %v", got, want)
	}
	if _, err := TrainEASE(context.Background(), d, EASEOptions{Regularization: 1, MinCount: 3, Largest: 9}, nil); err == nil {
		t.Error("TrainEASE finds no movie with three interactions and says nothing")
	}
}

// With the same users the second of whom gave three stars, which are liked by 3/5, G is
// (1 + 9/25 1; 1 1), and with a p of ½ and λ = 1 what is inverted is (93/25 1; 1 3):
// B(0, 1) = 25/93 and B(1, 0) = 1/3.
func TestEASEOfWhatIsLiked(t *testing.T) {
	second := saw(0)
	second[0].Stars = 6
	d := dataOf(2, saw(0, 1), second)
	m, err := TrainEASE(context.Background(), d, EASEOptions{Regularization: 1, MinCount: 1, Largest: 9, Dropout: 0.5, Liked: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// Of [a b; b c] the inverse is [c -b; -b a]/det: B(0, 1) = b/a, B(1, 0) = b/c.
	if weights := m.weights[:2]; !near(weights, []float32{0, 25. / 93}) {
		t.Errorf("B(0, ·) = %v, want 25/93 for item 1", weights)
	}
	if weights := m.weights[2:]; !near(weights, []float32{1. / 3, 0}) {
		t.Errorf("B(1, ·) = %v, want 1/3 for item 0", weights)
	}
}

// near reports whether a and b are equal but for rounding.
func near(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Abs(float64(x-y)) <= 1e-6*math.Max(1, math.Abs(float64(y))) })
}
