package retrieval

import (
	"sparrow/wasm/feature"
	"sparrow/wasm/kernel"
	"sparrow/wasm/quant"
)

// UserVector stores the vector of a user with history h in dst, which is [D]:
// zeros when h is empty.
func (p *Pool) UserVector(dst []float32, h feature.History) {
	if len(dst) != p.In.Cols {
		panic("retrieval: dst has another width than the model")
	}
	clear(dst)
	for k := range min(len(p.Position), len(h)) {
		e := h[len(h)-1-k]
		row, scale := p.In.Row(int(e.Row))
		w := p.Position[k] * p.Level[LevelOf(e.Stars)] * scale
		for c, v := range row {
			dst[c] += float32(w * float32(v))
		}
	}
}

// Scores stores the score of each movie for a user with vector u in dst, which
// is [N]. The vector is rounded to int8 like a row of the table, so that the
// inner products are exact integers and the same on every machine.
func (p *Pool) Scores(dst, u []float32) {
	if len(dst) != p.Out.Rows {
		panic("retrieval: dst has another length than the catalog")
	}
	q := quant.Quantize(u, 1, len(u))
	query, scale := q.Row(0)
	products := make([]int32, len(dst))
	kernel.Dots(products, p.Out.Data, query)
	for r, product := range products {
		dst[r] = float32(float32(scale*p.Out.Scale[r])*float32(product)) + p.Bias[r]
	}
}
