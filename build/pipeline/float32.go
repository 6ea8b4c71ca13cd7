package pipeline

import (
	"cmp"
	"slices"

	"sparrow/build/evaluation"
	"sparrow/build/pool"
	"sparrow/build/sasrec"
	"sparrow/build/simd"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/retrieval"
)

// float32Model is a retrieval model in float32, as it was trained.
type float32Model struct {
	out, bias []float32                                // [N×D], [N]
	user      func() func(h feature.History) []float32 // makes an encoder, which returns [D]
}

func exactPool(p *pool.Pool) *float32Model {
	return &float32Model{p.Out, p.Bias, func() func(feature.History) []float32 {
		u := make([]float32, p.D)
		return func(h feature.History) []float32 {
			clear(u)
			for i := range min(p.L, len(h)) {
				e := h[len(h)-1-i]
				w := p.Position[i] * p.Level[retrieval.LevelOf(e.Stars)]
				for c, v := range p.In[int(e.Row)*p.D : (int(e.Row)+1)*p.D] {
					u[c] += float32(w * v)
				}
			}
			return u
		}
	}}
}

func exactSequence(m *sasrec.Model) *float32Model {
	return &float32Model{m.Vectors, m.Bias, func() func(feature.History) []float32 {
		r, err := nn.NewRunner(m.Network, nn.Kernel{Product: simd.Product, ExpSum: simd.ExpSum})
		if err != nil {
			panic("build: " + err.Error()) // it was trained
		}
		L := m.Network.Fields[0].Slots
		b := &nn.Batch{Rows: 1, Numeric: make([]float32, L*m.D), IDs: [][]int32{make([]int32, L)}}
		return func(h feature.History) []float32 {
			clear(b.Numeric)
			for k := range b.IDs[0] {
				b.IDs[0][k] = -1
				if k < len(h) {
					b.IDs[0][k] = 0
					copy(b.Numeric[k*m.D:], m.Vectors[int(h[len(h)-1-k].Row)*m.D:][:m.D])
				}
			}
			return r.Forward(b)
		}
	}}
}

// method returns x as a method: beside the bundle's own figures it shows what int8 costs.
func (x *float32Model) method() evaluation.Method {
	return evaluation.Method{Name: "retrieval float32", New: func() evaluation.Recommender {
		return &floats{float32Model: x, encode: x.user(), scores: make([]float32, len(x.bias))}
	}}
}

type floats struct {
	*float32Model
	encode func(h feature.History) []float32
	scores []float32 // [N]
	rows   []catalog.Row
}

// Recommend returns the k items outside h with the highest scores, ties by row.
func (f *floats) Recommend(h feature.History, k int) []catalog.Row {
	u := f.encode(h)
	seen := make(map[catalog.Row]bool, len(h))
	for _, e := range h {
		seen[e.Row] = true
	}
	f.rows = f.rows[:0]
	for r, s := range f.bias {
		for c, v := range f.out[r*len(u):][:len(u)] {
			s += float32(v * u[c])
		}
		f.scores[r] = s
		if !seen[catalog.Row(r)] {
			f.rows = append(f.rows, catalog.Row(r))
		}
	}
	slices.SortFunc(f.rows, func(a, b catalog.Row) int {
		return cmp.Or(cmp.Compare(f.scores[b], f.scores[a]), cmp.Compare(a, b))
	})
	return f.rows[:min(k, len(f.rows))]
}
