package abtest

import "gonum.org/v1/gonum/stat/distuv"

// SampleRatio is the check that the arms got the visitors that their weights promise.
// Where they did not, something lost or moved visitors of one arm, and no
// comparison between the arms means anything.
type SampleRatio struct {
	Seen     []int     `json:"seen"`     // visitors of each arm
	Expected []float64 `json:"expected"` // by its weight
	Chi2     float64   `json:"chi2"`
	P        float64   `json:"p"`
	Off      bool      `json:"off"` // P < 0.001
}

// offBelow is the p-value below which a sample ratio is off. It is strict since
// the check is made at every look. Source: Fabijan et al., Diagnosing sample ratio
// mismatch in online controlled experiments, KDD 2019.
const offBelow = 0.001

// CheckRatio compares the visitors seen with the weights, one an arm, by
// Pearson's chi-squared test.
func CheckRatio(seen []int, weights []float64) SampleRatio {
	s := SampleRatio{Seen: seen, Expected: make([]float64, len(seen)), P: 1}
	var all, weight float64
	arms := 0
	for i, w := range weights {
		all += float64(seen[i])
		weight += w
		if w > 0 {
			arms++
		}
	}
	if all == 0 || arms < 2 {
		return s
	}
	for i, w := range weights {
		e := all * w / weight
		s.Expected[i] = e
		if w > 0 {
			s.Chi2 += (float64(seen[i]) - e) * (float64(seen[i]) - e) / e
		}
	}
	s.P = distuv.ChiSquared{K: float64(arms - 1)}.Survival(s.Chi2)
	s.Off = s.P < offBelow
	return s
}
