package sasrec

import (
	"fmt"

	"sparrow/wasm/bundle"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// levels is how many steps the table has on either side of 0 as it ships. Of
// MovieLens 1M 127 find no more than 31, whose bundle is 525 KB once compressed in
// place of 583. With 15 it is 495 KB, and nothing was lost that could be told from noise
// either; but that was measured after one pass, and the network reads this table,
// too. The README of this folder has the figures.
const levels = 31

// Quantize returns the model as it ships: its table as int8, and the parameters of the
// network as a bundle has them once it was read.
func (m *Model) Quantize() (retrieval.Model, error) {
	out := quant.QuantizeTo(m.Vectors, m.N, m.D, levels)
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
