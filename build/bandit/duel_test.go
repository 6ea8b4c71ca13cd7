package bandit

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sparrow/wasm/vec"
)

// TestDuelByHand: w₀ = (3, 0, -4) has length 5 and the root mean square 2.8868; with
// α = .1 and φ = .5 steps stay within .3, .1443 and .4.
func TestDuelByHand(t *testing.T) {
	d := NewDuel([]float32{3, 0, -4}, DuelOptions{Alpha: 0.1, Eta: 0.25, Floor: 0.5, Radius: 1})
	bound := []float64{0.3, 0.144338, 0.4}
	w, step := make([]float32, 3), make([]float32, 3)
	var widest [3]float64
	r := chance(1)
	for range 2000 {
		d.Explore(step, r)
		d.Weights(w)
		for i := range w {
			by := math.Abs(float64(step[i] - w[i]))
			if widest[i] = max(widest[i], by); by > bound[i]+1e-6 {
				t.Fatalf("step %v of weight %d, want %v at most", by, i, bound[i])
			}
		}
		d.Settle(false)
	}
	for i, b := range bound {
		nearly(t, "widest step", widest[i], b, b/50)
	}
	if d.Weights(w); !slices.Equal(w, []float32{3, 0, -4}) {
		t.Errorf("weights %v after nothing won, want those shipped", w)
	}
	d.Explore(step, r)
	d.Settle(true)
	d.Weights(w)
	for i, v := range []float32{3, 0, -4} {
		nearly(t, "weight after a win", float64(w[i]), float64(v+0.25*(step[i]-v)), 1e-6)
	}
}

// TestPaperLeavesZerosAlone: without the floor a weight of 0 does not move, which is why
// there is one.
func TestPaperLeavesZerosAlone(t *testing.T) {
	d := NewDuel([]float32{2, 0}, DuelOptions{Alpha: 1, Eta: 1, Radius: 1})
	w := make([]float32, 2)
	for r, n := chance(2), 0; n < 20; n++ {
		d.Explore(w, r)
		d.Settle(true)
	}
	if d.Weights(w); w[1] != 0 || w[0] == 2 {
		t.Errorf("weights %v, want the first to move alone", w)
	}
}

// TestDuelIsBounded: whichever side wins, and whatever a profile says, |w - w₀| ≤ ρ·|w₀|.
func TestDuelIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shipped := rapid.SliceOfN(rapid.Float32Range(-3, 3), 1, 6).Draw(t, "shipped")
		radius := rapid.Float32Range(0, 2).Draw(t, "radius")
		d := NewDuel(shipped, DuelOptions{Alpha: 1, Eta: 1, Floor: 1, Radius: radius})
		inside := func(what string) {
			if got, most := root(vec.Dot(d.State(), d.State())), radius*root(vec.Dot(shipped, shipped)); !(got <= most*1.0001+1e-18) { // squares of less underflow
				t.Fatalf("%s: %v away from the shipped weights, want %v at most", what, got, most)
			}
		}
		if !d.Restore(rapid.SliceOfN(rapid.Float32Range(-1e6, 1e6), len(shipped), len(shipped)).Draw(t, "state")) {
			t.Fatal("Restore takes no finite state")
		}
		inside("restored")
		r := chance(rapid.Uint64().Draw(t, "seed"))
		w := make([]float32, len(shipped))
		for range 100 {
			d.Explore(w, r)
			d.Settle(true)
			inside("after a win")
		}
	})
}

func TestDuelRestores(t *testing.T) {
	d := NewDuel([]float32{1, -2}, DefaultDuelOptions())
	w := make([]float32, 2)
	for r, n := chance(3), 0; n < 5; n++ {
		d.Explore(w, r)
		d.Settle(true)
	}
	back := NewDuel([]float32{1, -2}, DefaultDuelOptions())
	if !back.Restore(slices.Clone(d.State())) || !slices.Equal(back.State(), d.State()) {
		t.Errorf("Restore(State()) gives %v, want %v", back.State(), d.State())
	}
	if back.Restore([]float32{1}) || back.Restore([]float32{1, float32(math.Inf(1))}) || !slices.Equal(back.State(), d.State()) {
		t.Error("Restore took what is broken")
	}
}

// TestDuelClimbs: people like what lies along one direction of four features, of which
// the shipped weights know nothing: they lie along another. Of two points at random
// they prefer the better one, nine times in ten.
func TestDuelClimbs(t *testing.T) {
	liked := []float32{0, 1, 0, -1}
	d := NewDuel([]float32{1, 0, 1, 0}, DuelOptions{Alpha: 0.5, Eta: 0.1, Floor: 0.5, Radius: 2})
	cosine := func(w []float32) float64 {
		return float64(vec.Dot(w, liked) / root(vec.Dot(w, w)*vec.Dot(liked, liked)))
	}
	r := chance(4)
	w, step := make([]float32, 4), make([]float32, 4)
	for range 2000 {
		d.Explore(step, r)
		d.Weights(w)
		d.Settle(cosine(step) > cosine(w) == (r.Float64() < 0.9))
	}
	if d.Weights(w); cosine(w) < 0.9 {
		t.Errorf("weights %v have cosine %.3f with what people like, want 0.9 at least, from 0", w, cosine(w))
	}
}
