// Package gradcheck holds gradients against central differences, for tests of what
// is trained by them. No program links it.
package gradcheck

import (
	"fmt"
	"math"

	"sparrow/build/autodiff"
	"sparrow/wasm/nn"
)

// Check compares the gradient of a loss by every parameter of g with
// central differences, about each elements of a parameter, and returns an error that
// names the first parameter that is off. loss runs the tape forward, adds its gradient to
// the deltas and returns its value; it must give the same for the same parameters. An
// element at the kink of a ReLU, where two steps give two differences, is left out; with
// more than half of them left out there is an error too.
func Check(g *nn.Graph, each int, loss func(t *autodiff.Tape) float64) error {
	t := autodiff.NewTape(g)
	loss(t)
	t.Backward()
	for p := range g.Params {
		data, got := g.Params[p].Data, t.Grad.Of(int32(p))
		var off, size float64
		seen, kinks := 0, 0
		for i, step := 0, max(1, len(data)/each); i < len(data); i += step {
			value := func() float64 { return loss(autodiff.NewTape(g)) }
			want, near := Central(&data[i], 0.02, value), Central(&data[i], 0.007, value)
			seen++
			if math.Abs(want-near) > 0.005*math.Abs(want)+2e-4 {
				kinks++
				continue
			}
			off += (want - float64(got[i])) * (want - float64(got[i]))
			size += want * want
		}
		if math.Sqrt(off) > 0.005*math.Sqrt(size)+5e-4 || 2*kinks > seen {
			return fmt.Errorf("gradcheck: the gradient by %s is off by %.2g of %.2g, and %d of %d elements stand at a kink",
				g.Params[p].Name, math.Sqrt(off), math.Sqrt(size), kinks, seen)
		}
	}
	return nil
}

// Central returns the derivative of f by *x as a central difference of the
// fourth order, which float32 needs.
func Central(x *float32, h float32, f func() float64) float64 {
	at := *x
	by := func(d float32) float64 { *x = at + d; return f() }
	d := (8*(by(h)-by(-h)) - (by(2*h) - by(-2*h))) / (12 * float64(h))
	*x = at
	return d
}
