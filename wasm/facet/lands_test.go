package facet

import (
	"testing"

	"sparrow/wasm/catalog"
)

func TestALandIsCalledManyWays(t *testing.T) {
	for _, c := range []struct {
		query, text string
		n           int
		is          bool
	}{
		{"french comedies", "France", 1, true},
		{"French comedies", "fr", 1, true},
		{"french", "French", 1, true},
		{"法国 喜剧", "FR", 2, true}, // ideographs are words each
		{"united states drama", "USA", 2, true},
		{"japanese animation", "Japan", 1, true},
		{"japanese animation", "France", 1, false},
		{"french", "France, Italy", 1, false},
		{"in the mood", "India", 0, false}, // a code is no word of a query
		{"it", "Italy", 0, false},
		{"horror", "", 0, false},
		{"", "France", 0, false},
	} {
		names, n := Land(catalog.Words(c.query))
		if n != c.n || Calls(names, c.text) != c.is {
			t.Errorf("%q: %d words, calls %q %v; want %d, %v", c.query, n, c.text, Calls(names, c.text), c.n, c.is)
		}
	}
}

// TestNoLandIsTwo: a name stands once, so that it does not depend on the order which land it is.
func TestNoLandIsTwo(t *testing.T) {
	seen := map[string]bool{}
	for _, all := range lands {
		for _, name := range all {
			if seen[name] {
				t.Errorf("%q is the name of two", name)
			}
			seen[name] = true
		}
	}
}
