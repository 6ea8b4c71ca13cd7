package index

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// four vectors of width 2, one of them without content.
var four = []float32{
	3, 4, // length 5
	0, 0,
	1, 0,
	4, 3, // length 5
}

func TestExact(t *testing.T) {
	for _, tt := range []struct {
		name   string
		metric Metric
		query  []float32
		k      int
		want   []Neighbor
	}{
		{"inner products 3, 1 and 4", InnerProduct, []float32{1, 0}, 5, []Neighbor{{3, 4}, {0, 3}, {2, 1}}},
		{"cosines 0.6, 1 and 0.8", Cosine, []float32{2, 0}, 5, []Neighbor{{2, 1}, {3, 0.8}, {0, 0.6}}},
		{"7 and 7: the lower row first", InnerProduct, []float32{1, 1}, 1, []Neighbor{{0, 7}}},
		{"what points away is found too, after the rest", InnerProduct, []float32{-1, 0}, 5, []Neighbor{{2, -1}, {0, -3}, {3, -4}}},
		{"a query without content", Cosine, []float32{0, 0}, 5, nil},
		{"nothing asked", Cosine, []float32{1, 0}, 0, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := NewExact(NewVectors(four, 2, tt.metric)).Search(tt.query, tt.k)
			if diff := cmp.Diff(tt.want, got.Neighbors); diff != "" {
				t.Errorf("Search(%v, %d): -want +got\n%s", tt.query, tt.k, diff)
			}
			if want := 3 * min(1, len(tt.want)); got.Compared != want || got.Routed != 0 {
				t.Errorf("Search(%v, %d): compared %d, routed %d, want %d and none", tt.query, tt.k, got.Compared, got.Routed, want)
			}
		})
	}
}

// TestExactIsASort compares the exact search with sorting all scores.
func TestExactIsASort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, m, query := drawVectors(t)
		k := rapid.IntRange(0, 50).Draw(t, "k")
		d := len(query)
		zero := func(x []float32) bool { return !slices.ContainsFunc(x, func(a float32) bool { return a != 0 }) }
		var want []Neighbor
		for r := range v.Len() {
			x := m[r*d:][:d]
			if zero(x) || zero(query) {
				continue
			}
			var score float64
			for i, a := range x {
				score += float64(a * query[i])
			}
			if v.metric == Cosine {
				score /= length(x) * length(query)
			}
			want = append(want, Neighbor{catalog.Row(r), float32(score)})
		}
		slices.SortStableFunc(want, func(a, b Neighbor) int {
			switch {
			case a.Score > b.Score+1e-6:
				return -1
			case a.Score < b.Score-1e-6:
				return 1
			}
			return 0
		})
		want = want[:min(k, len(want))]
		got := NewExact(v).Search(query, k).Neighbors
		if len(got) != len(want) {
			t.Fatalf("got %d neighbours, want %d", len(got), len(want))
		}
		for i, n := range got {
			if math.Abs(float64(n.Score-want[i].Score)) > 1e-6 || v.metric == InnerProduct && n.Row != want[i].Row {
				t.Fatalf("neighbour %d is %v, want %v", i, n, want[i])
			}
		}
	})
}

// TestUnitVectorsKeepTheOrder: the wider vectors are unit, and their inner
// products with (q, 0)/|q| are the true ones divided by M·|q|.
func TestUnitVectorsKeepTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, m, query := drawVectors(t)
		d := len(query)
		for _, r := range v.present {
			unit := make([]float32, v.width())
			v.unit(unit, r)
			if l := length(unit); math.Abs(l-1) > 1e-6 {
				t.Fatalf("row %d has length %v as a unit vector", r, l)
			}
			x := m[int(r)*d:][:d]
			scale := v.longest
			if v.metric == Cosine {
				scale = float32(length(x))
			}
			if got, want := vec.DotLanes(query, unit)*scale, vec.DotLanes(query, x); math.Abs(float64(got-want)) > 1e-4 {
				t.Fatalf("row %d: inner product %v, want %v", r, got, want)
			}
		}
	})
}

