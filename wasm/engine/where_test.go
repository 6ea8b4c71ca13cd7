package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// everything is the filter that keeps all items.
var everything = Filter{Genre: AllGenres}

// priced returns b with a price of r%100 for each item but every seventh, and with item r
// in stock where in(r) says so.
func priced(b *bundle.Bundle, in func(r int) bool) *bundle.Bundle {
	n := b.Catalog.Len()
	price, stock := make([]uint32, n), make([]uint32, n)
	for r := range n {
		if r%7 > 0 {
			price[r] = 1 + uint32(r%100)
		}
		if stock[r] = 1; in(r) {
			stock[r] = 2
		}
	}
	offsets := make([]uint32, 100)
	for i := range offsets {
		offsets[i] = uint32(i)
	}
	p := attribute.Column{Name: "price", Kind: attribute.Number, Numbers: attribute.Numbers{Offsets: offsets}}
	p.Bits, p.Codes = attribute.Pack(price, 100)
	s := attribute.Column{Name: "in_stock", Kind: attribute.Bool}
	s.Bits, s.Codes = attribute.Pack(stock, 2)
	b.Catalog.Attributes = []attribute.Column{p, s}
	return b
}

// TestKItemsComeWheneverKExist: however few items a condition leaves, in a search of all
// items and in one of cells, lists hold as many of these as they ask for, and no others.
func TestKItemsComeWheneverKExist(t *testing.T) {
	const n = 600
	of := make([]uint32, n)
	for r := range of {
		of[r] = uint32(r % 30)
	}
	cells := enginetest.Parity(n)
	c := retrieval.NewCells(30, of)
	c.Centroids, c.Bias, c.Probes = cells.Retrieval.Out, cells.Retrieval.Bias[:30], 12
	c.Centroids.Rows, c.Centroids.Data, c.Centroids.Scale = 30, c.Centroids.Data[:30*c.Centroids.Cols], c.Centroids.Scale[:30]
	cells.Retrieval.Cells = c
	for _, b := range []*bundle.Bundle{enginetest.Parity(n), enginetest.Networked(n), cells} {
		for _, every := range []int{1, 2, 10, 50, 299, n} {
			e := New(priced(b, func(r int) bool { return r%every == every-1 }))
			among, err := e.Where("in_stock and not price<0", catalog.None)
			if err != nil {
				t.Fatal(err)
			}
			kept := among.Of(n)
			if kept != n/every {
				t.Fatalf("every %d: %d items are in stock", every, kept)
			}
			for _, history := range []feature.History{nil, {{Row: 3, Stars: 5}, {Row: 41, Stars: 5}, {Row: 100}}} {
				left := kept
				for _, ev := range history {
					if among.Has(ev.Row) {
						left--
					}
				}
				for _, variety := range []float32{0, 0.3} {
					q := Query{History: history, Filter: Filter{Genre: AllGenres, Among: among}, K: 20, Variety: variety}
					list := e.Recommend(q)
					if len(list) != min(20, left) {
						t.Errorf("every %d: %d recommendations of %d that there are", every, len(list), left)
					}
					for _, r := range list {
						if !among.Has(r.Row) {
							t.Errorf("every %d: item %d is not in stock and recommended", every, r.Row)
						}
					}
					for _, shelf := range e.Home(q, list, nil) {
						for _, r := range shelf.Items {
							if !among.Has(r.Row) {
								t.Errorf("every %d: item %d is not in stock and on the shelf %s", every, r.Row, shelf.Kind)
							}
						}
					}
				}
			}
			for _, r := range []catalog.Row{0, catalog.Row(every - 1), n - 1} {
				left := kept
				if among.Has(r) {
					left--
				}
				list := e.SimilarAmong(r, 20, among)
				if len(list) != min(20, left) {
					t.Errorf("every %d: %d items like %d of %d that there are", every, len(list), r, left)
				}
				all := slices.DeleteFunc(e.Similar(r, n), func(s Similar) bool { return !among.Has(s.Row) })
				if all = all[:len(list)]; !slices.Equal(all, list) {
					t.Errorf("every %d: like %d are %v, want the first ones of all that are kept, %v", every, r, list, all)
				}
			}
			rows, total := e.Browse(Filter{Genre: AllGenres, Among: among}, ByPopularity, 0, 20)
			if total != kept || len(rows) != min(20, kept) {
				t.Errorf("every %d: browsing gives %d of %d, want %d of %d", every, len(rows), total, min(20, kept), kept)
			}
		}
	}
}

