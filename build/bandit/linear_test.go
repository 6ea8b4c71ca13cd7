package bandit

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/vec"
)

func nearly(t *testing.T, what string, got, want, off float64) {
	t.Helper()
	if !(math.Abs(got-want) <= off) {
		t.Errorf("%s = %.6f, want %.6f ± %.6f", what, got, want, off)
	}
}

// TestLinearByHand: λ = 1, x = (1, 0) with reward 1 and x = (1, 1) with reward 0. Then
//
//	A = (3 1; 1 2),  A⁻¹ = (2 -1; -1 3)/5,  b = (1, 0),  θ = (2, -1)/5
//
// and of (0, 1) the width is √(3/5).
func TestLinearByHand(t *testing.T) {
	l := NewLinear([]float32{0, 0}, 1)
	l.Learn([]float32{1, 0}, 1)
	l.Learn([]float32{1, 1}, 0)
	nearly(t, "θ₁", float64(l.Weights()[0]), 0.4, 1e-6)
	nearly(t, "θ₂", float64(l.Weights()[1]), -0.2, 1e-6)
	nearly(t, "Mean(2, 1)", float64(l.Mean([]float32{2, 1})), 0.6, 1e-6)
	nearly(t, "Width(0, 1)", float64(l.Width([]float32{0, 1})), math.Sqrt(0.6), 1e-6)
}

// exact solves A·θ = λ·θ₀ + Σ r·x in float64, and returns A⁻¹ too.
func exact(prior []float32, lambda float64, xs [][]float32, rewards []float32) (theta []float64, inverse [][]float64) {
	d := len(prior)
	rows := make([][]float64, d) // A, the right side, the unit matrix
	for i := range rows {
		rows[i] = make([]float64, 2*d+1)
		rows[i][i] = lambda
		rows[i][d] = lambda * float64(prior[i])
		rows[i][d+1+i] = 1
	}
	for n, x := range xs {
		for i, v := range x {
			for j, u := range x {
				rows[i][j] += float64(v) * float64(u)
			}
			rows[i][d] += float64(v) * float64(rewards[n])
		}
	}
	for p := range d { // Gauss and Jordan; A is positive definite and needs no pivot
		for i := range d {
			share := rows[i][p] / rows[p][p]
			for j := range rows[i] {
				switch {
				case i == p:
				default:
					rows[i][j] -= share * rows[p][j]
				}
			}
		}
	}
	inverse = make([][]float64, d)
	for i := range d {
		theta = append(theta, rows[i][d]/rows[i][i])
		for j := range d {
			inverse[i] = append(inverse[i], rows[i][d+1+j]/rows[i][i])
		}
	}
	return theta, inverse
}

// TestLinearIsRidgeRegression compares with the solution in one go, after some and after
// many updates, with inputs of very different sizes, some of which are nearly the same.
func TestLinearIsRidgeRegression(t *testing.T) {
	const d = 8
	for _, n := range []int{1, 5, 40, 20_000} {
		r := rand.New(rand.NewPCG(uint64(n), 1))
		prior := make([]float32, d)
		for i := range prior {
			prior[i] = float32(r.NormFloat64())
		}
		l := NewLinear(prior, 0.5)
		var xs [][]float32
		var rewards []float32
		for range n {
			x := make([]float32, d)
			for i := range x {
				x[i] = float32(r.NormFloat64())
			}
			x[1] *= 30
			x[2] /= 30
			x[3] = x[0] + x[3]/100
			xs, rewards = append(xs, x), append(rewards, x[0]-x[4]/2+float32(r.NormFloat64()))
			l.Learn(x, rewards[len(rewards)-1])
		}
		theta, inverse := exact(prior, 0.5, xs, rewards)
		for _, x := range xs[:1] {
			mean, square := 0.0, 0.0
			for i, v := range x {
				mean += float64(v) * theta[i]
				for j, u := range x {
					square += float64(v) * inverse[i][j] * float64(u)
				}
			}
			nearly(t, "mean", float64(l.Mean(x)), mean, 0.002)
			nearly(t, "width", float64(l.Width(x))/math.Sqrt(square), 1, 0.002)
		}
		for i := range theta {
			nearly(t, "weight", float64(l.Weights()[i]), theta[i], 0.002+0.05*math.Sqrt(inverse[i][i]))
		}
	}
}

// TestLinearStaysSafe: what the plain formula makes of A⁻¹ in float32 has a negative
// eigenvalue after the same updates; of S·Sᵀ no width is below 0 or not a number.
func TestLinearStaysSafe(t *testing.T) {
	const d = 6
	r := rand.New(rand.NewPCG(4, 4))
	l := NewLinear(make([]float32, d), 1e-4)
	plain := make([]float32, d*d)
	for i := range d {
		plain[i*d+i] = 1e4
	}
	negative := 0
	x, g := make([]float32, d), make([]float32, d)
	for range 3000 {
		same := float32(r.NormFloat64())
		for i := range x {
			x[i] = 100*same + float32(r.NormFloat64())/100
		}
		for i := range g {
			g[i] = vec.Dot(plain[i*d:][:d], x)
		}
		square := vec.Dot(g, x)
		if square < 0 {
			negative++
		}
		for i := range g {
			for j := range g {
				plain[i*d+j] -= g[i] * g[j] / (1 + square)
			}
		}
		if w := l.Width(x); !(w >= 0 && w < 1e6) {
			t.Fatalf("width %v", w)
		}
		l.Learn(x, same)
	}
	if negative == 0 {
		t.Error("the plain formula never broke: this test proves nothing")
	}
	if !finite(l.State()) {
		t.Errorf("state %v", l.State())
	}
	nearly(t, "Mean of what was learned", float64(l.Mean([]float32{100, 100, 100, 100, 100, 100})), 1, 0.05)
}

func TestLinearRestores(t *testing.T) {
	l := NewLinear([]float32{1, 2, 3}, 2)
	l.Learn([]float32{1, -1, 2}, 1)
	back := NewLinear(make([]float32, 3), 1)
	if !back.Restore(slices.Clone(l.State())) || !slices.Equal(back.State(), l.State()) {
		t.Errorf("Restore(State()) gives %v, want %v", back.State(), l.State())
	}
	before := slices.Clone(back.State())
	broken := slices.Clone(l.State())
	broken[4] = float32(math.NaN())
	if back.Restore(broken) || back.Restore(broken[:11]) || !slices.Equal(back.State(), before) {
		t.Error("Restore took what is broken")
	}
}
