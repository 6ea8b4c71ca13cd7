package baseline

import (
	"slices"
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// rated returns a data set of n items and a user for each of the given ratings of
// each item, in half stars.
func rated(n int, ratings map[int][]uint8) *dataset.Dataset {
	var users [][]dataset.Interaction
	for r := range n {
		for _, stars := range ratings[r] {
			users = append(users, []dataset.Interaction{{Row: catalog.Row(r), Stars: stars}})
		}
	}
	return dataOf(n, users...)
}

func TestPopularity(t *testing.T) {
	got := make([]float32, 3)
	Popularity(dataOf(3, saw(0, 1), saw(1))).Scores(got, nil)
	if want := []float32{1, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("Popularity = %v, want %v", got, want)
	}
}

// Seven ratings with 28 stars: the mean of all is 4.
func TestBayesianMean(t *testing.T) {
	d := rated(4, map[int][]uint8{0: {10}, 1: {9, 10, 9, 10}, 3: {4, 4}})
	for _, test := range []struct {
		prior float64
		want  []float32
	}{
		{0, []float32{5, 4.75, 4, 2}},
		{2, []float32{13.0 / 3, 27.0 / 6, 4, 3}}, // (5+8)/3, (19+8)/6, nothing known, (4+8)/4
	} {
		got := make([]float32, 4)
		BayesianMean(d, BayesianMeanOptions{test.prior}).Scores(got, feature.History{{Row: 1}})
		if !near(got, test.want) {
			t.Errorf("BayesianMean with %g prior ratings = %v, want %v", test.prior, got, test.want)
		}
	}
	// A rating that counts a fifth: μ = (5 + ⅕·2)/1.2 = 4.5; with one prior rating of
	// it item 1 has (0.4 + 4.5)/1.2.
	d = dataOf(2, []dataset.Interaction{{Row: 0, Stars: 10}}, []dataset.Interaction{{Row: 1, Stars: 4, Part: 51}}, saw(1))
	if got, want := BayesianMean(d, BayesianMeanOptions{1}), (Fixed{9.5 / 2, 4.9 / 1.2}); !near(got, want) {
		t.Errorf("BayesianMean of parts = %v, want %v", got, want)
	}
	if got, want := BayesianMean(dataOf(2, saw(1)), BayesianMeanOptions{1}), (Fixed{0, 0}); !near(got, want) {
		t.Errorf("BayesianMean without stars = %v, want %v", got, want)
	}
}

func TestRandomDependsOnSeedAndHistoryOnly(t *testing.T) {
	draw := func(seed Random, h feature.History) []float32 {
		dst := make([]float32, 100)
		seed.Scores(dst, h)
		return dst
	}
	h := feature.History{{Row: 3}}
	x := draw(1, h)
	draw(1, feature.History{{Row: 4}})
	if !slices.Equal(x, draw(1, h)) {
		t.Error("two draws for one history")
	}
	if slices.Equal(x, draw(1, nil)) || slices.Equal(x, draw(2, h)) {
		t.Error("one draw for two histories or two seeds")
	}
}