// TestSameIsTheItemsOwn: what is asked about decides, from question to question.
func TestSameIsTheItemsOwn(t *testing.T) {
	e := New(priced(enginetest.Parity(60), func(r int) bool { return true }))
	for _, r := range []catalog.Row{10, 11, 10} {
		among, err := e.Where("genre=same and price>same", r)
		if err != nil {
			t.Fatal(err)
		}
		for other := range catalog.Row(60) {
			want := other > r && other%7 > 0 && e.sharedGenre(r, other)
			if among.Has(other) != want {
				t.Errorf("same as %d: item %d is kept: %t", r, other, !want)
			}
		}
	}
	if _, err := e.Where("genre=same", catalog.None); err == nil || !strings.Contains(err.Error(), "column 7") {
		t.Errorf("same of no item: %v", err)
	}
	if among, err := e.Where("", catalog.None); among != nil || err != nil {
		t.Errorf("no condition: %v, %v", among, err)
	}
}

func (e *Engine) sharedGenre(a, b catalog.Row) bool {
	return slices.ContainsFunc(e.catalog.Genres[a], func(g uint8) bool { return slices.Contains(e.catalog.Genres[b], g) })
}

// TestNothingIsCalledNextBesideTheNext: where the next part is left out, the part after it
// is not said to be the next.
func TestNothingIsCalledNextBesideTheNext(t *testing.T) {
	b := enginetest.Parity(60)
	for i, title := range []string{"Quest", "Quest: Middle", "Quest: End"} {
		b.Catalog.Titles[20+i], b.Catalog.Years[20+i] = title, int16(1990+i)
		b.Statistics.Count[20+i] = 100
	}
	e := New(priced(b, func(r int) bool { return r != 21 }))
	if list := e.Similar(20, 5); list[0].Row != 21 || !list[0].Next {
		t.Fatalf("without a condition %+v comes first, want the middle part as the next", list[0])
	}
	among, err := e.Where("in_stock", 20)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range e.SimilarAmong(20, 5, among) {
		if s.Next || s.Row == 21 {
			t.Errorf("%+v is called the next part, or not in stock", s)
		}
	}
}

// BenchmarkWhere measures a condition over 62,000 items beside the plain loop over values
// in memory that it stands for.
func BenchmarkWhere(b *testing.B) {
	const n = 62000
	rng := rand.New(rand.NewPCG(1, 2))
	c := enginetest.Parity(n)
	e := New(priced(c, func(r int) bool { return rng.IntN(4) > 0 }))
	price, stock, years := make([]float64, n), make([]bool, n), c.Catalog.Years
	among, _ := e.Where("in_stock", catalog.None)
	for r := range n {
		price[r], stock[r] = float64(r%100), among.Has(catalog.Row(r))
	}
	const condition = "in_stock and price<50 and genre=same and year in (1990,1991)"
	b.Run(fmt.Sprintf("N=%d/filter", n), func(b *testing.B) {
		for b.Loop() {
			if _, err := e.Where(condition, 10); err != nil {
				b.Fatal(err)
			}
		}
	})
	skip := make([]bool, n)
	b.Run(fmt.Sprintf("N=%d/loop", n), func(b *testing.B) {
		for b.Loop() {
			for r := range skip {
				skip[r] = !(stock[r] && price[r] < 50 && e.sharedGenre(10, catalog.Row(r)) && (years[r] == 1990 || years[r] == 1991))
			}
		}
	})
	b.Run(fmt.Sprintf("N=%d/read", n), func(b *testing.B) {
		for b.Loop() {
			e.condition = nil
			if _, err := e.Where(condition, 10); err != nil {
				b.Fatal(err)
			}
		}
	})
}
