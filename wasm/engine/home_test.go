package engine_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

func TestBrowse(t *testing.T) {
	e, b := parity()
	western, _ := e.GenreNamed("Western")
	rows, total := e.Browse(engine.Filter{Genre: western}, engine.ByPopularity, 0, n)
	if len(rows) != total || total != e.GenreCounts()[western] {
		t.Errorf("%d rows, total %d, count %d: want them equal", len(rows), total, e.GenreCounts()[western])
	}
	page, total2 := e.Browse(engine.Filter{Genre: western}, engine.ByPopularity, 3, 2)
	if diff := cmp.Diff(rows[3:5], page); diff != "" || total2 != total {
		t.Errorf("second page -want +got, total %d\n%s", total2, diff)
	}
	if rows, _ := e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByYear, 0, n); b.Catalog.Years[rows[0]] != slices.Max(b.Catalog.Years) {
		t.Errorf("the newest is of %d", b.Catalog.Years[rows[0]])
	}
	if rows, total := e.Browse(engine.Filter{Genre: engine.AllGenres, Decade: 1890}, engine.ByRating, 0, n); len(rows) != 0 || total != 0 {
		t.Errorf("%d movies of the 1890s", total)
	}
	if _, ok := e.GenreNamed("Noir"); ok {
		t.Error("there is a genre that is not")
	}
}

func TestOneEnthusiastDoesNotLead(t *testing.T) {
	b := enginetest.Parity(n)
	b.Statistics.Count[n-1], b.Statistics.Mean[n-1] = 1, 5
	b.Statistics.Count[0], b.Statistics.Mean[0] = 300, 4.5
	e := engine.New(b)
	rows, _ := e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByRating, 0, n)
	if rows[0] != 0 {
		t.Errorf("the best rated is %d, want 0: 300 ratings of 4.5 against one of 5", rows[0])
	}
}

func TestTastesTellApart(t *testing.T) {
	e, _ := parity()
	wall := e.Tastes(8, nil, func(r catalog.Row) bool { return r == 3 })
	even := 0
	for i, r := range wall {
		even += 1 - int(r%2)
		if r == 3 || slices.Contains(wall[:i], r) {
			t.Errorf("movie %d is skipped or stands there twice", r)
		}
	}
	if len(wall) != 8 || even < 3 || even > 5 {
		t.Errorf("%d movies, %d of them even; want 8 of both kinds", len(wall), even)
	}
	if got := e.Tastes(500, nil, func(catalog.Row) bool { return false }); len(got) != n {
		t.Errorf("%d of %d movies", len(got), n)
	}
}

func TestHomeShowsNoItemTwice(t *testing.T) {
	e := engine.New(enginetest.Parity(400))
	h := liked(0, 2, 9)
	q := query(h)
	q.K, q.Because = 5, true
	q.Exclude = []catalog.Row{30}
	shelves := e.Home(q, e.Recommend(q), []catalog.Row{9, 2, 0})
	seen := map[catalog.Row]bool{0: true, 2: true, 9: true, 30: true}
	var kinds []engine.Kind
	for _, s := range shelves {
		kinds = append(kinds, s.Kind)
		for _, item := range s.Items {
			if seen[item.Row] {
				t.Errorf("movie %d again, on shelf %q", item.Row, s.Kind)
			}
			seen[item.Row] = true
		}
	}
	want := []engine.Kind{engine.ForYou, engine.LikeOne, engine.LikeOne, engine.Gems, engine.Newest, engine.Popular, engine.OfGenre, engine.OfGenre, engine.OfGenre}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("shelves -want +got\n%s", diff)
	}
	for _, s := range e.Home(query(nil), nil, nil) {
		if s.Kind == engine.ForYou || s.Kind == engine.LikeOne {
			t.Errorf("shelf %q for a visitor without a history", s.Kind)
		}
	}
}
