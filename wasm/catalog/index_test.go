package catalog

import (
	"testing"

	"pgregory.net/rapid"
)

func TestRowFindsEveryID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOf(rapid.StringMatching(`[0-9a-c]{1,3}`)).Draw(t, "ids")
		c := new(Catalog)
		first, twice := map[ID]Row{}, false
		for r, id := range ids {
			c.IDs = append(c.IDs, ID(id))
			if _, ok := first[ID(id)]; ok {
				twice = true
			} else {
				first[ID(id)] = Row(r)
			}
		}
		c.Index()
		for id, want := range first {
			if got, ok := c.Row(id); got != want || !ok {
				t.Errorf("Row(%q) = %d, %t, want %d, true", id, got, ok, want)
			}
		}
		if got, ok := c.Row("none"); got != None || ok {
			t.Errorf("Row(none) = %d, %t, want None, false", got, ok)
		}
		if got := c.Twice(); (got != None) != twice {
			t.Errorf("Twice() = %d for %q", got, ids)
		}
	})
}
