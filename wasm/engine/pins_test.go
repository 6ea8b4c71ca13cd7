package engine

import (
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/live"
)

// TestPinsStandAtTheirPlaces, the others in between as they were.
func TestPinsStandAtTheirPlaces(t *testing.T) {
	pin := func(name string, to int, rows ...catalog.Row) live.Rule {
		r := live.Rule{Name: name, Do: live.Pin, To: to}
		for _, row := range rows {
			r.Items = append(r.Items, id(row))
		}
		return r
	}
	e := New(enginetest.Parity(60))
	q := Query{History: taste, Filter: everything, K: 8, Exclude: []catalog.Row{31}}
	plain := rowList(e.Recommend(q))
	for _, c := range []struct {
		name  string
		rules []live.Rule
		items []live.Item
		want  map[int]catalog.Row // by place from 1 on; others as they were
	}{
		{"at the first place", []live.Rule{pin("a", 1, 33)}, nil, map[int]catalog.Row{1: 33}},
		{"several of a rule behind each other", []live.Rule{pin("a", 3, 33, 35)}, nil, map[int]catalog.Row{3: 33, 4: 35}},
		{"at the last place", []live.Rule{pin("a", 8, 33)}, nil, map[int]catalog.Row{8: 33}},
		{"behind the end", []live.Rule{pin("a", 9, 33)}, nil, nil},
		{"two for one place", []live.Rule{pin("a", 2, 33), pin("b", 2, 35)}, nil, map[int]catalog.Row{2: 33, 3: 35}},
		{"twice", []live.Rule{pin("a", 2, 33), pin("b", 5, 33)}, nil, map[int]catalog.Row{2: 33}},
		{"of the history", []live.Rule{pin("a", 1, 2, 33)}, nil, map[int]catalog.Row{1: 33}},
		{"that the visitor does not want", []live.Rule{pin("a", 1, 31)}, nil, nil},
		{"sold out", []live.Rule{pin("a", 1, 33, 35)}, []live.Item{{ID: id(33), Stock: amount(-1)}}, map[int]catalog.Row{1: 35}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e.Overlay(&live.Overlay{Rules: c.rules, Items: c.items})
			got := e.Pin(&q, e.Recommend(q))
			rest := plain
			for i, x := range got {
				want, pinned := c.want[i+1]
				if !pinned {
					want, rest = rest[0], rest[1:]
				}
				if x.Row != want || pinned != (x.Sources&feature.FromPin != 0) {
					t.Errorf("place %d has item %d of %v, want %d", i+1, x.Row, x.Sources, want)
				}
			}
			if len(got) != q.K {
				t.Errorf("%d items, want %d", len(got), q.K)
			}
		})
	}
}

func rowList(list []Recommendation) (rows []catalog.Row) {
	for _, x := range list {
		rows = append(rows, x.Row)
	}
	return rows
}

// TestPinsOfSimilarItems: one that was there already moves, and what it shares with the item
// stays; the filter of a list, and the item itself, come first.
func TestPinsOfSimilarItems(t *testing.T) {
	e := New(enginetest.Parity(60))
	plain := e.Similar(2, 10)
	fifth := plain[4]
	e.Overlay(&live.Overlay{Rules: []live.Rule{{Name: "a", Do: live.Pin, To: 1, Items: []catalog.ID{id(2), id(fifth.Row), id(33)}}}})
	got := e.SimilarPinned(2, 10, nil)
	if got[0].Row != fifth.Row || got[0].Genre != fifth.Genre || got[0].Score < plain[0].Score || got[1].Row != 33 || got[2].Row != plain[0].Row {
		t.Errorf("SimilarPinned = %+v\nwant %d and 33 before %+v", got, fifth.Row, plain)
	}
	set, err := e.Where("genre=Comedy", catalog.None)
	if err != nil {
		t.Fatal(err)
	}
	if got := e.SimilarPinned(2, 10, set); slices.ContainsFunc(got, func(s Similar) bool { return s.Row == 33 }) {
		t.Errorf("a drama is pinned among comedies: %+v", got)
	}
}
