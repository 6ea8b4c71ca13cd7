//go:build !js

package bundle

import (
	"bytes"
	"crypto/sha256"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

// near are the other cells that have what is like the items of each cell: of item 0 and 2, and of 1.
var near = [2][][]uint16{{{1}, nil}, {{0}}}

// segments are the parts of inShards before they are compressed, which here they are not: cells 0
// and 1 with items 0 and 2, and 1, their lists, and one bucket.
type segments struct {
	core  []byte
	cells [2][]byte
	ties  [2][]byte
	where []byte
}

// inShards returns withAddresses, which has lists of a profile and what is bought together, too, with item 1 for a core.
func inShards(t testing.TB) (b *Bundle, got segments) {
	t.Helper()
	b = withAddresses()
	b.Profile, b.Together = withProfile().Profile, withTogether().Together
	must := func(data []byte, err error) []byte {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
		return data
	}
	s := &Shards{
		Items: 3, Rows: []catalog.Row{1}, Places: []catalog.Row{2}, Counts: []uint32{2, 1},
		Centroids: quant.Quantize([]float32{1, 0, 0.5, -1}, 2, 2), Bias: []float32{0.5, -0.25},
	}
	at, lengths := 0, []uint32(nil)
	add := func(data []byte) Segment {
		at += len(data)
		return Segment{at - len(data), len(data), sum(data)}
	}
	for c, rows := range [][]catalog.Row{{0, 2}, {1}} {
		got.ties[c] = must(EncodeTies(b.TiesOf(rows, []catalog.Row{0, 2, 1}), len(rows)))
		got.cells[c] = must(EncodeItems(&Items{Rows: rows, Ties: sum(got.ties[c]), Near: near[c], Bundle: b.Part(rows)}))
		s.Cells = append(s.Cells, add(got.cells[c]))
		lengths = append(lengths, uint32(len(got.ties[c])))
		at += len(got.ties[c])
	}
	got.where = must(EncodeWhere([]catalog.ID{"300", "3", "7"}, []uint32{0, 1, 0}))
	s.Where = append(s.Where, add(got.where))
	got.core = must(EncodeShards(b.Part(s.Rows), s, lengths))
	return b, got
}

func sum(data []byte) Sum {
	full := sha256.Sum256(data)
	return Sum(full[:len(Sum{})])
}

// TestShardsGolden fails when the bytes change; see TestGolden.
func TestShardsGolden(t *testing.T) {
	_, got := inShards(t)
	for file, data := range map[string][]byte{
		"testdata/core.v2.bundle": got.core, "testdata/cell.v1.segment": got.cells[0], "testdata/ties.v1.segment": got.ties[0], "testdata/where.v1.segment": got.where,
	} {
		if *update {
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want := readFile(t, file); !bytes.Equal(data, want) {
			t.Errorf("the bytes of %s changed:\n got %x\nwant %x", file, data, want)
		}
	}
}

// TestShardsHaveAllOfTheBundle: what is read of core and cells is what the bundle has of their
// items, and the core is a bundle for readers that know no shards.
func TestShardsHaveAllOfTheBundle(t *testing.T) {
	b, got := inShards(t)
	core, s, err := DecodeShards(got.core)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lined(b.Part([]catalog.Row{1})), lined(core), sameBundle); diff != "" {
		t.Error("core: " + diff)
	}
	if plain := decoded(t, got.core); !slices.Equal(plain.Catalog.IDs, core.Catalog.IDs) {
		t.Errorf("as a bundle the core has %v", plain.Catalog.IDs)
	}
	at := 0
	for c, rows := range [][]catalog.Row{{0, 2}, {1}} {
		items, err := s.DecodeItems(c, got.cells[c])
		if err != nil {
			t.Fatal(err)
		}
		want := b.Part(rows)
		if !slices.Equal(items.Rows, rows) || items.Ties != sum(got.ties[c]) {
			t.Errorf("cell %d has rows %v, want %v, and names lists by %x", c, items.Rows, rows, items.Ties)
		}
		if diff := cmp.Diff(lined(want).Catalog, lined(items.Bundle).Catalog, sameBundle); diff != "" {
			t.Errorf("catalog of cell %d: %s", c, diff)
		}
		if diff := cmp.Diff(want.Statistics, items.Bundle.Statistics, sameBundle); diff != "" {
			t.Errorf("statistics of cell %d: %s", c, diff)
		}
		for _, pair := range [][2]any{{want.Retrieval.Out, items.Bundle.Retrieval.Out}, {want.Retrieval.In, items.Bundle.Retrieval.In}, {want.Retrieval.Bias, items.Bundle.Retrieval.Bias}} {
			if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
				t.Errorf("vectors of cell %d: %s", c, diff)
			}
		}
		if diff := cmp.Diff(near[c], items.Near, sameBundle); diff != "" {
			t.Errorf("near cell %d: %s", c, diff)
		}
		ties, err := s.DecodeTies(c, got.ties[c])
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(b.TiesOf(rows, []catalog.Row{0, 2, 1}), ties, sameBundle); diff != "" {
			t.Errorf("lists of cell %d: %s", c, diff)
		}
		if seg := s.Cells[c]; seg.Offset != at || seg.Bytes != len(got.cells[c]) || seg.Sum != sum(got.cells[c]) {
			t.Errorf("cell %d is at %+v, want %d", c, seg, at)
		}
		at += len(got.cells[c])
		if seg := s.Ties(c, items); seg.Offset != at || seg.Bytes != len(got.ties[c]) {
			t.Errorf("lists of cell %d are at %+v, want %d", c, seg, at)
		}
		at += len(got.ties[c])
	}
	if s.First(0) != 0 || s.First(1) != 2 || s.CellAt(0) != 0 || s.CellAt(1) != 0 || s.CellAt(2) != 1 {
		t.Errorf("the cells begin at places %d and %d", s.First(0), s.First(1))
	}
	ids, cell, err := s.DecodeWhere(got.where)
	if err != nil || !slices.Equal(ids, []catalog.ID{"3", "7", "300"}) || !slices.Equal(cell, []uint32{1, 0, 0}) || s.Where[0].Offset != at {
		t.Errorf("the bucket at %+v has %v in %v, %v", s.Where[0], ids, cell, err)
	}
}

