package catalog

import (
	"slices"
	"testing"
)

// TestTheGenreIsTheRarestNotTheFirst: 0 stands in four items, 1 in two, 2 in three,
// 3 in one but never alone, 4 in none.
func TestTheGenreIsTheRarestNotTheFirst(t *testing.T) {
	c := &Catalog{
		GenreNames: []string{"Action", "Crime", "Drama", "IMAX", "War"},
		Genres:     [][]uint8{{0}, {0, 1, 2, 3}, {0, 2}, {1}, {2}, {0}, {}},
	}
	ranks := c.GenreRanks()
	if want := []uint8{2, 0, 1, 4, 3}; !slices.Equal(ranks, want) {
		t.Errorf("GenreRanks() = %v, want %v", ranks, want)
	}
	for r, want := range [][]uint8{{0}, {1, 2, 0, 3}, {2, 0}, {1}, {2}, {0}, {}} {
		if got := c.Specific([]uint8{9}, Row(r), ranks); !slices.Equal(got[1:], want) || got[0] != 9 {
			t.Errorf("Specific([9], %d) = %v, want 9 and %v", r, got, want)
		}
	}
	if want := []uint8{0, 1, 2, 3}; !slices.Equal(c.Genres[1], want) {
		t.Errorf("the catalog's own order is %v afterwards, want %v", c.Genres[1], want)
	}
}
