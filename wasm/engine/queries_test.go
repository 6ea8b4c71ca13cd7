package engine_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
)

// wishes reads testdata/queries.tsv: what people type, and the item that they want.
func wishes(t testing.TB) (all []struct {
	query string
	id    catalog.ID
	title string
}) {
	t.Helper()
	text, err := os.ReadFile("testdata/queries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		part := strings.Split(line, "\t")
		if len(part) != 3 {
			t.Fatalf("queries.tsv: %q has %d parts, want query, id and title", line, len(part))
		}
		all = append(all, struct {
			query string
			id    catalog.ID
			title string
		}{part[0], catalog.ID(part[1]), part[2]})
	}
	return all
}

// TestPeopleFindWhatTheyAskFor: of the queries of a file that was written from how people
// ask, the wished item stands first for 93 of 100 and among the first five for 98.
func TestPeopleFindWhatTheyAskFor(t *testing.T) {
	e := demo(t)
	c := e.Catalog()
	asked, first, five := 0, 0, 0
	for _, w := range wishes(t) {
		r, ok := c.Row(w.id)
		if !ok || c.Titles[r] != w.title {
			t.Fatalf("queries.tsv: %q: the catalog has no %s called %q", w.query, w.id, w.title)
		}
		asked++
		found := e.Search(w.query, 7)
		at := slices.IndexFunc(found, func(hit catalog.Hit) bool { return hit.Row == r })
		if at == 0 {
			first++
		}
		if at >= 0 && at < 5 {
			five++
		}
		if at != 0 {
			best := "nothing"
			if len(found) > 0 {
				best = c.Titles[found[0].Row]
			}
			t.Logf("%q: %q is at %d, and %s first", w.query, w.title, at, best)
		}
	}
	t.Logf("%d queries: recall@1 %.3f, recall@5 %.3f", asked, float64(first)/float64(asked), float64(five)/float64(asked))
	if asked < 300 || float64(first) < .93*float64(asked) || float64(five) < .98*float64(asked) {
		t.Errorf("%d queries, %d first, %d among five: want 300, 93 %% and 98 %%", asked, first, five)
	}
}
