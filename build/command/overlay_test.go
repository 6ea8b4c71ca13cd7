package command

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOverlayOfACatalog goes from a catalog to lists: what is sold out is in none, a new item
// and a pinned one are, and similar says what moved it.
func TestOverlayOfACatalog(t *testing.T) {
	file, dir := pricedBundle(t), t.TempDir()
	path := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return p
	}
	items := path("items.csv", "item_id,title,year,genres,price,stock\n3,Even 2,1964,Comedy,1,0\n5,Even 4,1978,Comedy,1,7\nfresh,Even fresh,2019,Comedy,3,9\n")
	rules := path("rules.json", `{"version": 1, "rules": {"Front": {"do": "pin", "items": ["40"]}, "Odd": {"do": "boost", "where": "colour=red", "by": 1}}}`)
	out := filepath.Join(dir, "live.json")
	figures, said := call(t, "overlay", "--items", items, "--bundle", file, "--rules", rules, "--out", out, "--json")
	var f struct {
		Items, New, Missing, Rules, Unused int
		SoldOut                            int `json:"sold_out"`
	}
	if err := json.Unmarshal([]byte(figures), &f); err != nil || f.Items != 3 || f.New != 1 || f.Missing != 38 || f.Rules != 2 || f.SoldOut != 1 || f.Unused != 1 {
		t.Errorf("overlay: %v in %s", err, figures)
	}
	for _, want := range []string{"column stock: how many there are", "38 items of the bundle not in the catalog", `rules "Odd", where: filter "colour=red", column 1`} {
		if !strings.Contains(said, want) {
			t.Errorf("overlay does not say %s:\n%s", want, said)
		}
	}
	list, said := call(t, "similar", "--bundle", file, "--item", "1", "--k", "39", "--live", out)
	if strings.Contains(list, "Even 2 ") || !strings.Contains(list, "Even fresh (2019)") {
		t.Errorf("similar lists what is sold out, or not what is new:\n%s", list)
	}
	if lines := strings.Split(list, "\n"); !strings.HasPrefix(lines[1], "  1  40 ") || !strings.HasPrefix(lines[2], `     moved by "Front": from place `) {
		t.Errorf("similar begins\n%s\n%s\n%s", lines[0], lines[1], lines[2])
	}
	if !strings.Contains(said, "--live: made ") {
		t.Errorf("similar said %q", said)
	}
	histories := path("H.csv", "user_id,item_id,rating\nu,21,5\n")
	lists, _ := call(t, "recommend", "--bundle", file, "--histories", histories, "--out", "-", "--k", "38", "--live", out)
	if !strings.HasPrefix(lists, "user_id,rank,item_id,score\nu,1,40,") || strings.Contains(lists, ",3,0") || !strings.Contains(lists, ",fresh,") || strings.Count(lists, "\n") != 39 {
		t.Errorf("recommend writes\n%s", lists)
	}
	failing := func(args ...string) (code int, said string) {
		var out, err bytes.Buffer
		code = Run(t.Context(), args, &out, &err)
		return code, err.String()
	}
	broken := path("broken.json", `{"version": 1, "items": {"1": {"price": -1}}}`)
	if code, said := failing("similar", "--bundle", file, "--item", "1", "--live", broken); code != exitUsage || !strings.Contains(said, `broken.json: live: items "1", price: goes from 0`) {
		t.Errorf("similar with a broken overlay: %d, %s", code, said)
	}
	if code, said := failing("overlay", "--items", items, "--rules", out, "--out", filepath.Join(dir, "x.json")); code != exitUsage || !strings.Contains(said, "takes rules alone") {
		t.Errorf("overlay with an overlay as rules: %d, %s", code, said)
	}
}
