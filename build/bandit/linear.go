package bandit

import "sparrow/wasm/vec"

// Linear is a linear model of the reward of x, [D], that knows how sure it is: the
// ridge regression, or with Gaussian noise the posterior mean,
//
//	θ = A⁻¹·(λ·θ₀ + Σ r·x),   A = λ·I + Σ x·xᵀ,
//
// over what was shown. A⁻¹ is kept as S with A⁻¹ = S·Sᵀ. Sherman & Morrison's formula for
// one more x,
//
//	A⁻¹ - (A⁻¹·x)(A⁻¹·x)ᵀ / (1 + xᵀ·A⁻¹·x),
//
// is in terms of S, with f = Sᵀ·x and q = √(1 + f·f),
//
//	S - (S·f)·fᵀ / (q·(q+1)),   θ + S·f / q² · (r - θ·x)
//
// of the old S and θ. However rounding disturbs S, S·Sᵀ is symmetric and has no negative
// eigenvalue, of which the plain formula makes some; and S is what a draw from the
// posterior needs. An update takes about 3·D² products.
//
// Sources: Sherman & Morrison, Annals of Mathematical Statistics 21, 1950; Potter's
// square root of it (1963) in Kaminski, Bryson & Schmidt, Discrete square root
// filtering, IEEE Transactions on Automatic Control 16, 1971, eq. 28.
type Linear struct {
	width int       // D
	state []float32 // [D + D²] θ, then S by rows
	f, g  []float32 // [D] scratch
}

// NewLinear returns the model that expects prior·x, prior is [D], and would need about
// lambda > 0 squares of x to be persuaded. It is not for concurrent use.
func NewLinear(prior []float32, lambda float32) *Linear {
	d := len(prior)
	l := &Linear{d, make([]float32, d+d*d), make([]float32, d), make([]float32, d)}
	copy(l.state, prior)
	for i := range d {
		l.state[d+i*d+i] = 1 / root(lambda)
	}
	return l
}

// State returns what the model has learned, [D+D²], for a profile to keep; it is
// the model's own.
func (l *Linear) State() []float32 { return l.state }

// Restore replaces what the model has learned by what State once returned. It reports
// false and changes nothing when that cannot be it.
func (l *Linear) Restore(state []float32) bool {
	if len(state) != len(l.state) || !finite(state) {
		return false
	}
	copy(l.state, state)
	return true
}

// Weights returns θ, [D], the model's own.
func (l *Linear) Weights() []float32 { return l.state[:l.width] }

// row returns row i of S.
func (l *Linear) row(i int) []float32 { return l.state[l.width*(1+i):][:l.width] }

// Mean returns the reward expected of x, θ·x.
func (l *Linear) Mean(x []float32) float32 { return vec.Dot(l.Weights(), x) }

// Width returns √(xᵀ·A⁻¹·x), how unsure the model is of x in units of the noise.
func (l *Linear) Width(x []float32) float32 {
	l.transform(x)
	return root(vec.Dot(l.f, l.f))
}

// transform stores Sᵀ·x in l.f.
func (l *Linear) transform(x []float32) {
	clear(l.f)
	for i, v := range x {
		for j, s := range l.row(i) {
			l.f[j] += float32(s * v)
		}
	}
}

// Learn notes that x brought the reward.
func (l *Linear) Learn(x []float32, reward float32) {
	if len(x) != l.width {
		panic("bandit: x has another width than the model")
	}
	l.transform(x)
	square := 1 + vec.Dot(l.f, l.f)
	q := root(square)
	share := 1 / (q * (q + 1))
	surprise := (reward - l.Mean(x)) / square
	for i := range l.g {
		l.g[i] = vec.Dot(l.row(i), l.f)
	}
	for i, g := range l.g {
		row, pull := l.row(i), share*g
		for j, f := range l.f {
			row[j] -= float32(pull * f)
		}
		l.state[i] += float32(surprise * g)
	}
}
