package index

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// planted returns a model of n items around centres, and vectors of users near items.
func planted(n, d, users int) (*retrieval.Model, []float32) {
	random := rand.New(rand.NewPCG(7, uint64(n)))
	m := clusters(n, d, max(1, n/500), 0.7, 1)
	model := &retrieval.Model{Out: quant.Quantize(m, n, d), Bias: make([]float32, n)}
	for r := range model.Bias {
		model.Bias[r] = float32(5 + random.NormFloat64()/10)
	}
	u := make([]float32, 0, users*d)
	for range users {
		at := random.IntN(n) * d
		for _, v := range m[at:][:d] {
			u = append(u, v+0.3*float32(random.NormFloat64())/float32(math.Sqrt(float64(d))))
		}
	}
	return model, u
}

// TestCellsReachWhatTheySay searches the planted cells for users that [Reach] did not
// see, with as many probes as it says find 99 % of the best 100.
func TestCellsReachWhatTheySay(t *testing.T) {
	const n, d, k = 20_000, 32, 100
	m, u := planted(n, d, 400)
	m.Cells = Cells(m, DefaultIVFOptions(n))
	recall, compared := Reach(m, u[:200*d], k)
	if !slices.IsSorted(recall) || !slices.IsSorted(compared) {
		t.Fatal("more cells found or scored fewer items")
	}
	if all := len(recall) - 1; recall[all] != 1 || compared[all] != 1 {
		t.Errorf("all cells found %v of the best in %v of the items, want all", recall[all], compared[all])
	}
	probes := 1 + slices.IndexFunc(recall, func(r float32) bool { return r >= 0.99 })
	if compared[probes-1] > 0.2 {
		t.Errorf("%d cells with %.2f of the items are needed", probes, compared[probes-1])
	}
	search, skip := retrieval.NewCellSearch(m), make([]bool, n)
	var found float64
	var all, few vec.TopK
	for i := 200; i < 400; i++ {
		all.Reset(k)
		few.Reset(k)
		m.Best(&all, u[i*d:][:d], skip)
		if !search.Best(&few, u[i*d:][:d], skip, probes) {
			t.Fatalf("user %d was not found enough", i)
		}
		want := all.Sorted()
		for _, key := range few.Sorted() {
			if slices.Contains(want, key) {
				found += 1. / (200 * k)
			}
		}
	}
	if found < 0.98 {
		t.Errorf("%d cells found %.4f of the best %d, want the %.4f that were measured", probes, found, k, recall[probes-1])
	}
}

// TestCellsAreTheSameOnAnyNumberOfProcessors: the same seed, the same cells.
func TestCellsAreTheSameOnAnyNumberOfProcessors(t *testing.T) {
	m, _ := planted(3000, 16, 0)
	want := Cells(m, DefaultIVFOptions(3000))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for range 3 {
		if diff := cmp.Diff(want, Cells(m, DefaultIVFOptions(3000))); diff != "" {
			t.Fatal(diff)
		}
	}
}

// BenchmarkCells is what dividing a catalog takes, on all processors.
func BenchmarkCells(b *testing.B) {
	for _, n := range []int{62_000, 200_000} {
		b.Run(fmt.Sprintf("N=%d", n), func(b *testing.B) {
			m, _ := planted(n, 64, 0)
			for b.Loop() {
				Cells(m, DefaultIVFOptions(n))
			}
		})
	}
}
