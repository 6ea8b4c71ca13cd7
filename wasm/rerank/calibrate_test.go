package rerank

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// divergence is KL(wanted, list) as its formula says, of a list of items of these
// classes.
func divergence(wanted []float32, list [][]uint8) (sum float64) {
	q := make([]float64, len(wanted))
	for _, of := range list {
		for _, c := range of {
			q[c] += 1 / float64(len(of)) / float64(len(list))
		}
	}
	for c, p := range wanted {
		if p := float64(p); p > 0 {
			sum += p * math.Log(p/(0.99*q[c]+0.01*p))
		}
	}
	return sum
}

// TestWorthIsWhatTheDivergenceLoses compares what an item is worth at each place of
// a drawn list with the formula.
func TestWorthIsWhatTheDivergenceLoses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes := rapid.IntRange(1, 9).Draw(t, "classes")
		wanted := make([]float32, classes)
		var sum float32
		for i := range wanted {
			wanted[i] = float32(rapid.IntRange(0, 4).Draw(t, "wanted"))
			sum += wanted[i]
		}
		for i := range wanted {
			wanted[i] /= max(sum, 1)
		}
		of := make([][]uint8, rapid.IntRange(1, 12).Draw(t, "items"))
		for i := range of {
			for c := range classes {
				if rapid.Bool().Draw(t, "has") && len(of[i]) < mostClasses {
					of[i] = append(of[i], uint8(c))
				}
			}
		}
		c := newCalibration(Target{Wanted: wanted, Of: of, Weight: 3})
		var list [][]uint8
		for i := range of {
			none := divergence(wanted, append(slices.Clone(list), nil))
			list = append(list, of[i])
			want := 3 * (none - divergence(wanted, list))
			if got := float64(c.worth(i)); math.Abs(got-want) > 1e-4 {
				t.Fatalf("item %d, of classes %v after %v, is worth %v, want %v", i, of[i], list[:i], got, want)
			}
			c.take(i)
		}
	})
}

// TestDiversifyTowardsATarget: nine items of one class lead by a little, and the
// three of the other come where a third of the list is to be theirs; without a
// weight the order is the ranker's.
func TestDiversifyTowardsATarget(t *testing.T) {
	var items []feature.Candidate
	var of [][]uint8
	for i := range 12 {
		class := uint8(0)
		if i >= 9 {
			class = 1
		}
		items = append(items, feature.Candidate{Row: catalog.Row(i), Score: float32(-i)})
		of = append(of, []uint8{class})
	}
	for _, tt := range []struct {
		weight float32
		want   []catalog.Row
	}{
		{0, []catalog.Row{0, 1, 2, 3, 4, 5}},
		{99, []catalog.Row{0, 9, 1, 2, 10, 3}},
	} {
		got := rowsOf(Diversify(items, nil, 0, 6, Target{Wanted: []float32{2. / 3, 1. / 3}, Of: of, Weight: tt.weight}))
		if !slices.Equal(got, tt.want) {
			t.Errorf("weight %v: %v, want %v", tt.weight, got, tt.want)
		}
	}
}
