package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// draws draws the knobs of one setting at random and keeps what it drew. Random
// draws find a good setting sooner than a grid of as many, since few of the knobs
// matter: Bergstra and Bengio, JMLR 2012.
type draws struct {
	rng   *rand.Rand
	drawn []string
}

// newDraws returns the draws of the k-th setting, the same for the same seed.
func newDraws(seed uint64, k int) *draws {
	return &draws{rng: rand.New(rand.NewPCG(seed, 17+uint64(k)))}
}

// String names what was drawn.
func (d *draws) String() string { return strings.Join(d.drawn, ", ") }

// pick draws one of the values.
func pick[T any](d *draws, knob string, values ...T) T {
	v := values[d.rng.IntN(len(values))]
	d.drawn = append(d.drawn, fmt.Sprint(knob, " ", v))
	return v
}

// between draws from low to high, evenly in the logarithm, to two digits.
func (d *draws) between(knob string, low, high float64) float64 {
	v := low * math.Pow(high/low, d.rng.Float64())
	digit := math.Pow(10, math.Floor(math.Log10(v))-1)
	v = math.Round(v/digit) * digit
	d.drawn = append(d.drawn, fmt.Sprintf("%s %.2g", knob, v))
	return v
}
