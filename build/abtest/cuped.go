package abtest

import "gonum.org/v1/gonum/stat"

// leastBefore is how many visitors of every arm must have a past before it is
// used: with fewer θ is noise.
const leastBefore = 20

// theta returns the θ that makes the variance of L - θ·X smallest,
//
//	θ = Σ cov(L, X) / Σ var(X),
//
// the sums over the arms, each with its own means, weighted by their visitors;
// and false where X never varies. Source: Deng, Xu, Kohavi & Walker, Improving the
// sensitivity of online controlled experiments by utilizing pre-experiment data,
// WSDM 2013, section 3.
func theta(linear, x [][]float64) (float64, bool) {
	var together, alone float64
	for a := range linear {
		n := float64(len(x[a]))
		together += n * stat.Covariance(linear[a], x[a], nil)
		alone += n * stat.Variance(x[a], nil)
	}
	if alone <= 0 {
		return 0, false
	}
	return together / alone, true
}

// covariate returns X, the same measure before the first exposure, as L is made:
// (num - R·den) / mean den over all visitors with a past. Visitors without one
// get its mean, 0. It returns false when too few of an arm have a past.
func covariate(m *measure, before [][]Counts) ([][]float64, bool) {
	var num, den, n float64
	for _, arm := range before {
		past := 0
		for i := range arm {
			if d := m.den(&arm[i]); d > 0 {
				num += m.num(&arm[i])
				den += d
				past++
			}
		}
		if past < leastBefore {
			return nil, false
		}
		n += float64(past)
	}
	x := make([][]float64, len(before))
	for a, arm := range before {
		x[a] = make([]float64, len(arm))
		for i := range arm {
			x[a][i] = (m.num(&arm[i]) - num/den*m.den(&arm[i])) / (den / n)
		}
	}
	return x, true
}

// adjust takes θ·(X - mean X over all arms) out of every arm's ratio.
func adjust(arms []ratio, x [][]float64) (adjusted []ratio, t float64, ok bool) {
	linear := make([][]float64, len(arms))
	var sum, n float64
	for a := range arms {
		linear[a] = arms[a].linear
		for _, v := range x[a] {
			sum += v
		}
		n += float64(len(x[a]))
	}
	if t, ok = theta(linear, x); !ok {
		return nil, 0, false
	}
	adjusted = make([]ratio, len(arms))
	for a, r := range arms {
		adjusted[a] = ratio{n: r.n, with: r.with, value: r.value - t*(stat.Mean(x[a], nil)-sum/n), linear: make([]float64, r.n)}
		for i := range r.linear {
			adjusted[a].linear[i] = r.linear[i] - t*x[a][i]
		}
	}
	return adjusted, t, true
}
