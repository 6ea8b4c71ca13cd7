package autodiff

import (
	"math"
	"math/rand/v2"

	"sparrow/wasm/nn"
)

// Glorot returns a start for the weights of [nn.Builder]: uniform in ±√(6/(in+out)),
// whose deviation is √(2/(in+out)). A table of width D has that of 1/√D.
// Source: Glorot and Bengio, AISTATS 2010, equation 16.
func Glorot(seed uint64) func(p *nn.Param, in, out int) {
	rng := rand.New(rand.NewPCG(seed, 0))
	return func(p *nn.Param, in, out int) {
		bound := float32(math.Sqrt(6 / float64(in+out)))
		for i := range p.Data {
			p.Data[i] = bound * (2*rng.Float32() - 1)
		}
	}
}

// Small returns a start for tables: normal with a deviation of 0.02, so that an id that
// was hardly ever met says hardly anything.
func Small(seed uint64) func(p *nn.Param) {
	rng := rand.New(rand.NewPCG(seed, 1))
	return func(p *nn.Param) {
		for i := range p.Data {
			p.Data[i] = 0.02 * float32(rng.NormFloat64())
		}
	}
}
