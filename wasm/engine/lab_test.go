package engine_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

func TestAlikeComparesInOneWay(t *testing.T) {
	e, b := parity()
	mixed, alone := e.Alike(4, 6) // Even 4: a comedy; every fourth comedy is a western too
	if want := e.Similar(4, 6); !slices.Equal(mixed, want) {
		t.Errorf("mixed %+v, want what Similar returns, %+v", mixed, want)
	}
	for w, list := range alone {
		for i, s := range list {
			if s.Row == 4 || !(s.Score > 0 && s.Score <= 1) || i > 0 && s.Score > list[i-1].Score {
				t.Errorf("way %d, place %d: %+v, want another movie, sorted, with a score above 0 to 1", w, i, s)
			}
		}
	}
	for _, s := range alone[engine.ByTaste] {
		if s.Row%2 != 0 {
			t.Errorf("movie %d of the other kind is near by taste", s.Row)
		}
	}
	// Transitions lead from r to r+2, r+4, r+6 and r+8, the nearest most often.
	if rows := rowsOf(alone[engine.ByNext]); !slices.Equal(rows, []catalog.Row{6, 8, 10, 12}) {
		t.Errorf("next %v, want [6 8 10 12]", rows)
	}
	for _, s := range alone[engine.ByGenres] {
		if !slices.Equal(b.Catalog.Genres[s.Row], b.Catalog.Genres[4]) || s.Score < 0.999 {
			t.Errorf("movie %d, %v, is %v like a pure comedy, want one of the same genres", s.Row, b.Catalog.Genres[s.Row], s.Score)
		}
	}
	if _, alone := e.Alike(5, 6); !slices.Equal(rowsOf(alone[engine.ByTags]), []catalog.Row{0, 10, 15, 20, 25, 30}) {
		t.Errorf("tags %v, want those divisible by five, the best known first", rowsOf(alone[engine.ByTags]))
	}
}

func TestPlacesAreTold(t *testing.T) {
	e, _ := parity()
	q := engine.Query{History: liked(0, 20), Filter: engine.Filter{Genre: engine.AllGenres}, K: 8}
	for i, rec := range e.Recommend(q) { // without variety, the ranker's order
		if rec.Ranked != i+1 || rec.Retrieved < 1 {
			t.Errorf("place %d: ranked %d, retrieved %d", i+1, rec.Ranked, rec.Retrieved)
		}
	}
	found := e.Retrieve(q, engine.Candidates)
	q.Unranked = true
	for i, rec := range e.Recommend(q) {
		if rec.Row != found[i].Row || rec.Score != found[i].Score || rec.Retrieved != i+1 {
			t.Errorf("unranked, place %d: %+v, want candidate %+v", i+1, rec, found[i])
		}
	}
}

func TestTimingFollowsTheClock(t *testing.T) {
	e, _ := parity()
	q := engine.Query{History: liked(0, 20), Filter: engine.Filter{Genre: engine.AllGenres}, K: 8, Because: true}
	e.Recommend(q)
	if took := e.Timing(); took != nil {
		t.Errorf("Timing() = %v without a clock, want nil", took)
	}
	var now float64
	e.SetClock(func() float64 { now = 2*now + 1; return now }) // 1, 3, 7, 15, 31
	e.Recommend(q)
	if took := e.Timing(); !slices.Equal(took, []float32{2, 4, 8, 16}) {
		t.Errorf("Timing() = %v, want [2 4 8 16]", took)
	}
}

// TestProbeFindsWhatASearchWould compares the curve with a search that looks into cells
// one after the other, over vectors without ties.
func TestProbeFindsWhatASearchWould(t *testing.T) {
	_, b := parity()
	const d = 8
	vectors := make([]float32, n*d)
	for i := range vectors {
		vectors[i] = float32(math.Sin(float64(i*i%997) + float64(i)))
	}
	b.Retrieval.Out = quant.Quantize(vectors, n, d)
	recalls, shares := engine.New(b).Probe()
	cells := len(recalls)
	if cells != 7 || len(shares) != cells { // √60, rounded down
		t.Fatalf("%d cells of 60 movies, want 7", cells)
	}
	cosine := func(a, b []float32) float64 {
		var ab, aa, bb float64
		for i := range a {
			ab += float64(a[i]) * float64(b[i])
			aa += float64(a[i]) * float64(a[i])
			bb += float64(b[i]) * float64(b[i])
		}
		return ab / math.Sqrt(aa*bb)
	}
	for r := range n {
		b.Retrieval.Out.Dequantize(vectors[r*d:][:d], r)
	}
	near := func(r catalog.Row, of []catalog.Row) []catalog.Row { // of sorted by nearness to r
		score := func(o catalog.Row) float64 { return cosine(vectors[int(r)*d:][:d], vectors[int(o)*d:][:d]) }
		return slices.SortedFunc(slices.Values(of), func(a, b catalog.Row) int { return cmp.Compare(score(b), score(a)) })
	}
	var all, centroids []catalog.Row // item 0 is the best known one, and each next one less so
	for r := range catalog.Row(n) {
		all = append(all, r)
	}
	for c := range cells {
		centroids = append(centroids, catalog.Row(c*n/cells))
	}
	for probes := 1; probes <= cells; probes++ {
		var recall, compared float64
		const queries = 48
		for q := range queries {
			query := catalog.Row(q * n / queries)
			looked := near(query, centroids)[:probes]
			var scanned []catalog.Row
			for r := range catalog.Row(n) {
				if slices.Contains(looked, near(r, centroids)[0]) {
					scanned = append(scanned, r)
				}
			}
			for _, r := range near(query, all)[:10] {
				if slices.Contains(scanned, r) {
					recall += 1. / 10 / queries
				}
			}
			compared += float64(len(scanned)) / n / queries
		}
		gotRecall, gotCompared := recalls[probes-1], shares[probes-1]
		if math.Abs(float64(gotRecall)-recall) > 1e-5 || math.Abs(float64(gotCompared)-compared) > 1e-5 {
			t.Errorf("%d probes: recall %v of %v compared, want %v of %v", probes, gotRecall, gotCompared, recall, compared)
		}
	}
}

// TestProbeIsThatOfTheBundlesCells: where candidates come from cells, the curve is what
// the builder measured of these.
func TestProbeIsThatOfTheBundlesCells(t *testing.T) {
	_, b := parity()
	c := retrieval.NewCells(2, make([]uint32, n))
	c.Recall, c.Compared = []float32{0.75, 1}, []float32{0.5, 1}
	c.Centroids, c.Bias, c.Probes = quant.Quantize(make([]float32, 2*b.Retrieval.Out.Cols), 2, b.Retrieval.Out.Cols), []float32{0, 0}, 1
	b.Retrieval.Cells = c
	if recall, compared := engine.New(b).Probe(); !slices.Equal(recall, c.Recall) || !slices.Equal(compared, c.Compared) {
		t.Errorf("Probe = %v, %v, want %v, %v", recall, compared, c.Recall, c.Compared)
	}
}
