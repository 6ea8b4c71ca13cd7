package evaluation

import (
	"math"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// TestGenreKLByHand: the profile is half a and half b; an item of both genres has the
// same, one of a alone costs ½·ln(½/(.99+.005)) + ½·ln(½/.005).
func TestGenreKLByHand(t *testing.T) {
	c := &catalog.Catalog{GenreNames: []string{"a", "b"}, Genres: [][]uint8{{0}, {1}, {0, 1}, {}, {1}}}
	h := feature.History{{Row: 0, Stars: 5}, {Row: 1}, {Row: 3, Stars: 5}, {Row: 4, Stars: 2}} // the last is disliked
	for _, x := range []struct {
		ranked list
		want   float64
	}{
		{list{2}, 0},
		{list{0, 1, 0, 0}, 0}, // the first two count
		{list{2, 3}, 0},       // what has no genres counts for nothing
		{list{0}, (math.Log(0.5/0.995) + math.Log(0.5/0.005)) / 2},
		{list{3}, math.NaN()},
		{nil, math.NaN()},
	} {
		if got := GenreKL(c, h, x.ranked, 2); math.Abs(got-x.want) > 1e-6 || math.IsNaN(got) != math.IsNaN(x.want) {
			t.Errorf("GenreKL(%v) = %v, want %v", x.ranked, got, x.want)
		}
	}
	if got := GenreKL(c, h[3:], list{0}, 2); !math.IsNaN(got) {
		t.Errorf("of a profile without likes: %v, want NaN", got)
	}
}

func TestRareShareByHand(t *testing.T) {
	counts := []int{0, 5, 6, 100}
	if got := RareShare(list{0, 1, 2, 3, 0}, counts, 4); got != 0.5 {
		t.Errorf("RareShare = %v, want 0.5", got)
	}
	if got := RareShare(nil, counts, 4); !math.IsNaN(got) {
		t.Errorf("of no list: %v, want NaN", got)
	}
}
