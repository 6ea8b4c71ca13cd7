package content

import (
	"math"
	"testing"

	"sparrow/wasm/catalog"
)

// TestContentOfRareItems trains on items of two kinds that differ in genre:
// an item that no one saw must get the vectors of its kind.
func TestContentOfRareItems(t *testing.T) {
	c := &catalog.Catalog{IDs: make([]catalog.ID, 22), GenreNames: []string{"A", "B"}, Years: make([]int16, 22), Tags: make([][]uint16, 22)}
	in, out, bias := make([]float32, 44), make([]float32, 44), make([]float32, 22)
	count, trained := make([]float64, 22), []catalog.Row(nil)
	for r := range 22 {
		c.Genres = append(c.Genres, []uint8{uint8(r % 2)})
		if r < 20 {
			trained = append(trained, catalog.Row(r))
			count[r] = 10
			in[2*r+r%2], out[2*r+r%2] = 1, -2
			bias[r] = -3
		}
	}
	Fill(c, count, trained, bias, in, out)
	for r := 20; r < 22; r++ {
		own, other := in[2*r+r%2], in[2*r+1-r%2]
		if own < 0.5 || own <= other+0.2 {
			t.Errorf("In of movie %d = %v: not like its kind", r, in[2*r:2*r+2])
		}
		if own := out[2*r+r%2]; own > -1 {
			t.Errorf("Out of movie %d = %v: not like its kind", r, out[2*r:2*r+2])
		}
		// ln(0.5) + (-3 - ln(10.5)): as rare as its count says.
		if want := math.Log(0.5) - 3 - math.Log(10.5); math.Abs(float64(bias[r])-want) > 1e-5 {
			t.Errorf("Bias of movie %d = %g, want %g", r, bias[r], want)
		}
	}
	if in[40] != in[43] || in[41] != in[42] {
		t.Errorf("In of the two unseen movies are not mirrored: %v", in[40:44])
	}
}
