package feedback

// DefaultClick is how much a click or a view without an opinion counts, on
// average, beside a rating. In simulated worlds it hardly matters: visitors there
// say much. The README of this folder has the figures.
const DefaultClick = 0.25

// weigh returns what clicks with the corrections u, each above 0, count for:
//
//	w_i = min(1, s·u_i), with s such that the mean of w is click
//
// where u is one over the probability that the card was examined (inverse
// propensity weighting, Joachims et al., WSDM 2017), 1 where no card was. A
// click on a card that few look at so counts more than one on the first card,
// none counts more than a rating, and all together count what they would have
// counted without the correction.
func weigh(u []float64, click float64) []float64 {
	w := make([]float64, len(u))
	full, rest := 0, 0.0 // how many count 1, and Σ u of the others
	for _, v := range u {
		rest += v
	}
	for {
		s := 0.0
		if rest > 0 {
			s = (click*float64(len(u)) - float64(full)) / rest
		}
		more := 0
		for i, v := range u {
			if w[i] < 1 && s*v >= 1 {
				w[i] = 1
				rest -= v
				more++
			}
		}
		if full += more; more > 0 && full < len(u) {
			continue
		}
		for i, v := range u {
			if w[i] < 1 {
				w[i] = s * v
			}
		}
		return w
	}
}
