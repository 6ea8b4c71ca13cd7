package abtest

import "math"

// Looking at an experiment every day and ending it at the first interval without
// 0 finds differences where there are none: at 20 looks about one time in four
// instead of one in twenty. The intervals of this file may be looked at as often
// as one likes. With an estimate d of variance V after t visitors they are
//
//	d ± √( V · (1 + 1/r) · ln((1 + r) / α²) ),   r = t·ρ²,
//
// and the p-value that goes with them is 1/Λ, at most 1, for
//
//	Λ = (1 + r)^(-1/2) · exp( d²/V · r / (2(1 + r)) ),
//
// the likelihood ratio of a difference drawn from N(0, r·V) against none. With the
// chance 1 - α all intervals of the whole experiment cover the truth together.
// Sources: Robbins, Statistical methods related to the law of the iterated logarithm,
// 1970; Johari, Koomen, Pekelis & Walsh, Always valid inference, Operations Research
// 2022, section 4; Howard, Ramdas, McAuliffe & Sekhon, Time-uniform nonparametric
// confidence sequences, Annals of Statistics 2021; Waudby-Smith et al., Time-uniform
// central limit theory and asymptotic confidence sequences, 2021, theorem 2.2. They
// hold asymptotically: hence the least number of visitors that Options requires.

// always holds the parameter of these intervals.
type always struct {
	alpha  float64
	square float64 // ρ²
}

// newAlways returns intervals that are narrowest after planned visitors:
// ρ² = (-2 ln α + ln(1 - 2 ln α)) / planned, as in Waudby-Smith et al., appendix B.
func newAlways(alpha float64, planned int) always {
	x := -2 * math.Log(alpha)
	return always{alpha, (x + math.Log(1+x)) / float64(planned)}
}

// half returns half the width of the interval of an estimate with variance v
// after t visitors.
func (a always) half(v float64, t int) float64 {
	r := float64(t) * a.square
	return math.Sqrt(v * (1 + 1/r) * math.Log((1+r)/(a.alpha*a.alpha)))
}

// p returns the p-value of an estimate d with variance v after t visitors.
func (a always) p(d, v float64, t int) float64 {
	if v <= 0 {
		return 1
	}
	r := float64(t) * a.square
	return min(1, math.Sqrt(1+r)*math.Exp(-d*d/v*r/(2*(1+r))))
}
