package dataset

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// TestMovieLensFolders reads the real sets where SPARROW_DATA names their
// folder; the counts are those that GroupLens' README and the set's makers give.
func TestMovieLensFolders(t *testing.T) {
	root := os.Getenv("SPARROW_DATA")
	if root == "" {
		t.Log("SPARROW_DATA is not set: nothing to read")
		return
	}
	for _, c := range []struct {
		folder, name              string
		items, users, interaction int
	}{
		{"ml-latest-small", "MovieLens latest-small", 9742, 610, 100836},
		{"ml-1m", "MovieLens 1M", 3883, 6040, 993571},
	} {
		t.Run(c.folder, func(t *testing.T) {
			d, r, err := Open(context.Background(), filepath.Join(root, c.folder), Options{})
			if err != nil {
				t.Fatal(err)
			}
			r.WriteTable(t.Output())
			if d.Name != c.name || d.Catalog.Len() != c.items || len(d.Users) != c.users || len(d.Interactions) != c.interaction {
				t.Errorf("Open(%s) = %q, %d movies, %d users, %d interactions; want %v", c.folder, d.Name, d.Catalog.Len(), len(d.Users), len(d.Interactions), c)
			}
			if row, ok := d.Catalog.Row("50"); !ok || d.Catalog.Titles[row] != "The Usual Suspects" || d.Catalog.Years[row] != 1995 {
				t.Errorf("movie 50 is %q", d.Catalog.Titles[row])
			}
		})
	}
}
