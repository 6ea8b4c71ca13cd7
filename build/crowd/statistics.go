package crowd

import (
	"math"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/feature"
	"sparrow/wasm/quant"
)

// Statistics counts what the crowd did with each item in d, some interactions
// in part, each person once (see [Counts]). Trend is the sum of 2^(-age/halfLife) over its interactions,
// where age is the time from the interaction to the newest one in d and halfLife
// is in seconds. Count and Rated are rounded, Mean and deviation to two decimals, Trend as
// [roundTrend] does: what is measured with them is what the bundle holds.
func Statistics(d *dataset.Dataset, halfLife float64) feature.Statistics {
	n := d.Catalog.Len()
	s := feature.Statistics{
		Count: make([]uint32, n), Mean: make([]float32, n), Stddev: make([]float32, n), Trend: make([]float32, n),
	}
	for u := range d.Start {
		for _, e := range d.Of(u) {
			s.AsOf = max(s.AsOf, int64(e.At))
		}
	}
	rated, sum, squares, trend := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	count := Counts(d)
	for u := range d.Start {
		for _, e := range d.Of(u) {
			w := e.Counted()
			trend[e.Row] += float64(w * math.Exp2(-float64(s.AsOf-int64(e.At))/halfLife))
			if e.Stars > 0 {
				stars := float64(e.Stars) / 2
				rated[e.Row] += w
				sum[e.Row] += float64(w * stars)
				squares[e.Row] += float64(w * stars * stars)
			}
		}
	}
	s.Rated = make([]uint32, n)
	whole := true
	for r := range n {
		s.Count[r] = uint32(math.Round(count[r]))
		if rated[r] > 0 {
			s.Rated[r] = uint32(math.Round(rated[r]))
			whole = whole && s.Rated[r] == s.Count[r]
			mean := sum[r] / rated[r]
			s.Mean[r] = hundredths(mean)
			s.Stddev[r] = hundredths(math.Sqrt(max(0, squares[r]/rated[r]-mean*mean)))
		}
		s.Trend[r] = float32(trend[r])
	}
	if whole {
		s.Rated = nil
	}
	roundTrend(s.Trend)
	return s
}

// roundTrend rounds trends to eight significant bits and to multiples of a step
// between 1/128 and 1/64 of the median of those above 0. What is worth less lies
// years back, where the order of items says nothing: but as floats these are of all
// sizes, and cost the demo bundle 6 KB of 15. A median, since a step of fixed
// size would take all but an item whose time is wrong for 0.
func roundTrend(trend []float32) {
	var some []float32
	for _, v := range trend {
		if v > 0 {
			some = append(some, v)
		}
	}
	if len(some) == 0 {
		return
	}
	slices.Sort(some)
	step := math.Exp2(math.Floor(math.Log2(float64(some[len(some)/2]) / 64)))
	for r, v := range trend {
		trend[r] = quant.Coarse(float32(math.Round(float64(v)/step) * step))
	}
}

func hundredths(v float64) float32 { return float32(math.Round(v*100) / 100) }