func TestShapesAreChecked(t *testing.T) {
	v := NewVectors(four, 2, Cosine)
	for name, f := range map[string]func(){
		"vectors":     func() { NewVectors(four, 3, Cosine) },
		"no width":    func() { NewVectors(nil, 0, Cosine) },
		"query":       func() { NewExact(v).Search([]float32{1}, 1) },
		"queries":     func() { Measure(NewExact(v), []float32{1}, 1, NewExact(v).Search) },
		"no tables":   func() { NewSignLSH(v, LSHOptions{Tables: 0, Hashes: 1}) },
		"no hashes":   func() { NewSignLSH(v, LSHOptions{Tables: 1, Hashes: 0}) },
		"many hashes": func() { NewSignLSH(v, LSHOptions{Tables: 1, Hashes: 33}) },
		"no bucket":   func() { NewBucketLSH(v, 0, LSHOptions{Tables: 1, Hashes: 1}) },
		"no cells":    func() { NewIVF(v, IVFOptions{Cells: 0, Sample: 1}) },
		"no sample":   func() { NewIVF(v, IVFOptions{Cells: 1, Sample: 0}) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}

func TestRecall(t *testing.T) {
	exact := []Neighbor{{4, 9}, {1, 5}, {2, 5}}
	for _, tt := range []struct {
		name        string
		approximate []Neighbor
		exact       []Neighbor
		want        float64
	}{
		{"all", exact, exact, 1},
		{"two of three", []Neighbor{{4, 9}, {2, 5}, {8, 3}}, exact, 2. / 3},
		{"a tie with the last is as good", []Neighbor{{4, 9}, {2, 5}, {7, 5}}, exact, 1},
		{"none", nil, exact, 0},
		{"nothing to find", nil, nil, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Recall(tt.approximate, tt.exact); got != tt.want {
				t.Errorf("Recall(%v, %v) = %v, want %v", tt.approximate, tt.exact, got, tt.want)
			}
		})
	}
}

// TestMeasure searches the first two of three queries badly; the third is zero.
func TestMeasure(t *testing.T) {
	exact := NewExact(NewVectors(four, 2, InnerProduct))
	bad := func(q []float32, k int) Result {
		return Result{Neighbors: exact.Search(q, k).Neighbors[:k/2], Compared: 1, Routed: 6}
	}
	got := Measure(exact, []float32{1, 0, 0, 1, 0, 0}, 2, bad)
	if want := (Tradeoff{Recall: 0.5, Compared: 1. / 3, Routed: 2}); got != want {
		t.Errorf("Measure = %+v, want %+v", got, want)
	}
	if got := Measure(exact, []float32{0, 0}, 2, bad); got != (Tradeoff{}) {
		t.Errorf("Measure without queries = %+v, want zeros", got)
	}
}

// BenchmarkSearch reports beside the time of each search its recall, its share
// of compared vectors, and how many times longer the exact search takes in the
// same run.
func BenchmarkSearch(b *testing.B) {
	const d, k = 32, 10
	for _, n := range []int{10_000, 100_000} {
		m := clusters(n+100, d, n/100, 0.5, 1)
		v, queries := NewVectors(m[:n*d], d, Cosine), m[n*d:]
		exact := NewExact(v)
		ivf := NewIVF(v, DefaultIVFOptions(n))
		lsh := NewSignLSH(v, LSHOptions{Tables: 8, Hashes: 12, Seed: 1})
		for _, s := range []struct {
			name   string
			search func(q []float32, k int) Result
		}{
			{"exact", exact.Search},
			{"ivf/probes=4", func(q []float32, k int) Result { return ivf.Search(q, k, 4) }},
			{"lsh/probes=4", func(q []float32, k int) Result { return lsh.Search(q, k, 4) }},
		} {
			b.Run(fmt.Sprintf("%s/N=%d/D=%d", s.name, n, d), func(b *testing.B) {
				i := 0
				for b.Loop() {
					s.search(queries[i%100*d:][:d], k)
					i++
				}
				each := b.Elapsed() / time.Duration(b.N)
				begin := time.Now()
				for i := range 50 {
					exact.Search(queries[i*d:][:d], k)
				}
				b.ReportMetric(float64(time.Since(begin)/50)/float64(each), "exact/this")
				t := Measure(exact, queries, k, s.search)
				b.ReportMetric(t.Recall, "recall@10")
				b.ReportMetric(t.Compared, "compared/N")
			})
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	const n, d = 100_000, 32
	v := NewVectors(clusters(n, d, n/100, 0.5, 1), d, Cosine)
	b.Run(fmt.Sprintf("ivf/N=%d/D=%d", n, d), func(b *testing.B) {
		for b.Loop() {
			NewIVF(v, DefaultIVFOptions(n))
		}
	})
	b.Run(fmt.Sprintf("lsh/T=8/K=12/N=%d/D=%d", n, d), func(b *testing.B) {
		for b.Loop() {
			NewSignLSH(v, LSHOptions{Tables: 8, Hashes: 12, Seed: 1})
		}
	})
}
