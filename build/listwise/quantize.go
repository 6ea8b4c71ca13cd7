package listwise

import (
	"sparrow/wasm/quant"
	"sparrow/wasm/ranking"
)

// quantize returns p as it ships, but for the baseline: weights int8 with a
// scale per output.
func (t *trainer) quantize(p *params) *ranking.Model {
	s := t.standard
	m := &ranking.Model{
		Mean: s.layout.Mean, Deviation: s.layout.Deviation, InScale: s.inScale, OutScale: s.outScale,
		Genre: quant.Quantize(p.genre.Data, p.genre.Rows, p.genre.Cols),
	}
	for _, f := range s.numeric {
		m.Features = append(m.Features, f.String())
	}
	for l, w := range p.weight {
		m.Hidden = append(m.Hidden, ranking.Dense{Weight: quant.Quantize(w.Data, w.Rows, w.Cols), Bias: quant.CoarseAll(p.bias[l])})
	}
	m.Output = ranking.Dense{Weight: quant.Quantize(p.output, 1, len(p.output)), Bias: make([]float32, 1)}
	m.Skip = ranking.Dense{Weight: quant.Quantize(p.skip, 1, len(p.skip)), Bias: make([]float32, 1)}
	return m
}

// decoded returns the parameters of m as the trainer's network reads them.
func (t *trainer) decoded(m *ranking.Model) *params {
	p := newParams(t.shape)
	decode := func(dst []float32, q *quant.Matrix) {
		for r := range q.Rows {
			q.Dequantize(dst[r*q.Cols:(r+1)*q.Cols], r)
		}
	}
	decode(p.genre.Data, &m.Genre)
	for l := range m.Hidden {
		decode(p.weight[l].Data, &m.Hidden[l].Weight)
		copy(p.bias[l], m.Hidden[l].Bias)
	}
	decode(p.output, &m.Output.Weight)
	decode(p.skip, &m.Skip.Weight)
	return p
}

// baseline returns the mean input over the candidates of lists, [C+U], where
// each list weighs the same, with the genre embeddings of m.
func (t *trainer) baseline(m *ranking.Model, lists []list) []float32 {
	p := t.decoded(m)
	tables := &embeddings{t.standard, p.genre}
	sum := make([]float64, p.candidates+p.users)
	x := make([]float32, p.candidates+p.users)
	for i := range lists {
		l := &lists[i]
		t.standard.layout.ReadUser(x[p.candidates:], &l.user, tables)
		for k, v := range x[p.candidates:] {
			sum[p.candidates+k] += float64(v)
		}
		weight := 1 / float64(len(l.items))
		for j := range l.items {
			t.standard.layout.ReadItem(x[:p.candidates], &l.items[j], tables)
			for k, v := range x[:p.candidates] {
				sum[k] += float64(weight * float64(v))
			}
		}
	}
	mean := make([]float32, len(sum))
	for i, v := range sum {
		mean[i] = quant.Coarse(float32(v / float64(len(lists))))
	}
	return mean
}
