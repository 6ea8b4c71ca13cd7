package content

import (
	"math"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
)

// shelf is a catalog of eight items: two sequels of one genre, two of it with
// other titles, three of another genre, and one of which nothing is known.
func shelf() *catalog.Catalog {
	return &catalog.Catalog{
		IDs:        make([]catalog.ID, 8),
		Titles:     []string{"Rare Bird", "Rare Bird 2", "Snow", "Rain", "The Lake", "A Hill", "(Bird)", ""},
		Genres:     [][]uint8{{0}, {0}, {0}, {0}, {1}, {1}, {1}, nil},
		GenreNames: []string{"A", "B"},
		Years:      make([]int16, 8),
		Tags:       make([][]uint16, 8),
	}
}

func cosine(v []float32, d, a, b int) (sum float64) {
	for i := range d {
		sum += float64(v[a*d+i]) * float64(v[b*d+i])
	}
	return sum
}

// TestVectorsAreNearWhereContentIs: a shared genre and shared words make items
// alike, both more than one; what nothing is known of has zeros.
func TestVectorsAreNearWhereContentIs(t *testing.T) {
	for _, d := range []int{6, 32} { // fewer and more than the features
		v := Vectors(shelf(), d, 1)
		sequel, genre, other := cosine(v, d, 0, 1), cosine(v, d, 0, 2), cosine(v, d, 0, 4)
		if sequel < genre+0.1 || genre < other+0.2 {
			t.Errorf("D=%d: a sequel is %.2f near, the genre %.2f, another one %.2f", d, sequel, genre, other)
		}
		for r := range 8 {
			if got, want := cosine(v, d, r, r), 1.0; r < 7 && math.Abs(got-want) > 1e-5 || r == 7 && got != 0 {
				t.Errorf("D=%d: the squared length of item %d is %g", d, r, got)
			}
		}
		if !slices.Equal(v, Vectors(shelf(), d, 1)) {
			t.Errorf("D=%d: the same seed gives other vectors", d)
		}
	}
}

// TestVectorsByHand: with room for every feature, two items of one genre and
// no other content are the same, and an inner product is the share of what they
// have in common: .4 of a genre against .3 of a title that differs.
func TestVectorsByHand(t *testing.T) {
	v := Vectors(shelf(), 32, 1)
	if got, want := cosine(v, 32, 2, 3), 0.4/0.7; math.Abs(got-want) > 1e-3 {
		t.Errorf("Snow and Rain are %.4f near, want %.4f", got, want)
	}
	if got := cosine(v, 32, 2, 5); math.Abs(got) > 1e-3 {
		t.Errorf("Snow and A Hill are %.4f near, want 0", got)
	}
}

func TestWordsOf(t *testing.T) {
	for title, want := range map[string][]string{
		"The Hill, the Sea-Side (La Mer)": {"the", "hill", "sea", "side"},
		"Élan 2":                          {"élan", "2"},
		"七人の侍":                            {"七", "人", "の", "侍"},
		"(500) Days":                      {"500", "days"},
		"— …":                             nil,
	} {
		if got := wordsOf(beforeBrackets(title)); !slices.Equal(got, want) {
			t.Errorf("wordsOf(%q) = %q, want %q", title, got, want)
		}
	}
}
