package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// TestSimilarItemsOfACatalogWithoutGenresShareAListener bundles artists of whom nothing
// is known but a name, most of whom share a word of it with many, and few listeners
// each, five or six: of the five most similar at least 97 % share a listener with the
// artist. With 24 listeners each all but one of 3,000 do.
func TestSimilarItemsOfACatalogWithoutGenresShareAListener(t *testing.T) {
	dir := t.TempDir()
	var items, rows strings.Builder
	items.WriteString("item_id,title\n")
	rows.WriteString("user_id,item_id,timestamp\n")
	d := dataset.Synthetic(dataset.Shape{Seed: 5, Users: 150, Items: 900, Interactions: 5000, Groups: 6})
	first := []string{"Black", "Nine", "John", "The", "Red", "Los", "Big", "Radio"}
	second := []string{"Smith", "Keys", "Stars", "Heads", "Wolf"}
	for r, id := range d.Catalog.IDs {
		fmt.Fprintf(&items, "%s,%s %s %d\n", id, first[r%len(first)], second[r%len(second)], 100+r)
	}
	listeners := map[string]map[int]bool{}
	for u, id := range d.Users {
		for _, i := range d.Of(u) {
			item := string(d.Catalog.IDs[i.Row])
			fmt.Fprintf(&rows, "%s,%s,%d\n", id, item, i.At)
			if listeners[item] == nil {
				listeners[item] = map[int]bool{}
			}
			listeners[item][u] = true
		}
	}
	for name, text := range map[string]string{"items.csv": items.String(), "interactions.csv": rows.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "b.bundle")
	call(t, "bundle", "--ship", "measured", "--input", dir, "--out", out)
	b, _, err := bundledir.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(b)
	all, shared := 0, 0
	for r := range catalog.Row(b.Catalog.Len()) {
		own := listeners[string(b.Catalog.IDs[r])]
		if len(own) < 2 {
			continue // the newest interaction of a user is held out: of one listener none may be left
		}
		for _, s := range e.Similar(r, 5) {
			all++
			for u := range listeners[string(b.Catalog.IDs[s.Row])] {
				if own[u] {
					shared++
					break
				}
			}
		}
	}
	t.Logf("%d of %d share a listener", shared, all)
	if 100*shared < 97*all {
		t.Errorf("%d of the %d most similar share a listener, want 97 %%", shared, all)
	}
}
