package feedback

import "math"

const (
	rounds    = 2000 // of expectation maximization, at most
	tolerance = 1e-6 // change of θ that ends it
)

// cell counts the impressions of one item in one position.
type cell struct {
	position, item int
	shown, clicked float64
}

// fitPositions returns θ, [positions], scaled so that its largest is 1, and γ,
// [items], scaled the other way: the fixed point of
//
//	θ_k = (Σ_i c + (n-c)·θ_k(1-γ_i)/(1-θ_kγ_i) + a·θ̄) / (n_k + a)
//	γ_i = (Σ_k c + (n-c)·γ_i(1-θ_k)/(1-θ_kγ_i) + b·γ̄) / (n_i + b)
//
// over cells of n impressions and c clicks, where a and b are the priors and
// θ̄, γ̄ the means over impressions.
func fitPositions(cells []cell, positions, items int, a, b float64) (theta, gamma []float64) {
	f := newFit(cells, positions, items)
	if f.clicks == 0 {
		for k := range f.theta {
			f.theta[k] = 1
		}
		return f.theta, f.gamma
	}
	f.start()
	for range rounds {
		if f.step(a, b) < tolerance {
			break
		}
	}
	f.scale(1)
	return f.theta, f.gamma
}

// fit is a fit under way.
type fit struct {
	cells        []cell
	theta, gamma []float64
	at, of       []float64 // impressions of a position, of an item
	seen, liked  []float64 // expected numbers: looked at, found attractive
	all, clicks  float64
}

func newFit(cells []cell, positions, items int) *fit {
	f := &fit{
		cells: cells,
		theta: make([]float64, positions), at: make([]float64, positions), seen: make([]float64, positions),
		gamma: make([]float64, items), of: make([]float64, items), liked: make([]float64, items),
	}
	for _, c := range cells {
		f.at[c.position] += c.shown
		f.of[c.item] += c.shown
		f.all += c.shown
		f.clicks += c.clicked
	}
	return f
}

// start sets θ and γ to where clicks are as many as expected in every position
// and of every item. Where clicks are rare that is nearly the fixed point, to
// which step alone would take thousands of rounds.
func (f *fit) start() {
	for i := range f.gamma {
		f.gamma[i] = 1
	}
	for range 20 {
		f.share(f.theta, f.gamma, func(c cell) (own, other int) { return c.position, c.item })
		f.share(f.gamma, f.theta, func(c cell) (own, other int) { return c.item, c.position })
	}
	f.scale(0.9) // 1 would be a fixed point by itself
	for i, g := range f.gamma {
		f.gamma[i] = min(g, 0.99)
	}
}

// share sets each of dst to its clicks by those expected if it were 1.
func (f *fit) share(dst, by []float64, of func(cell) (own, other int)) {
	expected := make([]float64, len(dst))
	clear(dst)
	for _, c := range f.cells {
		own, other := of(c)
		dst[own] += c.clicked
		expected[own] += c.shown * by[other]
	}
	for i, e := range expected {
		dst[i] /= max(1e-9, e)
	}
}

// step goes one round and returns by how much θ changed at most.
func (f *fit) step(a, b float64) (moved float64) {
	clear(f.seen)
	clear(f.liked)
	for _, c := range f.cells {
		t, g := f.theta[c.position], f.gamma[c.item]
		missed := (c.shown - c.clicked) / max(1e-9, 1-t*g)
		f.seen[c.position] += c.clicked + missed*t*(1-g)
		f.liked[c.item] += c.clicked + missed*g*(1-t)
	}
	meanTheta, meanGamma := 0.0, 0.0
	for _, n := range f.seen {
		meanTheta += n / f.all
	}
	for _, n := range f.liked {
		meanGamma += n / f.all
	}
	for k, n := range f.seen {
		next := (n + a*meanTheta) / max(1e-9, f.at[k]+a)
		moved = max(moved, math.Abs(next-f.theta[k]))
		f.theta[k] = next
	}
	for i, n := range f.liked {
		f.gamma[i] = (n + b*meanGamma) / max(1e-9, f.of[i]+b)
	}
	return moved
}

// scale makes top the largest θ, and γ larger by as much as θ gets smaller.
func (f *fit) scale(top float64) {
	largest := 0.0
	for _, t := range f.theta {
		largest = max(largest, t)
	}
	for k := range f.theta {
		f.theta[k] *= top / largest
	}
	for i := range f.gamma {
		f.gamma[i] *= largest / top
	}
}
