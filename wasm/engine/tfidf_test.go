package engine

import (
	"math"
	"testing"

	"sparrow/wasm/catalog"
)

// TestCosinesByHand: four items with terms {1}, {1,2}, {2,3}, {}. Two of four
// have term 1 and two term 2, so both weigh ln 2; one has term 3: ln 4 = 2·ln 2.
// In units of ln 2 the lengths are 1, √2, √(1+4) = √5 and 0.
func TestCosinesByHand(t *testing.T) {
	s := newTFIDF(4, []uint64{1 << 32, 1<<32 | 1, 2<<32 | 1, 2<<32 | 2, 3<<32 | 2})
	tests := []struct {
		row  catalog.Row
		want []float64
	}{
		{0, []float64{1, 1 / math.Sqrt2, 0, 0}},
		{1, []float64{1 / math.Sqrt2, 1, 1 / math.Sqrt(10), 0}},
		{2, []float64{0, 1 / math.Sqrt(10), 1, 0}},
		{3, []float64{0, 0, 0, 0}},
	}
	for _, tt := range tests {
		got := make([]float32, 4)
		s.cosines(got, tt.row)
		for i, want := range tt.want {
			if math.Abs(float64(got[i])-want) > 1e-6 {
				t.Errorf("cosines(%d)[%d] = %v, want %v", tt.row, i, got[i], want)
			}
		}
	}
}

func gathered(g *gathering) (made *tfidf) {
	for made == nil {
		made = g.step()
	}
	return made
}

func TestTitlesMeetBySharedWords(t *testing.T) {
	titles := []string{"Toy Story", "Toy Story 2", "The Story of Us", "Heat", "TOY STORY: 3!", "千と千尋", "千年女優", ""}
	c := &catalog.Catalog{IDs: make([]catalog.ID, len(titles)), Titles: titles}
	s := gathered(gatherTitles(c))
	cos := make([]float32, len(titles))
	s.cosines(cos, 0)
	if !(cos[1] > cos[2] && cos[4] > cos[2] && cos[2] > 0) {
		t.Errorf("Toy Story: sequels %v and %v, another story %v; want the sequels above it", cos[1], cos[4], cos[2])
	}
	if cos[3] != 0 || cos[7] != 0 {
		t.Errorf("Toy Story: Heat %v, no title %v, want 0", cos[3], cos[7])
	}
	s.cosines(cos, 5)
	if cos[6] <= 0 {
		t.Errorf("two titles that share 千: %v, want more than 0", cos[6])
	}
}
