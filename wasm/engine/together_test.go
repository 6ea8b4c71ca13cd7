package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/retrieval"
)

// bought returns a bundle of even and odd items in which 0 is bought together with 3, 5 and
// 7, the first most, and 2 with 5 and 9.
func bought() *bundle.Bundle {
	b := enginetest.Parity(40)
	l := &retrieval.Lists{Start: make([]uint32, 41), Scale: make([]float32, 40)}
	l.Items, l.Weights = []catalog.Row{3, 5, 7, 5, 9}, []uint8{240, 160, 80, 240, 128}
	for r := range 40 {
		l.Start[r+1] = []uint32{3, 3, 5}[min(r, 2)]
	}
	l.Scale[0], l.Scale[2] = 1./64, 1./64
	b.Together = l
	return b
}

// TestTogether: what is bought with the basket comes first, by the sum of the weights, then
// what is like it; an item of the basket never.
func TestTogether(t *testing.T) {
	e := New(bought())
	like := func(r catalog.Row, n int, but ...catalog.Row) (rows []catalog.Row) {
	next:
		for _, s := range e.Similar(r, n+len(but)) {
			for _, b := range but {
				if s.Row == b {
					continue next
				}
			}
			rows = append(rows, s.Row)
		}
		return rows[:n]
	}
	for _, c := range []struct {
		name   string
		basket []catalog.Row
		k      int
		bought []catalog.Row
		with   []catalog.Row
		score  float32 // of the first
		then   []catalog.Row
	}{
		{"one item", []catalog.Row{0}, 3, []catalog.Row{3, 5, 7}, []catalog.Row{0, 0, 0}, 240. / 64, nil},
		{"two of three", []catalog.Row{0}, 2, []catalog.Row{3, 5}, []catalog.Row{0, 0}, 240. / 64, nil},
		{"two say more than one", []catalog.Row{0, 2}, 4, []catalog.Row{5, 3, 9, 7}, []catalog.Row{2, 0, 2, 0}, 400. / 64, nil},
		{"without those in the basket", []catalog.Row{0, 3}, 2, []catalog.Row{5, 7}, []catalog.Row{0, 0}, 160. / 64, nil},
		{"filled with what is like it", []catalog.Row{0}, 6, []catalog.Row{3, 5, 7}, []catalog.Row{0, 0, 0}, 240. / 64, like(0, 3, 3, 5, 7)},
		{"nothing known", []catalog.Row{1}, 4, nil, nil, 0, like(1, 4)},
		{"all there is", []catalog.Row{0}, 100, []catalog.Row{3, 5, 7}, []catalog.Row{0, 0, 0}, 240. / 64, like(0, 36, 3, 5, 7)},
	} {
		t.Run(c.name, func(t *testing.T) {
			list := e.Together(c.basket, c.k, nil)
			var rows, with, then []catalog.Row
			for _, x := range list {
				if x.Linked {
					rows, with = append(rows, x.Row), append(with, x.With)
				} else {
					then = append(then, x.Row)
				}
			}
			if diff := cmp.Diff([][]catalog.Row{c.bought, c.with, c.then}, [][]catalog.Row{rows, with, then}); diff != "" {
				t.Errorf("bought, with and then (-want +got):\n%s", diff)
			}
			if len(c.bought) > 0 && (list[0].Score != c.score || list[0].Like != (Similar{})) {
				t.Errorf("the first is %+v, want a score of %g", list[0], c.score)
			}
		})
	}
}

// TestWhatIsLikeABasketIsLikeItsItems: of a basket of both kinds, each item that follows names
// the one that it is like, and has the sum of both scores.
func TestWhatIsLikeABasketIsLikeItsItems(t *testing.T) {
	e := New(enginetest.Parity(40))
	of := map[catalog.Row]map[catalog.Row]float32{}
	for _, r := range []catalog.Row{10, 11} {
		of[r] = map[catalog.Row]float32{}
		for _, s := range e.Similar(r, 39) {
			of[r][s.Row] = s.Score
		}
	}
	list := e.Together([]catalog.Row{10, 11}, 10, nil)
	for i, x := range list {
		want := of[10][x.Row] + of[11][x.Row]
		if other := 21 - x.With; x.Linked || x.Score != want || of[x.With][x.Row] < of[other][x.Row] || i > 0 && x.Score > list[i-1].Score {
			t.Errorf("at %d %+v, want a score of %g", i, x, want)
		}
	}
	if len(list) != 10 {
		t.Errorf("%d items, want 10", len(list))
	}
}

// TestTogetherAmong holds both parts of the list to a set.
func TestTogetherAmong(t *testing.T) {
	e := New(bought())
	among, err := e.Where("genre=Western", 0)
	if err != nil {
		t.Fatal(err)
	}
	list := e.Together([]catalog.Row{0}, 6, among)
	for _, x := range list {
		if !among.Has(x.Row) {
			t.Errorf("%+v is not in the set", x)
		}
	}
	if len(list) != 6 || !list[0].Linked || list[0].Row != 7 || list[1].Linked {
		t.Errorf("%+v, want 7, which is bought with 0, and five others", list)
	}
}
