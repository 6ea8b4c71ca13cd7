package spark

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"sparrow/build/dataset"
)

// TestSequencesAreReadBack: what Prepare wrote is read shard by shard, each user once, by number.
func TestSequencesAreReadBack(t *testing.T) {
	d, dir := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 60, Items: 40, Interactions: 1200, Groups: 4}), filepath.Join(t.TempDir(), "out")
	if _, err := Prepare(t.Context(), d, dir, 5, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	s, err := OpenSequences(dir)
	if err != nil {
		t.Fatal(err)
	}
	if s.Len() != 5 || s.Items() != d.Catalog.Len() || s.IDs[7] != string(d.Catalog.IDs[7]) {
		t.Errorf("%d shards of %d items, the eighth %q", s.Len(), s.Items(), s.IDs[7])
	}
	var got, want []string
	for shard := range s.Len() {
		err := s.Each(t.Context(), shard, func(items []int32, weights []float32) error {
			got = append(got, fmt.Sprint(items, weights))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for u := range d.Users {
		var items []int32
		var weights []float32
		for _, e := range d.Of(u) {
			items, weights = append(items, int32(e.Row)), append(weights, float32(e.Target()))
		}
		want = append(want, fmt.Sprint(items, weights))
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sequences (-data +read):\n%s", diff)
	}
}

// TestSequencesInAnyOrder: users are read by number in whichever order and files an engine has them.
func TestSequencesInAnyOrder(t *testing.T) {
	dir := t.TempDir()
	folder(t, dir, []Item{{Item: 1, ID: "b"}, {Item: 0, ID: "a"}}, []Sequence{{User: 9, Items: []int32{1}, Weights: []float32{1}}, {User: 2, Items: []int32{0, 1}, Weights: []float32{1, .5}}}, []Sequence{{User: 4}})
	s, err := OpenSequences(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	if err := s.Each(t.Context(), 0, func(items []int32, _ []float32) error { got = append(got, len(items)); return nil }); err != nil {
		t.Fatal(err)
	}
	if want := []int{2, 0, 1}; !slices.Equal(got, want) || !slices.Equal(s.IDs, []string{"a", "b"}) {
		t.Errorf("users have %v items, want %v; items %q", got, want, s.IDs)
	}
}

// TestSequencesThatAreNone: what cannot be trained on is named with its place, and what to do.
func TestSequencesThatAreNone(t *testing.T) {
	two := []Item{{Item: 0, ID: "a"}, {Item: 1, ID: "b"}}
	one := Sequence{User: 1, Items: []int32{1}, Weights: []float32{1}}
	for says, make := range map[string]func(dir string){
		"schema.json: no such file or directory: name the folder that prepare --out has made": func(dir string) { os.Remove(filepath.Join(dir, "schema.json")) },
		"its version is 9, and this program reads 1: make the folder again":                   func(dir string) { put(t, filepath.Join(dir, "schema.json"), `{"version": 9}`) },
		"items has no .parquet file: name the folder that prepare --out has made":             func(dir string) { os.Remove(filepath.Join(dir, "items", "part-0.parquet")) },
		"part-0.parquet, row 2: item 0, \"b\": a number that no item has, or two have":        func(dir string) { folder(t, dir, []Item{{Item: 0, ID: "a"}, {Item: 0, ID: "b"}}, []Sequence{one}) },
		"no item has the number 0": func(dir string) { folder(t, dir, []Item{{Item: 1, ID: "b"}}, []Sequence{one}) },
		"part-0.parquet, row 1: item 2000000000, \"a\": a number that no item has": func(dir string) { folder(t, dir, []Item{{Item: 2_000_000_000, ID: "a"}}, []Sequence{one}) },
		"part-0.parquet, row 1: user 1 has the item 2, of 2":                       func(dir string) { folder(t, dir, two, []Sequence{{User: 1, Items: []int32{2}, Weights: []float32{1}}}) },
		"part-0.parquet, row 1: user 1 has 1 items and 0 weights":                  func(dir string) { folder(t, dir, two, []Sequence{{User: 1, Items: []int32{0}}}) },
		"shard 0 has user 1 twice":                                                 func(dir string) { folder(t, dir, two, []Sequence{one, one}) },
		"its shards are not numbered from 0 on without a gap, or one has no file":  func(dir string) { os.Mkdir(filepath.Join(dir, "sequences", "shard=2"), 0o755) },
		"part-0.parquet: ": func(dir string) {
			put(t, filepath.Join(dir, "sequences", "shard=0", "part-0.parquet"), "PAR1 is no file")
		},
	} {
		dir := t.TempDir()
		folder(t, dir, two, []Sequence{one})
		make(dir)
		s, err := OpenSequences(dir)
		if err == nil {
			err = s.Each(t.Context(), 0, func([]int32, []float32) error { return nil })
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("error %v, want %q", err, says)
		}
	}
}

// folder writes items, and one shard of files.
func folder(t *testing.T, dir string, items []Item, files ...[]Sequence) {
	t.Helper()
	put(t, filepath.Join(dir, "schema.json"), string(schema))
	writeRows(t, filepath.Join(dir, "items", "part-0.parquet"), items)
	for i, file := range files {
		writeRows(t, filepath.Join(dir, "sequences", "shard=0", fmt.Sprintf("part-%d.parquet", i)), file)
	}
}

func writeRows[T any](t *testing.T, path string, all []T) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := parquet.WriteFile(path, all); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
