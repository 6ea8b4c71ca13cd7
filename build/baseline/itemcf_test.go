package baseline

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

func trainItemCF(t *testing.T, d *dataset.Dataset, opt ItemCFOptions) *ItemCF {
	t.Helper()
	m, err := TrainItemCF(context.Background(), d, opt, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Users saw {0,1}, {0,1,2}, {2} and {0}, no one item 3: c_00 = 3, c_11 = c_22 = 2,
// c_01 = 2, c_02 = c_12 = 1.
func TestItemCF(t *testing.T) {
	d := dataOf(4, saw(0, 1), saw(0, 1, 2), saw(2), saw(0))
	square := func(x float64) float64 { return x * x }
	two, three, one := square(math.Log(4.0/2)), square(math.Log(4.0/3)), square(math.Log(4)) // f² of who saw so many of 4
	for _, test := range []struct {
		name    string
		opt     ItemCFOptions
		rows    []catalog.Row // neighbours of item 0
		weights []float64
	}{
		{"cosine", ItemCFOptions{Neighbours: 9}, []catalog.Row{1, 2}, []float64{2 / math.Sqrt(6), 1 / math.Sqrt(6)}},
		{"shrunken", ItemCFOptions{Neighbours: 9, Shrinkage: 1}, []catalog.Row{1, 2}, []float64{2 / math.Sqrt(6) * 2 / 3, 1 / math.Sqrt(6) / 2}},
		{"the first only", ItemCFOptions{Neighbours: 1}, []catalog.Row{1}, []float64{2 / math.Sqrt(6)}},
		{"inverse user frequency", ItemCFOptions{Neighbours: 9, IUF: true}, []catalog.Row{1, 2}, []float64{
			(two + three) / math.Sqrt((two+three+one)*(two+three)), three / math.Sqrt((two+three+one)*(three+one))}},
	} {
		rows, weights := trainItemCF(t, d, test.opt).Of(0)
		var got, want []float32
		for i := range weights {
			got, want = append(got, weights[i]), append(want, float32(test.weights[i]))
		}
		if !slices.Equal(rows, test.rows) || !near(got, want) {
			t.Errorf("%s: neighbours of 0 are %v with %v, want %v with %v", test.name, rows, weights, test.rows, test.weights)
		}
	}
	m := trainItemCF(t, d, ItemCFOptions{Neighbours: 9, Decay: 0.5})
	got := make([]float32, 4)
	m.Scores(got, feature.History{{Row: 0}, {Row: 3}, {Row: 1}}) // 0 is two events old
	if want := []float32{float32(2 / math.Sqrt(6)), float32(0.25 * 2 / math.Sqrt(6)), float32(0.25/math.Sqrt(6) + 0.5), 0}; !near(got, want) {
		t.Errorf("Scores = %v, want %v", got, want)
	}
}

// TestItemCFKeepsTheBest compares short lists, and lists of all, on a catalog in which
// items have many more neighbours than are kept.
func TestItemCFKeepsTheBest(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 5, Users: 200, Items: 150, Interactions: 4000, Groups: 3})
	all, some := trainItemCF(t, d, ItemCFOptions{Neighbours: 150}), trainItemCF(t, d, ItemCFOptions{Neighbours: 3})
	for r := range catalog.Row(150) {
		rows, weights := all.Of(r)
		if slices.Contains(rows, r) || !slices.IsSortedFunc(weights, func(a, b float32) int { return cmp.Compare(b, a) }) {
			t.Errorf("neighbours of %d are %v with %v", r, rows, weights)
		}
		for i, j := range rows {
			back, same := all.Of(j)
			if k := slices.Index(back, r); k < 0 || !near(same[k:k+1], weights[i:i+1]) {
				t.Errorf("%d is a neighbour of %d with %g, which is none of it, or another", j, r, weights[i])
			}
		}
		if got, _ := some.Of(r); !slices.Equal(got, rows[:min(3, len(rows))]) {
			t.Errorf("the first three neighbours of %d are %v, of all %v", r, got, rows)
		}
	}
}

// TestItemCFBelievesMany has item 0, which ten people saw: item 2 nine of them, and
// 972 others; item 1 one of them and no one else. The latter's cosine is the
// larger, and one person's chance.
func TestItemCFBelievesMany(t *testing.T) {
	users := [][]dataset.Interaction{saw(0, 1)}
	for range 9 {
		users = append(users, saw(0, 2))
	}
	for range 972 {
		users = append(users, saw(2))
	}
	d := dataOf(3, users...) // cosines 1/√(10·1) = 0.32 and 9/√(10·981) = 0.09
	for _, test := range []struct {
		shrinkage float64
		want      []catalog.Row
	}{{0, []catalog.Row{1, 2}}, {20, []catalog.Row{2, 1}}} { // 0.015 and 0.028
		if rows, _ := trainItemCF(t, d, ItemCFOptions{Neighbours: 9, Shrinkage: test.shrinkage}).Of(0); !slices.Equal(rows, test.want) {
			t.Errorf("with a shrinkage of %g the neighbours of 0 are %v, want %v", test.shrinkage, rows, test.want)
		}
	}
}

// TestItemCFWeighsParts has a click that counts a fifth beside a view that counts 1.
func TestItemCFWeighsParts(t *testing.T) {
	d := dataOf(3, []dataset.Interaction{{Row: 0}, {Row: 1, Part: 51}, {Row: 2}})
	rows, weights := trainItemCF(t, d, ItemCFOptions{Neighbours: 9, Shrinkage: 1}).Of(0)
	// Both cosines are 1 of one user; n_01 = ⅕ and n_02 = 1.
	if !slices.Equal(rows, []catalog.Row{2, 1}) || !near(weights, []float32{0.5, 0.2 / 1.2}) {
		t.Errorf("neighbours of 0 are %v with %v, want 2 with ½ and 1 with ⅙", rows, weights)
	}
}

func TestItemCFRefuses(t *testing.T) {
	d := checkerboard()
	for _, opt := range []ItemCFOptions{{}, {Neighbours: 1, Shrinkage: -1}} {
		if _, err := TrainItemCF(context.Background(), d, opt, nil); err == nil {
			t.Errorf("TrainItemCF accepts %+v", opt)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := TrainItemCF(ctx, d, DefaultItemCFOptions(d), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("TrainItemCF, canceled: %v", err)
	}
}
