package index

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
)

// clusters returns n vectors [n×d] in the given number of groups of equal size:
// vector i is the middle of group i mod groups, of length about 1, plus normal noise
// of that length.
func clusters(n, d, groups int, noise float64, seed uint64) []float32 {
	r := rand.New(rand.NewPCG(seed, 7))
	middles := make([]float64, groups*d)
	for i := range middles {
		middles[i] = r.NormFloat64() / math.Sqrt(float64(d))
	}
	m := make([]float32, n*d)
	for i := range m {
		m[i] = float32(middles[(i/d%groups)*d+i%d] + noise*r.NormFloat64()/math.Sqrt(float64(d)))
	}
	return m
}

// drawVectors draws up to 40 vectors of small whole numbers, so that ties and
// zeros are common, and a query.
func drawVectors(t *rapid.T) (v *Vectors, m, query []float32) {
	d := rapid.IntRange(1, 6).Draw(t, "d")
	n := rapid.IntRange(0, 40).Draw(t, "n")
	whole := rapid.Custom(func(t *rapid.T) float32 { return float32(rapid.IntRange(-2, 2).Draw(t, "x")) })
	m = rapid.SliceOfN(whole, n*d, n*d).Draw(t, "vectors")
	query = rapid.SliceOfN(whole, d, d).Draw(t, "query")
	return NewVectors(m, d, Metric(rapid.IntRange(0, 1).Draw(t, "metric"))), m, query
}

func drawLSH(t *rapid.T, v *Vectors) *LSH {
	opt := LSHOptions{
		Tables: rapid.IntRange(1, 4).Draw(t, "tables"),
		Hashes: rapid.IntRange(1, 5).Draw(t, "hashes"),
		Seed:   rapid.Uint64().Draw(t, "seed"),
	}
	if rapid.Bool().Draw(t, "signs") {
		return NewSignLSH(v, opt)
	}
	return NewBucketLSH(v, rapid.SampledFrom([]float32{0.1, 1, 100}).Draw(t, "width"), opt)
}

func drawIVF(t *rapid.T, v *Vectors) *IVF {
	return NewIVF(v, IVFOptions{
		Cells:      rapid.IntRange(1, 50).Draw(t, "cells"),
		Iterations: rapid.IntRange(0, 5).Draw(t, "iterations"),
		Sample:     rapid.IntRange(1, 3).Draw(t, "sample"),
		Seed:       rapid.Uint64().Draw(t, "seed"),
	})
}

// TestMoreProbesFindMore says what holds for any vectors: what an index returns
// are different rows with the scores and in the order of the exact search,
// and more probes compare no less and recall no less.
func TestMoreProbesFindMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, _, query := drawVectors(t)
		k := rapid.IntRange(0, 10).Draw(t, "k")
		search := drawIVF(t, v).Search
		if rapid.Bool().Draw(t, "lsh") {
			search = drawLSH(t, v).Search
		}
		all := NewExact(v).Search(query, v.Len()+1).Neighbors
		exact := NewExact(v).Search(query, k).Neighbors
		var before Result
		for probes := range 12 {
			got := search(query, k, probes)
			if got.Compared < before.Compared || Recall(got.Neighbors, exact) < Recall(before.Neighbors, exact) {
				t.Fatalf("%d probes: %v, worse than %v", probes, got, before)
			}
			if len(got.Neighbors) != min(k, got.Compared) {
				t.Fatalf("%d probes: %d neighbours of %d compared, want k = %d if there are", probes, len(got.Neighbors), got.Compared, k)
			}
			last := -1
			for _, n := range got.Neighbors {
				at := slices.Index(all, n)
				if at <= last {
					t.Fatalf("%d probes: %v are not in the order of %v", probes, got.Neighbors, all)
				}
				last = at
			}
			before = got
		}
	})
}

