package bandit

import (
	"math"
	"math/rand/v2"
)

// normal draws from the normal distribution with mean 0 and standard deviation 1: in
// the disc u² + v² = s < 1, u·√(-2·ln s / s) is one. Source: Marsaglia & Bray, A
// convenient method for generating normal variables, SIAM Review 6, 1964. The one of
// math/rand takes exp and log, whose last bit differs from processor to processor.
func normal(r *rand.Rand) float64 {
	for {
		u, v := 2*r.Float64()-1, 2*r.Float64()-1
		if s := float64(u*u) + float64(v*v); 0 < s && s < 1 {
			return u * math.Sqrt(-2*math.Log1p(s-1)/s)
		}
	}
}

// gamma draws from the gamma distribution with that shape ≥ 1 and scale 1: with
// d = shape - 1/3 and a normal x, d·v for v = (1 + x/√(9·d))³, which is accepted with
// probability min(1, exp(x²/2 + d - d·v + d·ln v)). Source: Marsaglia & Tsang, A simple
// method for generating gamma variables, ACM Transactions on Mathematical Software 26, 2000.
func gamma(shape float64, r *rand.Rand) float64 {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := normal(r)
		v := 1 + float64(c*x)
		if v <= 0 {
			continue
		}
		v = v * v * v
		limit := float64(x*x)/2 + float64(d*(1-v+math.Log1p(v-1)))
		if math.Log1p(-r.Float64()) < limit {
			return d * v
		}
	}
}

// beta draws from the beta distribution with parameters ≥ 1: g/(g+h) of two gammas.
func beta(a, b float64, r *rand.Rand) float64 {
	g := gamma(a, r)
	return g / (g + gamma(b, r))
}
