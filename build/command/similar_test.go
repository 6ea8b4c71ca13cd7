package command

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSimilarOfWhatNoOneKnows has an item without interactions that shares nothing
// with others, and one of which a single other item is known to be like it.
func TestSimilarOfWhatNoOneKnows(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"items.csv":        "item_id,title,genres\na,Heat,Crime\nb,Alien,Horror\nc,Clerks,Comedy\nd,Fargo,Crime\nlone,Xylophone,\npair,Quilt,Craft\ntwin,Loom,Craft\n",
		"interactions.csv": "user_id,item_id,timestamp\n1,a,1\n1,b,2\n1,c,3\n1,d,4\n2,b,1\n2,c,2\n2,d,3\n3,a,5\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := filepath.Join(dir, "b.bundle")
	call(t, "bundle", "--ship", "measured", "--input", dir, "--out", b)
	for item, alike := range map[string]int{"lone": 0, "pair": 1} {
		out, _ := call(t, "similar", "--bundle", b, "--item", item, "--k", "4", "--json")
		var list []similarFigure
		if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 4 {
			t.Fatalf("%v in %s", err, out)
		}
		for i, s := range list {
			if s.Alike != (i < alike) || s.Alike != (s.Score > 0) {
				t.Errorf("%s: %+v at %d, want %d alike", item, s, i, alike)
			}
		}
		text, _ := call(t, "similar", "--bundle", b, "--item", item, "--k", "4")
		lines := strings.Split(text, "\n")
		if (alike == 0) != strings.HasPrefix(text, "no item is known to be like Xylophone") || lines[1+alike] != "not like it, but popular:" || strings.Count(text, "popular:") != 1 {
			t.Errorf("%s:\n%s", item, text)
		}
	}
}