// TestShardsAreBounded: whatever byte is another or missing, a segment is refused or read within its bound.
func TestShardsAreBounded(t *testing.T) {
	_, got := inShards(t)
	_, s, err := DecodeShards(got.core)
	if err != nil {
		t.Fatal(err)
	}
	for i, data := range [][]byte{got.core, got.cells[0], got.ties[0], got.where} {
		for n := range data {
			if err := readShard(t, s, i, data[:n:n]); err == nil {
				t.Errorf("part %d: the first %d of %d bytes were accepted", i, n, len(data))
			}
			for _, c := range []byte{0, 0x7f, 0xff} {
				other := slices.Clone(data)
				other[n] = c
				readShard(t, s, i, other)
			}
		}
		if err := readShard(t, s, i, append(slices.Clone(data), 0)); err == nil || !strings.Contains(err.Error(), "1 bytes after the end") {
			t.Errorf("part %d with a byte too many: %v", i, err)
		}
	}
	if _, _, err := DecodeShards(readFile(t, golden)); err == nil || !strings.Contains(err.Error(), "make them with build shards") {
		t.Errorf("a bundle without shards: %v", err)
	}
	if _, err := s.DecodeItems(1, got.cells[0]); err == nil || !strings.Contains(err.Error(), "2 values, want 1") {
		t.Errorf("another cell: %v", err)
	}
}

// readShard reads a part: the core, a cell, its lists or a bucket, within its bound of memory.
func readShard(t testing.TB, s *Shards, part int, data []byte) error {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var err error
	limit := uint64(4*len(data) + 1<<20)
	switch part {
	case 0:
		_, _, err = DecodeShards(data)
		limit *= 2
	case 1:
		_, err = s.DecodeItems(0, data)
	case 2:
		_, err = s.DecodeTies(0, data)
	case 3:
		_, _, err = s.DecodeWhere(data)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > limit {
		t.Errorf("reading %d bytes of part %d allocated %d, the limit is %d", len(data), part, n, limit)
	}
	return err
}

func FuzzShards(f *testing.F) {
	_, got := inShards(f)
	_, s, err := DecodeShards(got.core)
	if err != nil {
		f.Fatal(err)
	}
	for i, data := range [][]byte{got.core, got.cells[0], got.ties[0], got.where} {
		f.Add(i, data)
	}
	f.Fuzz(func(t *testing.T, part int, data []byte) { readShard(t, s, part&3, data) })
}

// lined returns b with lines in place of patterns, which few items seldom share with all.
func lined(b *Bundle) *Bundle {
	of := *b
	of.Catalog = inLines(b.Catalog)
	return &of
}
