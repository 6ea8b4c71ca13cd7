package shard

import (
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// cut returns a bundle of 1,000 items, and a store with the core of 100 of them and how to add to it.
func cut(t testing.TB) (whole *bundle.Bundle, s *Store, files *Files) {
	t.Helper()
	whole = enginetest.Synthetic(1000)
	files, err := Cut(whole, Options{Core: 100, Cells: 12})
	if err != nil {
		t.Fatal(err)
	}
	if s, err = Open(files.Core); err != nil {
		t.Fatal(err)
	}
	return whole, s, files
}

func fetch(t testing.TB, s *Store, files *Files, parts ...Part) {
	t.Helper()
	for _, p := range parts {
		if err := s.Add(p, files.Cells[p.Offset:][:p.Bytes]); err != nil {
			t.Fatal(err)
		}
	}
}

func merged(t testing.TB, s *Store) *bundle.Bundle {
	t.Helper()
	b, err := s.Bundle()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// every are all cells of cut.
var every = []int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}

// TestWithAllCellsItIsTheWholeBundle: the engine then gives the same list, with the same scores.
func TestWithAllCellsItIsTheWholeBundle(t *testing.T) {
	whole, s, files := cut(t)
	fetch(t, s, files, s.Lacks(every)...)
	fetch(t, s, files, s.LacksTies(every)...)
	if more := append(s.Lacks(every), s.LacksTies(every)...); len(more) > 0 {
		t.Fatalf("%d parts are lacking once all were fetched", len(more))
	}
	b := merged(t, s)
	if !slices.Equal(b.Catalog.IDs, whole.Catalog.IDs) || !slices.Equal(b.Catalog.Titles, whole.Catalog.Titles) {
		t.Fatal("other items, or in another order")
	}
	if !slices.Equal(b.Transition.Items, whole.Transition.Items) || !slices.Equal(b.Transition.Scale, whole.Transition.Scale) {
		t.Error("other transitions")
	}
	q := engine.Query{History: feature.History{{Row: 3, Stars: 5, At: 1}, {Row: 500, Stars: 4, At: 2}}, K: 20}
	got, want := engine.New(b).Recommend(q), engine.New(whole).Recommend(q)
	if !slices.Equal(got, want) {
		t.Errorf("the list is\n%v, of the whole bundle\n%v", got, want)
	}
}

// TestItemsScoreAsInTheWholeBundle: to the bit, whatever else is here, for a user whose history is here.
func TestItemsScoreAsInTheWholeBundle(t *testing.T) {
	whole, s, files := cut(t)
	fetch(t, s, files, s.Lacks([]int32{7, 2})...)
	b := merged(t, s)
	if n := b.Catalog.Len(); n <= 100 || n >= 1000 {
		t.Fatalf("%d items are here", n)
	}
	at := b.Catalog.Len() / 2
	inWhole := func(r int) catalog.Row {
		row, known := whole.Catalog.Row(b.Catalog.IDs[r])
		if !known {
			t.Fatalf("%s is in no catalog", b.Catalog.IDs[r])
		}
		return row
	}
	scores := func(b *bundle.Bundle, of catalog.Row) []float32 {
		u, scores := make([]float32, b.Retrieval.Out.Cols), make([]float32, b.Catalog.Len())
		retrieval.NewEncoder(&b.Retrieval).UserVector(u, feature.History{{Row: of, Stars: 5}})
		b.Retrieval.Scores(scores, u)
		return scores
	}
	got, want := scores(b, catalog.Row(at)), scores(whole, inWhole(at))
	for r, score := range got {
		if row := inWhole(r); score != want[row] {
			t.Errorf("item %s scores %v, in the whole bundle %v", b.Catalog.IDs[r], score, want[row])
		}
	}
}

// TestEachItemIsFound: by its id, with one segment at most; one that does not exist is said not to.
func TestEachItemIsFound(t *testing.T) {
	whole, s, files := cut(t)
	for _, id := range append(slices.Clone(whole.Catalog.IDs), "no such item") {
		cell, known, wanted := s.Cell(id)
		if wanted != nil {
			fetch(t, s, files, *wanted)
			cell, known, wanted = s.Cell(id)
		}
		if known != (id != "no such item") || wanted != nil {
			t.Fatalf("Cell(%s) = %d, %t, %v", id, cell, known, wanted)
		}
		if !known {
			continue
		}
		fetch(t, s, files, s.Lacks([]int32{int32(cell)})...)
		if _, here := s.cells[cell].Bundle.Catalog.Row(id); !here {
			t.Fatalf("item %s is not in cell %d", id, cell)
		}
	}
}

// TestTheNearestCellFindsMost: a user finds more of their best ten in the nearest two cells than in
// the furthest two.
func TestTheNearestCellFindsMost(t *testing.T) {
	whole, s, files := cut(t)
	m := &whole.Retrieval
	found := func(cells []int32, ids []catalog.ID) (n int) {
		s.cells = map[int]*bundle.Items{}
		fetch(t, s, files, s.Lacks(cells)...)
		b := merged(t, s)
		for _, id := range ids {
			if _, here := b.Catalog.Row(id); here {
				n++
			}
		}
		return n
	}
	near, far := 0, 0
	for of := catalog.Row(150); of < 1000; of += 100 {
		if slices.Contains(s.shards.Rows, of) {
			continue
		}
		v := make([]float32, m.Out.Cols)
		retrieval.NewEncoder(m).UserVector(v, feature.History{{Row: of, Stars: 5}})
		var best []catalog.ID
		for _, c := range retrieval.New(m, &whole.Transition, &whole.Statistics).Candidates(nil, feature.History{{Row: of, Stars: 5}}, nil, 10) {
			best = append(best, whole.Catalog.IDs[c.Row])
		}
		order := s.Likely(v, 12)
		near += found(order[:2], best)
		far += found(order[10:], best)
	}
	if near < 3*far {
		t.Errorf("the nearest cells have %d, the furthest %d", near, far)
	}
}

// TestNearNamesTheCellsOfWhatIsLikeAnItem: with them the ten nearest by cosine are here.
func TestNearNamesTheCellsOfWhatIsLikeAnItem(t *testing.T) {
	whole, s, files := cut(t)
	out := &whole.Retrieval.Out
	for of := 5; of < 1000; of += 90 {
		s.cells = map[int]*bundle.Items{}
		id := whole.Catalog.IDs[of]
		if cells := s.Near(id); cells != nil {
			t.Fatalf("without its cell %s is near %v", id, cells)
		}
		cell, _, wanted := s.Cell(id)
		if wanted != nil {
			fetch(t, s, files, *wanted)
			cell, _, _ = s.Cell(id)
		}
		fetch(t, s, files, s.Lacks([]int32{int32(cell)})...)
		cells := s.Near(id)
		fetch(t, s, files, s.Lacks(cells)...)
		b := merged(t, s)
		var top vec.TopK
		top.Reset(mostLike)
		inverse := out.InverseNorms()
		row, _ := out.Row(of)
		for r := range out.Rows {
			if other, _ := out.Row(r); r != of {
				top.Push(float32(quant.Dot(row, other))*inverse[r], int32(r))
			}
		}
		found := 0
		for _, key := range top.Sorted() {
			if _, here := b.Catalog.Row(whole.Catalog.IDs[vec.At(key)]); here {
				found++
			}
		}
		if len(cells) < mostNear && found < mostLike {
			t.Errorf("%d of what is most like %s is here, with cells %v", found, id, cells)
		}
	}
}

func TestOtherBytesAreRefused(t *testing.T) {
	_, s, files := cut(t)
	p := s.Lacks(every)[3]
	data := slices.Clone(files.Cells[p.Offset:][:p.Bytes])
	data[len(data)/2] ^= 1
	for name, data := range map[string][]byte{"a bit": data, "nothing": nil, "a byte less": files.Cells[p.Offset:][:p.Bytes-1]} {
		if err := s.Add(p, data); err == nil || !strings.Contains(err.Error(), "fetch them again") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := merged(t, s).Catalog.Len(); n != 100 {
		t.Errorf("%d items are here after that", n)
	}
	if _, err := Open(files.Cells); err == nil {
		t.Error("the file of cells opens as a core")
	}
	second := &bundle.Bundle{Supplement: &bundle.Supplement{}}
	if _, err := Cut(second, Options{}); err == nil || !strings.Contains(err.Error(), "put it beside") {
		t.Errorf("a bundle without its second file: %v", err)
	}
}
