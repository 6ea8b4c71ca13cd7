package evaluation

import (
	"math"
	"testing"

	"sparrow/wasm/catalog"
)

// Of four items: shown 1, 1, 1, 1 times the places are equal; 0, 0, 0, 4 times one
// has all, 3/4. Shown 0, 0, 1, 3 times: Σ (2i-5)·x = 1·1 + 3·3 = 10, over 4·4.
func TestGini(t *testing.T) {
	tests := []struct {
		name  string
		lists []list
		k     int
		want  float64
	}{
		{"equal", []list{{0, 1}, {2, 3}}, 2, 0},
		{"one has all", []list{{2}, {2}, {2}, {2}}, 1, 0.75},
		{"between", []list{{0, 1}, {0}, {0}}, 2, 10.0 / 16},
		{"cut at k", []list{{2, 0}, {2, 1}, {2, 3}}, 1, 0.75},
		{"nothing shown", []list{nil, nil}, 2, 0},
	}
	for _, tt := range tests {
		if got := Gini(tt.lists, tt.k, 4); !near(got, tt.want) {
			t.Errorf("%s: Gini(%v, %d, 4) = %g, want %g", tt.name, tt.lists, tt.k, got, tt.want)
		}
	}
}

// Of 8 users all have item 0, two have item 1 and no one has item 2: 0, 2 and
// 3 bits, the last as if one had it.
func TestNoveltyAndPopularity(t *testing.T) {
	counts := []int{8, 2, 0}
	if got := Novelty(list{0, 1, 2}, counts, 8, 3); !near(got, 5.0/3) {
		t.Errorf("Novelty = %g bits, want 5/3", got)
	}
	if got := Novelty(list{0, 1, 2}, counts, 8, 2); !near(got, 1) {
		t.Errorf("Novelty of the first two = %g bits, want 1", got)
	}
	if got := MeanPopularity(list{0, 1, 2}, counts, 8); !near(got, 1.25/3) {
		t.Errorf("MeanPopularity = %g, want 1.25/3", got)
	}
	if a, b := Novelty(nil, counts, 8, 3), MeanPopularity(nil, counts, 8); !math.IsNaN(a) || !math.IsNaN(b) {
		t.Errorf("Novelty and MeanPopularity of nothing are %g and %g, want NaN", a, b)
	}
}

func TestDistances(t *testing.T) {
	// Unit vectors along the axes and the diagonal, and none.
	cosine := CosineDistance([]float32{1, 0, 0, 3, 2, 2, 0, 0, -1, 0}, 2)
	half := 1 - math.Sqrt2/2
	// Genres 0 1, 1 2, none, none, 0 1: one of three in common.
	genre := GenreDistance(&catalog.Catalog{Genres: [][]uint8{{0, 1}, {1, 2}, nil, nil, {1, 0}}})
	for _, tt := range []struct {
		name    string
		between Distance
		a, b    catalog.Row
		want    float64
	}{
		{"right angle", cosine, 0, 1, 1}, {"half of it", cosine, 1, 2, half}, {"no vector", cosine, 0, 3, 1}, {"opposite", cosine, 0, 4, 2},
		{"one genre of three", genre, 0, 1, 2.0 / 3}, {"the same genres", genre, 0, 4, 0}, {"no genres", genre, 2, 3, 1}, {"none and some", genre, 2, 0, 1},
	} {
		if got := tt.between(tt.a, tt.b); !(math.Abs(got-tt.want) < 1e-6) {
			t.Errorf("%s: %g, want %g", tt.name, got, tt.want)
		}
	}
	if got := IntraListDistance(list{0, 1, 2}, cosine, 3); !(math.Abs(got-(1+2*half)/3) < 1e-6) {
		t.Errorf("IntraListDistance = %g, want %g", got, (1+2*half)/3)
	}
	if got := IntraListDistance(list{0, 1, 2}, cosine, 2); !(math.Abs(got-1) < 1e-6) {
		t.Errorf("IntraListDistance of the first two = %g, want 1", got)
	}
	if got := IntraListDistance(list{0, 1, 2}, cosine, 1); !math.IsNaN(got) {
		t.Errorf("IntraListDistance of one = %g, want NaN", got)
	}
}
