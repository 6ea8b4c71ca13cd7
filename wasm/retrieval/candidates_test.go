package retrieval_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// parity returns a model of n items whose even items are alike and whose odd
// items are alike, whatever follows 0 being the odd item 1, and statistics in
// which the last item is by far the most popular.
func parity(n int) (*retrieval.Model, *retrieval.Lists, *feature.Statistics) {
	vectors := make([][]int8, n)
	l := &retrieval.Lists{Start: []uint32{0}, Scale: make([]float32, n)}
	s := &feature.Statistics{Count: make([]uint32, n), Mean: make([]float32, n), Trend: make([]float32, n)}
	for r := range n {
		vectors[r] = []int8{100, 0}
		if r%2 == 1 {
			vectors[r] = []int8{0, 100}
		}
		if r == 0 {
			l.Items, l.Weights, l.Scale[0] = []catalog.Row{1}, []uint8{255}, 0.001
		}
		l.Start = append(l.Start, uint32(len(l.Items)))
		s.Count[r], s.Mean[r], s.Trend[r] = 10, 3, 1
	}
	s.Trend[n-1] = 1000
	return model(vectors, vectors, make([]float32, n)), l, s
}

func rows(c []feature.Candidate) []catalog.Row {
	var out []catalog.Row
	for _, x := range c {
		out = append(out, x.Row)
	}
	return out
}

func TestCandidatesOfPlantedStructure(t *testing.T) {
	p, l, s := parity(40) // item 39 is odd and popular
	got := retrieval.New(p, l, s).Candidates(nil, events(2, 0), nil, 20)
	// 18 even items remain; 1 follows item 0; 39 is the popular one (a quota of 20·0.05 = 1).
	want := []catalog.Row{4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 1, 39}
	if !slices.Equal(rows(got), want) {
		t.Fatalf("Candidates = %v, want %v", rows(got), want)
	}
	for _, c := range got {
		want := feature.FromTaste
		switch c.Row {
		case 1: // also the 19th of the pooling model, ties by row
			want = feature.FromTransition | feature.FromTaste
		case 39:
			want = feature.FromPopular
		}
		if c.Sources != want {
			t.Errorf("Candidates: movie %d came from sources %b, want %b", c.Row, c.Sources, want)
		}
	}
}

func TestCandidatesWithoutHistory(t *testing.T) {
	p, l, s := parity(40)
	got := retrieval.New(p, l, s).Candidates(nil, nil, nil, 5)
	if want := []catalog.Row{0, 1, 2, 3, 39}; !slices.Equal(rows(got), want) {
		t.Errorf("Candidates = %v, want the popular %v", rows(got), want)
	}
}

// TestMixed plants a user of even items, 0 being followed by 1 and 39 being
// popular, and asks for 20 candidates of different mixes; 5 and 7 are trending.
func TestMixed(t *testing.T) {
	p, l, s := parity(40)
	for _, c := range []struct {
		name     string
		history  feature.History
		mix      retrieval.Mix
		trending []catalog.Row
		want     map[catalog.Row]string // of those that are not the pooling model's alone
		pool     int                    // candidates that only the pooling model found
	}{
		{"the pooling model alone", events(2, 0), retrieval.Mix{}, []catalog.Row{5}, nil, 20}, // the quota of trends is 0
		{"one popular", events(2, 0), retrieval.Mix{Popular: 0.05}, nil, map[catalog.Row]string{39: "popular"}, 19},
		{"two popular", events(2, 0), retrieval.Mix{Popular: 0.1}, nil, map[catalog.Row]string{39: "popular", 1: "taste+popular"}, 18},
		{"one trend of two", events(2, 0), retrieval.Mix{Trending: 0.05}, []catalog.Row{7, 5}, map[catalog.Row]string{7: "trending"}, 19},
		{"two trends, one seen already", events(2, 0), retrieval.Mix{Trending: 0.1}, []catalog.Row{2, 7, 5}, map[catalog.Row]string{7: "trending", 5: "trending"}, 18},
		{"all sources name one movie", events(2, 0), retrieval.Mix{Transition: 0.5, Popular: 0.1, Trending: 0.1}, []catalog.Row{1}, map[catalog.Row]string{39: "popular", 1: "taste+transition+popular+trending"}, 18},
		{"a newcomer gets trends and what is popular", nil, retrieval.Mix{Trending: 0.1}, []catalog.Row{30, 31},
			map[catalog.Row]string{30: "trending", 31: "trending", 39: "popular", 16: "taste+popular"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := retrieval.New(p, l, s).Mixed(nil, c.history, nil, 20, c.mix, c.trending)
			if len(got) != 20 {
				t.Fatalf("Mixed: %d candidates, want 20", len(got))
			}
			pool, sources := 0, map[catalog.Row]string{}
			for _, x := range got {
				sources[x.Row] = x.Sources.String()
				if x.Sources.String() == "taste" {
					pool++
				}
			}
			for row, want := range c.want {
				if sources[row] != want {
					t.Errorf("Mixed: movie %d comes from %q, want %q", row, sources[row], want)
				}
			}
			if pool != c.pool {
				t.Errorf("Mixed: %d of the pooling model alone, want %d: %v", pool, c.pool, sources)
			}
		})
	}
}

// TestCandidatesAlways states what holds whatever the history.
func TestCandidatesAlways(t *testing.T) {
	const n = 40
	p, l, s := parity(n)
	r := retrieval.New(p, l, s)
	rapid.Check(t, func(t *rapid.T) {
		var h feature.History
		skip := make([]bool, n)
		for _, row := range rapid.SliceOfNDistinct(rapid.Int32Range(0, n-1), 0, n, rapid.ID[int32]).Draw(t, "history") {
			h = append(h, feature.Event{Row: catalog.Row(row), Stars: 4})
		}
		left := n
		for i := range skip {
			skip[i] = rapid.Bool().Draw(t, "skip")
			if skip[i] || slices.ContainsFunc(h, func(e feature.Event) bool { return e.Row == catalog.Row(i) }) {
				left--
			}
		}
		k := rapid.IntRange(0, n).Draw(t, "k")
		got := r.Candidates(nil, h, skip, k)
		if len(got) != min(k, left) {
			t.Fatalf("Candidates: %d of %d possible ones for k = %d", len(got), left, k)
		}
		scores := slices.Clone(r.Scores(h))
		for i, c := range got {
			if skip[c.Row] || slices.ContainsFunc(h, func(e feature.Event) bool { return e.Row == c.Row }) {
				t.Fatalf("Candidates: movie %d is excluded", c.Row)
			}
			if c.Sources == 0 || c.Score != scores[c.Row] {
				t.Fatalf("Candidates: %+v has no source or not the model's score %g", c, scores[c.Row])
			}
			if i > 0 && (got[i-1].Score < c.Score || got[i-1].Score == c.Score && got[i-1].Row >= c.Row) {
				t.Fatalf("Candidates: %+v stands before %+v", got[i-1], c)
			}
		}
	})
}
