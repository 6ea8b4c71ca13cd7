package rerank

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// chance returns numbers of a generator, one a question.
func chance(seed uint64) func(uint64) float64 {
	r := rand.New(rand.NewPCG(seed, 1))
	return func(uint64) float64 { return r.Float64() }
}

// TestExploreFollowsThePlackettLuceModel draws 100,000 lists of three of four
// items and compares how often each of the 24 came with what the model says.
// Scores 4 3 2 1 have the standard deviation √1.25, so that at temperature 2 a
// item's strength is exp(score/(2·√1.25)).
func TestExploreFollowsThePlackettLuceModel(t *testing.T) {
	items, vectors := camps(0, 2, 1, 3)
	strength := map[catalog.Row]float64{}
	for _, it := range items {
		strength[it.Row] = math.Exp(float64(it.Score) / (2 * math.Sqrt(1.25)))
	}
	model := func(list [3]catalog.Row) float64 {
		left, p := 0.0, 1.0
		for _, s := range strength {
			left += s
		}
		for _, r := range list {
			p *= strength[r] / left
			left -= strength[r]
		}
		return p
	}
	const lists = 100_000
	counts := map[[3]catalog.Row]int{}
	uniform := chance(1)
	for range lists {
		drawn := Explore(items, vectors, 0, 2, 3, uniform)
		var list [3]catalog.Row
		p := 1.0
		for i, d := range drawn {
			list[i] = d.Row
			p *= float64(d.Propensity)
		}
		counts[list]++
		if want := model(list); math.Abs(p-want) > 1e-6 {
			t.Fatalf("Explore: %v with propensities of product %v, want %v", list, p, want)
		}
	}
	x := 0.0
	for list, n := range counts {
		want := lists * model(list)
		x += (float64(n) - want) * (float64(n) - want) / want
	}
	if len(counts) != 24 || x > 49.73 { // χ² of 23 degrees of freedom at p = 0.001
		t.Errorf("Explore: %d different lists, χ² %.1f: %v", len(counts), x, counts)
	}
}

// TestPropensitiesAreFrequencies: with variety too, among the lists that begin
// alike, an item comes next as often as its propensity says.
func TestPropensitiesAreFrequencies(t *testing.T) {
	items, vectors := camps(0, 2, 4, 1, 3)
	type next struct {
		first, second catalog.Row
	}
	const lists = 60_000
	firsts, seconds := map[catalog.Row]int{}, map[next]int{}
	said, conditional := map[catalog.Row]float64{}, map[next]float64{}
	uniform := chance(2)
	for range lists {
		drawn := Explore(items, vectors, 0.8, 1, 2, uniform)
		n := next{drawn[0].Row, drawn[1].Row}
		firsts[n.first]++
		seconds[n]++
		said[n.first], conditional[n] = float64(drawn[0].Propensity), float64(drawn[1].Propensity)
	}
	near := func(what string, got, n int, p float64) {
		if deviation := math.Sqrt(float64(n) * p * (1 - p)); math.Abs(float64(got)-float64(n)*p) > 4*deviation {
			t.Errorf("%s: %d of %d, and the propensity is %v", what, got, n, p)
		}
	}
	for r, n := range firsts {
		near("first", n, lists, said[r])
	}
	for pair, n := range seconds {
		near("second", n, firsts[pair.first], conditional[pair])
	}
	if len(seconds) != 20 {
		t.Errorf("%d of 20 pairs were drawn", len(seconds))
	}
}

func TestExploreAtNoTemperature(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.Permutation([]catalog.Row{0, 1, 2, 3, 4, 5, 6, 7}).Draw(t, "rows")
		items, vectors := camps(rows...)
		k := rapid.IntRange(0, 9).Draw(t, "k")
		variety := rapid.Float32Range(0, 0.4).Draw(t, "variety")
		drawn := Explore(items, vectors, variety, 1e-30, k, chance(rapid.Uint64().Draw(t, "seed")))
		var got []feature.Candidate
		for _, d := range drawn {
			d.Propensity = 0
			got = append(got, d)
		}
		// Diversify gives ties to the earlier item, Explore draws: compare what each place was worth.
		if want := Diversify(items, vectors, variety, k); !slices.Equal(got, want) && !tied(items, vectors, variety, got) {
			t.Fatalf("Explore at temperature 0, variety %v: %v, want %v", variety, got, want)
		}
	})
}

// tied reports whether every item of list was worth as much as any other when it
// was chosen.
func tied(items []feature.Candidate, vectors []float32, variety float32, list []feature.Candidate) bool {
	c := newChoice(items, vectors, variety, nil)
	for _, it := range list {
		best, at := c.best(len(items)), slices.Index(items, it)
		if c.options[at].value < c.options[best].value {
			return false
		}
		c.take(at)
	}
	return true
}

func TestExploreDrawsFromTheBest(t *testing.T) {
	rows := make([]catalog.Row, 3*depth)
	for i := range rows {
		rows[i] = catalog.Row(i)
	}
	items, vectors := camps(rows...)
	seen := make([]bool, len(rows))
	for seed := range uint64(50) {
		for _, d := range Explore(items, vectors, 0, 1000, depth/2, chance(seed)) { // hot: all of the best are as good
			seen[d.Row] = true
		}
	}
	if got := slices.Index(seen, false); got != depth {
		t.Errorf("Explore: movie %d never came, want all of the best %d and none below", got, depth)
	}
	if got := slices.Index(seen[depth:], true); got >= 0 {
		t.Errorf("Explore drew movie %d", depth+got)
	}
	if got := len(Explore(items, vectors, 0, 1, 2*depth, chance(1))); got != 2*depth {
		t.Errorf("Explore: %d movies, want %d", got, 2*depth)
	}
	if got := Explore(nil, nil, 0, 1, 5, chance(1)); len(got) != 0 {
		t.Errorf("Explore of nothing: %v", got)
	}
	equal := []feature.Candidate{{Row: 1, Score: 2}, {Row: 2, Score: 2}}
	if got := Explore(equal, make([]float32, 2), 0, 0.1, 2, chance(1)); got[0].Propensity != 0.5 || got[1].Propensity != 1 {
		t.Errorf("Explore of equals: %v, want propensities ½ and 1", got)
	}
}

func BenchmarkExplore(b *testing.B) {
	const n, width = 300, 52
	items := make([]feature.Candidate, n)
	vectors := make([]float32, n*width)
	for i := range items {
		items[i] = feature.Candidate{Row: catalog.Row(i), Score: float32(n - i)}
		vectors[i*width+i%width] = 1
	}
	uniform := chance(1)
	for b.Loop() {
		Explore(items, vectors, 0.5, 0.2, 40, uniform)
	}
}
