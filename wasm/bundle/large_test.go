//go:build !js

package bundle

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// TestMemoryOfALargeBundle: the bound must hold where it matters, not only
// where the mebibyte covers everything.
func TestMemoryOfALargeBundle(t *testing.T) {
	b := large(20000)
	data, err := Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeWithin(t, data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b, got, sameBundle); diff != "" {
		t.Errorf("%.2000s", diff)
	}
}

// large returns tiny with n items of the narrowest vectors, which is where
// memory per byte of the file is largest.
func large(n int) *Bundle {
	b := tiny()
	c := &catalog.Catalog{
		IDs: make([]catalog.ID, n), Titles: make([]string, n), Years: make([]int16, n),
		Genres: make([][]uint8, n), Tags: make([][]uint16, n), GenreNames: b.Catalog.GenreNames,
	}
	s, p, l := &b.Statistics, &b.Retrieval, &b.Transition
	s.Count, s.Mean, s.Stddev, s.Trend = make([]uint32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	p.In.Rows, p.In.Data, p.In.Scale = n, make([]int8, 2*n), make([]float32, n)
	p.Out.Rows, p.Out.Data, p.Out.Scale = n, make([]int8, 2*n), make([]float32, n)
	p.Bias = make([]float32, n)
	l.Start, l.Items, l.Weights, l.Scale = make([]uint32, n+1), nil, nil, make([]float32, n)
	for r := range n {
		c.IDs[r] = catalog.ID(rune('a'+r%26)) + catalog.ID(string(rune('a'+r/26%26))+string(rune('a'+r/676)))
		if r < n-1 {
			l.Items, l.Weights = append(l.Items, catalog.Row(r+1)), append(l.Weights, 1)
		}
		l.Start[r+1] = uint32(len(l.Items))
		p.Bias[r] = 0.1
	}
	c.Index()
	b.Catalog = c
	b.Profile = &retrieval.Profile{Lists: *l, Gate: retrieval.Gate{Most: 1, From: 0.5, Weight: 1}}
	return b
}

func BenchmarkDecode(b *testing.B) {
	data, err := Encode(large(10000))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("N=10000", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if _, err := Decode(data); err != nil {
				b.Fatal(err)
			}
		}
	})
}
