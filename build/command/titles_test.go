package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine"
)

// TestTitlesAreAddedWithoutTraining: an engine finds the items of the new bundle by their new
// names, and all that was learned is what it was.
func TestTitlesAreAddedWithoutTraining(t *testing.T) {
	dir := t.TempDir()
	file, out := filepath.Join(dir, "names.csv"), filepath.Join(dir, "out")+"/"
	if err := os.WriteFile(file, []byte("item_id,lang,title\n5,zh,重逢\n5,,Fifth\nnone,zh,无\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	from := trainedSmall(t)
	_, said := call(t, "titles", "--titles", file, "--bundle", from, "--out", out)
	if !strings.Contains(said, "2 names of 1 item: title_also, title_zh, title_pinyin") || !strings.Contains(said, "1 row, the first at line 4") {
		t.Fatalf("it says %s", said)
	}
	before, _, err := bundledir.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	after, _, err := bundledir.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	e := engine.New(after)
	for _, query := range []string{"重逢", "chongfeng", "cf", "fifth"} {
		if hits := e.Search(query, 3); len(hits) != 1 || after.Catalog.IDs[hits[0].Row] != "5" {
			t.Errorf("Search(%q) = %v", query, hits)
		}
	}
	after.Catalog.Attributes = before.Catalog.Attributes
	was, err := bundle.Encode(before)
	if err != nil {
		t.Fatal(err)
	}
	if is, err := bundle.Encode(after); err != nil || string(is) != string(was) {
		t.Errorf("the bundle without its titles is not what it was: %v", err)
	}
}
