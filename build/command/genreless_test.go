package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/dataset"
)

// TestModelsOfACatalogWithoutGenres: the models of the course train, ship and are compared where
// no item has a genre.
func TestModelsOfACatalogWithoutGenres(t *testing.T) {
	dir := t.TempDir()
	var items, rows strings.Builder
	items.WriteString("item_id,title\n")
	rows.WriteString("user_id,item_id,timestamp,rating\n")
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 90, Items: 60, Interactions: 1800, Groups: 3})
	for r, id := range d.Catalog.IDs {
		fmt.Fprintf(&items, "%s,Item %d\n", id, r+1)
	}
	for u, id := range d.Users {
		for k, i := range d.Of(u) {
			fmt.Fprintf(&rows, "%s,%s,%d,%d\n", id, d.Catalog.IDs[i.Row], i.At, 1+(u+k*k)%5)
		}
	}
	for name, text := range map[string]string{"items.csv": items.String(), "interactions.csv": rows.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "b.bundle")
	call(t, "bundle", "--ship", "measured", "--input", dir, "--out", out, "--models", "FM,Embedding+MLP")
	if said, _ := call(t, "inspect", "--bundle", out); !strings.Contains(said, "Embedding+MLP") {
		t.Errorf("the bundle does not carry the models:\n%s", said)
	}
	if table, _ := call(t, "compare", "--input", dir, "--models", "FM", "--no-tune"); !strings.Contains(table, "FM") {
		t.Errorf("compare prints\n%s", table)
	}
}
