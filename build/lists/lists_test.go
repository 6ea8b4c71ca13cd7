package lists

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
)

// TestListsAreTheEngines compares lists with what the engine answers.
func TestListsAreTheEngines(t *testing.T) {
	b, dir := enginetest.Parity(30), t.TempDir()
	if err := Write(t.Context(), dir, b, "0123", nil); err != nil {
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
