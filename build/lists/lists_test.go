package lists

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

// TestListsAreTheEngines compares lists with what the engine answers.
func TestListsAreTheEngines(t *testing.T) {
	b, dir := enginetest.Parity(30), t.TempDir()
	if err := Write(t.Context(), dir, b, strings.Repeat("0123", 16), nil); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, SimilarFile))
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
	text, err := os.ReadFile(filepath.Join(dir, PopularFile))
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

// TestListsSayWhatIsShared compares the reasons of all lists with what the engine
// says that two items have in common.
func TestListsSayWhatIsShared(t *testing.T) {
	b, dir := enginetest.Parity(60), t.TempDir()
	if err := Write(t.Context(), dir, b, strings.Repeat("0123", 16), nil); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, SimilarFile))
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(b)
	type reason struct {
		Kind  string
		Names []string
	}
	said, silent := map[string]int{}, 0
	for r, id := range b.Catalog.IDs {
		var read struct{ Items []struct{ Why []reason } }
		if err := json.Unmarshal([]byte(listIn(t, file, id)), &read); err != nil {
			t.Fatal(err)
		}
		list := e.Similar(catalog.Row(r), Length)
		if len(read.Items) != len(list) {
			t.Fatalf("the list of %s has %d items, want %d", id, len(read.Items), len(list))
		}
		for i := range list {
			var want []reason
			if kind, names := e.Likeness(&list[i], catalog.Row(r)); kind != "" {
				want = []reason{{kind, names}}
				said[kind]++
			} else {
				silent++
			}
			if diff := cmp.Diff(want, read.Items[i].Why); diff != "" {
				t.Errorf("%s and %s (-engine +file):\n%s", id, b.Catalog.IDs[list[i].Row], diff)
			}
		}
	}
	if len(said) < 3 || silent == 0 {
		t.Errorf("kinds %v and %d items without a reason: the lists do not try what they should", said, silent)
	}
	popular, err := os.ReadFile(filepath.Join(dir, PopularFile))
	if err != nil || strings.Contains(string(popular), `"why"`) {
		t.Errorf("popular items have reasons: %s (%v)", popular, err)
	}
}

// TestListsOfWhatNoOneKnows has an item that shares nothing with others, and one
// that a single other is known to be like: the list of the first says that it has
// popular items, that of the second has none of them, as the engine's answers.
func TestListsOfWhatNoOneKnows(t *testing.T) {
	b, dir := enginetest.Parity(30), t.TempDir()
	c := b.Catalog
	const lone, pair, twin = 7, 9, 11
	for r, title := range map[int]string{lone: "", pair: "Quilt loom", twin: "Quilt harp"} {
		c.Genres[r], c.Tags[r], c.Years[r], c.Titles[r] = nil, nil, 0, title
		b.Statistics.Count[r] = 0
	}
	if err := Write(t.Context(), dir, b, strings.Repeat("0123", 16), nil); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(dir, SimilarFile))
	if err != nil {
		t.Fatal(err)
	}
	e, short := engine.New(b), 0
	for r, id := range c.IDs {
		var read struct {
			Items   []listCard
			Popular bool
		}
		if err := json.Unmarshal([]byte(listIn(t, file, id)), &read); err != nil {
			t.Fatal(err)
		}
		list := e.Similar(catalog.Row(r), Length)
		alike := 0
		for _, s := range list {
			if s.Score > 0 {
				alike++
			}
		}
		want := alike
		if alike == 0 {
			want = len(list)
		} else if alike < len(list) {
			short++
		}
		if read.Popular != (alike == 0) || len(read.Items) != want {
			t.Errorf("list of %s: popular %v, %d items; want %v, %d", id, read.Popular, len(read.Items), alike == 0, want)
		}
		if read.Popular != (r == lone) {
			t.Errorf("list of %s: popular %v", id, read.Popular)
		}
	}
	if short == 0 {
		t.Error("no list is short of items that are alike: the bundle does not try what it should")
	}
}
