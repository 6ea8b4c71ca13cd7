package stats

import (
	"math"
	"math/rand/v2"
)

// Alias draws numbers in proportion to weights in constant time.
// Source: Walker, ACM TOMS 1977, in Vose's form.
type Alias struct {
	accept []float32
	other  []int32
	log    []float32 // of each number's probability
}

// NewAlias returns a table that draws i by weights[i].
func NewAlias(weights []float64) *Alias {
	n := len(weights)
	a := &Alias{make([]float32, n), make([]int32, n), make([]float32, n)}
	var sum float64
	for _, w := range weights {
		sum += w
	}
	scaled := make([]float64, n)
	var small, large []int32
	for i, w := range weights {
		scaled[i] = w / sum * float64(n)
		a.log[i] = float32(math.Log(w / sum))
		if scaled[i] < 1 {
			small = append(small, int32(i))
		} else {
			large = append(large, int32(i))
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		a.accept[s], a.other[s] = float32(scaled[s]), l
		scaled[l] -= 1 - scaled[s]
		if scaled[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	for _, rest := range [][]int32{small, large} {
		for _, i := range rest {
			a.accept[i], a.other[i] = 1, i
		}
	}
	return a
}

// Next draws a number.
func (a *Alias) Next(rng *rand.Rand) int32 {
	i := rng.IntN(len(a.accept))
	if rng.Float32() < a.accept[i] {
		return int32(i)
	}
	return a.other[i]
}

// LogExpected returns the log of how many times i is expected among n draws.
func (a *Alias) LogExpected(i int32, n int) float32 {
	return a.log[i] + float32(math.Log(float64(n)))
}
