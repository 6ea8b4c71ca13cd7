package experiment

import (
	"testing"

	"sparrow/wasm/event"
)

// TestSeedsAreChance: the numbers of one seed, and the first numbers of seeds
// that follow each other in time, are uniform and do not follow each other.
func TestSeedsAreChance(t *testing.T) {
	s := SeedOf("explore", counting, 5)
	for name, draw := range map[string]func(i int) float64{
		"one seed":               func(i int) float64 { return s.Uniform(uint64(i)) },
		"places of a list":       func(i int) float64 { return s.Uniform(uint64(i)<<32 | 77) },
		"periods of one visitor": func(i int) float64 { return SeedOf("explore", counting, int64(i)).Uniform(0) },
		"visitors": func(i int) float64 {
			return SeedOf("explore", event.Visitor{13: byte(i >> 16), 14: byte(i >> 8), 15: byte(i)}, 5).Uniform(0)
		},
	} {
		counts, pairs, even := make([]int, 100), make([]int, 100), make([]float64, 100)
		for i := range crowdSize {
			x, y := int(10*draw(2*i)), int(10*draw(2*i+1))
			counts[int(100*draw(i))]++
			pairs[10*x+y]++
			even[i%100] = 1
		}
		if x := chiSquare(counts, even); x > critical99 {
			t.Errorf("%s: χ² of 100 buckets is %.1f", name, x)
		}
		if x := chiSquare(pairs, even); x > critical99 {
			t.Errorf("%s: χ² of numbers that follow each other is %.1f", name, x)
		}
	}
	if a, b := SeedOf("explore", counting, 5), SeedOf("draft", counting, 5); a == b {
		t.Error("two layers share a seed")
	}
}
