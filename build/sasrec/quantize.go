package sasrec

import (
	"fmt"

	"sparrow/wasm/bundle"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// Quantize returns the model as it ships: its table as int8, and the parameters of the
// network as a bundle has them once it was read.
func (m *Model) Quantize() (retrieval.Model, error) {
	out := quant.Quantize(m.Vectors, m.N, m.D)
	shipped := retrieval.Model{In: out, Out: out, Bias: quant.CoarseAll(m.Bias)}
	g := *m.Network
	g.Params = make([]nn.Param, len(m.Network.Params))
	for i, p := range m.Network.Params {
		g.Params[i] = p
		if p.Rows < m.D { // biases, gains and distances: short floats
			g.Params[i].Data = quant.CoarseAll(p.Data)
		}
	}
	var err error
	shipped.Network, err = bundle.Rounded(&g)
	if err != nil {
		return retrieval.Model{}, fmt.Errorf("sasrec: %w", err)
	}
	return shipped, nil
}
