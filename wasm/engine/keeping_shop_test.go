package engine

import (
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine/enginetest"
)

// TestAShelfKeepsNothing gives 60 items one of eight genres each, as the shelves of a shop:
// eight likes of one keep no list to it, as they do where each has two genres.
func TestAShelfKeepsNothing(t *testing.T) {
	for several, want := range map[bool]int{false: 0, true: 1} {
		b := enginetest.Parity(60)
		b.Catalog.GenreNames = []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"}
		var likes []catalog.Row
		for r := range b.Catalog.Genres {
			g := uint8(r % 8)
			b.Catalog.Genres[r] = []uint8{g}
			if several {
				b.Catalog.Genres[r] = append(b.Catalog.Genres[r], 8+uint8(r/8%3))
			}
			if g == 3 {
				likes = append(likes, catalog.Row(r))
			}
		}
		e := New(b)
		if got := e.keeping(likes); len(got) != want || want == 1 && !got[0][3] {
			t.Errorf("several genres each %v: %d likes of one are kept to %v", several, len(likes), got)
		}
	}
}