// TestAllProbesAreExact: a search that looks everywhere misses nothing. Signs have 2^K
// buckets a table. Buckets of width 100 hold all projections of unit vectors in
// at most two, side by side, so 3^K probes are enough.
func TestAllProbesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, _, query := drawVectors(t)
		k := rapid.IntRange(1, 10).Draw(t, "k")
		opt := LSHOptions{Tables: rapid.IntRange(1, 3).Draw(t, "tables"), Hashes: rapid.IntRange(1, 4).Draw(t, "hashes"), Seed: rapid.Uint64().Draw(t, "seed")}
		want := NewExact(v).Search(query, k)
		ivf := drawIVF(t, v)
		for name, got := range map[string]Result{
			"sign LSH":   NewSignLSH(v, opt).Search(query, k, 1<<opt.Hashes),
			"bucket LSH": NewBucketLSH(v, 100, opt).Search(query, k, 81),
			"IVF":        ivf.Search(query, k, max(1, ivf.Cells())),
		} {
			if !slices.Equal(got.Neighbors, want.Neighbors) || got.Compared != want.Compared {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		}
	})
}

// TestLengthOfTheQueryDoesNotMatter: the neighbours of 8·q are those of q, by
// either metric, and as many vectors are compared to find them.
func TestLengthOfTheQueryDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, _, query := drawVectors(t)
		x, probes := drawLSH(t, v), rapid.IntRange(1, 4).Draw(t, "probes")
		long := slices.Clone(query)
		for i := range long {
			long[i] *= 8
		}
		got, want := x.Search(long, 5, probes), x.Search(query, 5, probes)
		rows := func(n Neighbor, m Neighbor) bool { return n.Row == m.Row }
		if got.Compared != want.Compared || !slices.EqualFunc(got.Neighbors, want.Neighbors, rows) {
			t.Fatalf("Search(8q) = %v, want the rows of Search(q) = %v", got, want)
		}
	})
}

// TestPlantedClusters hides 2,000 vectors in 20 tight groups. The 100 nearest
// of a vector are its group, and a search that looks into a twentieth of the
// vectors has to find them all.
func TestPlantedClusters(t *testing.T) {
	const n, d, groups = 2000, 16, 20
	m := clusters(n, d, groups, 0.1, 1)
	for _, metric := range []Metric{InnerProduct, Cosine} {
		v := NewVectors(m, d, metric)
		exact := NewExact(v)
		ivf := NewIVF(v, IVFOptions{Cells: groups, Iterations: 10, Sample: 50, Seed: 1})
		for _, tt := range []struct {
			name     string
			search   func(q []float32, k int) Result
			recall   [2]float64 // at least, by inner product and cosine
			compared float64    // at most
			routed   float64
		}{
			{"IVF, one cell", func(q []float32, k int) Result { return ivf.Search(q, k, 1) }, [2]float64{0.99, 0.99}, 0.06, 20. / n},
			// By inner product most of a unit vector is the last number, which only the rows have.
			{"sign LSH", NewSignLSH(v, LSHOptions{Tables: 8, Hashes: 10, Seed: 1}).first, [2]float64{0.2, 0.95}, 0.1, 80. / n},
			{"bucket LSH", NewBucketLSH(v, 1, LSHOptions{Tables: 8, Hashes: 6, Seed: 1}).first, [2]float64{0.1, 0.95}, 0.1, 48. / n},
		} {
			got := Measure(exact, m[:100*d], 50, tt.search)
			if got.Recall < tt.recall[metric] || got.Compared > tt.compared || math.Abs(got.Routed-tt.routed) > 1e-9 {
				t.Errorf("metric %d, %s: %+v, want recall ≥ %v of a share ≤ %v, routed by %v", metric, tt.name, got, tt.recall[metric], tt.compared, tt.routed)
			}
		}
	}
}

func (x *LSH) first(q []float32, k int) Result { return x.Search(q, k, 1) }

// TestCellsAreTheClusters: twelve groups, far apart, and twelve cells.
func TestCellsAreTheClusters(t *testing.T) {
	const n, d, groups = 600, 16, 12
	x := NewIVF(NewVectors(clusters(n, d, groups, 0.05, 3), d, Cosine), IVFOptions{Cells: groups, Iterations: 10, Sample: 20, Seed: 2})
	for c := range x.Cells() {
		members := x.rows[x.start[c]:x.start[c+1]]
		if len(members) != n/groups || slices.ContainsFunc(members, func(r catalog.Row) bool { return r%groups != members[0]%groups }) {
			t.Errorf("cell %d holds %v, want one whole group", c, members)
		}
	}
}
