package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// goldenLists are the lists of seven movies, the ids of some of which are
// written otherwise in addresses or in JSON; no address holds that of the last.
func goldenLists(t *testing.T) (l *lists, similar [][]catalog.Row) {
	t.Helper()
	l, err := listsOf(&catalog.Catalog{
		IDs:        []catalog.ID{"50", "a/b", "霸王别姬", `say "hi"\`, "100%", "?#&+ é", "tab\t"},
		Titles:     []string{"Heat", "Either/Or", "霸王别姬", `"Hi" <b>`, "All of It", "Marks", "Tab"},
		Years:      []int16{1995, 2001, 1993, 0, 2020, 1950, 1999},
		Genres:     [][]uint8{{0, 1}, {1}, {}, {}, {0}, {}, {}},
		Images:     []string{"https://img.example/50.jpg?a=1&b=2", "", "", "", "", "", ""},
		URLs:       []string{"https://shop.example/50", "", "https://shop.example/霸王别姬", "", "", "", ""},
		GenreNames: []string{"Action", "Drama"},
	}, strings.Repeat("0123456789abcdef", 4))
	if err != nil {
		t.Fatal(err)
	}
	return l, [][]catalog.Row{{1, 2, 3}, {0, 2}, {0}, {4, 5, 6}, {}, {2}, {0}}
}

// TestListsGolden fails when the bytes change, which both edges read. If that is
// meant, change the magic, say why in edge/LISTS.md, run go test -update and
// commit edge/testdata.
func TestListsGolden(t *testing.T) {
	l, similar := goldenLists(t)
	var b bytes.Buffer
	if err := l.writeSimilar(&b, similar); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("..", "edge", "testdata", similarFile)
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(b.Bytes(), want) {
		t.Errorf("writeSimilar writes %q, want %q (%v)", b.Bytes(), want, err)
	}
	for id, want := range map[catalog.ID]string{ // written by hand
		"50":        `{"bundle":"` + strings.Repeat("0123456789abcdef", 4) + `","items":[{"id":"a/b","title":"Either/Or","year":2001,"genres":["Drama"]},{"id":"霸王别姬","title":"霸王别姬","year":1993,"url":"https://shop.example/霸王别姬"},{"id":"say \"hi\"\\","title":"\"Hi\" <b>"}]}`,
		"霸王别姬":      `{"bundle":"` + strings.Repeat("0123456789abcdef", 4) + `","items":[{"id":"50","title":"Heat","year":1995,"genres":["Action","Drama"],"image":"https://img.example/50.jpg?a=1&b=2","url":"https://shop.example/50"}]}`,
		"100%":      `{"bundle":"` + strings.Repeat("0123456789abcdef", 4) + `","items":[]}`,
		"tab\t":     "",
		"not there": "",
	} {
		if got := listIn(t, b.Bytes(), id); got != want {
			t.Errorf("the list of %q is %s, want %s", id, got, want)
		}
	}
}

// listIn reads the list of id as edge/LISTS.md says, without mercy for what is
// not so; "" when there is none.
func listIn(t *testing.T, file []byte, id catalog.ID) string {
	t.Helper()
	n := int(binary.LittleEndian.Uint32(file[8:]))
	at := 12 + 4*listBucket(id, n)
	from, to := binary.LittleEndian.Uint32(file[at:]), binary.LittleEndian.Uint32(file[at+4:])
	for line := range strings.Lines(string(file[from:to])) {
		key, list, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var got catalog.ID
		if err := json.Unmarshal([]byte(key), &got); err != nil {
			t.Fatalf("key %s: %v", key, err)
		}
		if got == id {
			return list
		}
	}
	return ""
}

// TestBucket has the values of FNV-1a's authors: http://www.isthe.com/chongo/src/fnv/test_fnv.c.
func TestBucket(t *testing.T) {
	for id, want := range map[catalog.ID]int{"": 0x811c9dc5, "a": 0xe40c292c, "foobar": 0xbf9cf968} {
		if got := listBucket(id, math.MaxUint32); got != want {
			t.Errorf("listBucket(%q) = %#x, want %#x", id, got, want)
		}
	}
}

func TestListsHead(t *testing.T) {
	head, err := listsHead([]int64{5, 0, 7})
	want := append([]byte("SPRWLST1"), 3, 0, 0, 0, 28, 0, 0, 0, 33, 0, 0, 0, 33, 0, 0, 0, 40, 0, 0, 0)
	if err != nil || !bytes.Equal(head, want) {
		t.Errorf("listsHead(5, 0, 7) = %v, %v, want %v", head, err, want)
	}
	// Magic, B and two offsets are 20 bytes.
	if _, err := listsHead([]int64{math.MaxUint32 - 20}); err != nil {
		t.Errorf("a file of 4 GiB: %v", err)
	}
	if _, err := listsHead([]int64{math.MaxUint32 - 19}); err == nil {
		t.Error("a file of more than 4 GiB is no error")
	}
}

// TestListsVerb writes the lists of a bundle on one and on two processors: they
// are the engine's own, the bytes are the same, and a second run writes nothing.
func TestListsVerb(t *testing.T) {
	data, err := makeSmall()
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	for _, processors := range []int{1, 2} {
		dir := filepath.Join(t.TempDir(), "bundles")
		_, hash, err := writeBundle(t.Context(), dir+"/", data)
		if err != nil {
			t.Fatal(err)
		}
		if listed(dir, hash) {
			t.Error("lists are there before they are written")
		}
		lists := func() (f listsFigures) {
			t.Helper()
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			out, _ := call(t, "lists", "--bundle", dir, "--json")
			if err := json.Unmarshal([]byte(out), &f); err != nil {
				t.Fatalf("%v in %s", err, out)
			}
			return f
		}
		if f := lists(); !f.Written || f.Movies != small.Movies || f.Bundle != hash {
			t.Errorf("figures of the run: %+v", f)
		}
		file, err := os.ReadFile(filepath.Join(dir, similarFile))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = file
			matchEngine(t, data, file, dir)
		}
		if !bytes.Equal(file, first) {
			t.Error("the bytes are others on two processors")
		}
		if err := os.WriteFile(filepath.Join(dir, similarFile), []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
		if f := lists(); f.Written || f.Bytes != 4 {
			t.Errorf("a second run wrote again: %+v", f)
		}
		if err := os.Remove(filepath.Join(dir, similarFile)); err != nil {
			t.Fatal(err)
		}
		if f := lists(); !f.Written || f.Bytes != int64(len(first)) {
			t.Errorf("what was lost did not come back: %+v", f)
		}
		if _, _, err := writeBundle(t.Context(), dir, []byte("another")); err != nil || listed(dir, "another") {
			t.Errorf("the lists count as those of another bundle (%v)", err)
		}
	}
}

// matchEngine compares lists with what the engine answers.
func matchEngine(t *testing.T, data, file []byte, dir string) {
	t.Helper()
	b, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(b)
	ids := func(text []byte) (list []catalog.ID) {
		var read struct {
			Items []listCard `json:"items"`
		}
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		for _, card := range read.Items {
			list = append(list, card.ID)
		}
		return list
	}
	for r, id := range b.Catalog.IDs {
		var want []catalog.ID
		for _, s := range e.Similar(catalog.Row(r), 20) {
			want = append(want, b.Catalog.IDs[s.Row])
		}
		if diff := cmp.Diff(want, ids([]byte(listIn(t, file, id)))); diff != "" {
			t.Errorf("list of %s (-engine +file):\n%s", id, diff)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, popularFile))
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := e.Browse(engine.Filter{Genre: engine.AllGenres}, engine.ByPopularity, 0, 20)
	var want []catalog.ID
	for _, r := range rows {
		want = append(want, b.Catalog.IDs[r])
	}
	if diff := cmp.Diff(want, ids(text)); diff != "" {
		t.Errorf("popular movies (-engine +file):\n%s", diff)
	}
}

// TestListsInterrupted leaves what was there.
func TestListsInterrupted(t *testing.T) {
	data, err := makeSmall()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "bundles")
	if _, _, err := writeBundle(t.Context(), dir+"/", data); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var said bytes.Buffer
	if code := run(ctx, []string{"lists", "--bundle", dir}, &said, &said); code != exitFailure {
		t.Errorf("exit code %d, want %d: %s", code, exitFailure, said.String())
	}
	if _, err := os.Stat(filepath.Join(dir, similarFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is there (%v)", similarFile, err)
	}
}
