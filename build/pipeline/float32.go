package pipeline

import (
	"sparrow/build/evaluation"
	"sparrow/build/pool"
	"sparrow/build/sasrec"
	"sparrow/build/simd"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
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
		return &floats{float32Model: x, encode: x.user(), scores: make([]float32, len(x.bias)), skip: make([]bool, len(x.bias))}
	}}
}

type floats struct {
	*float32Model
	encode func(h feature.History) []float32
	scores []float32 // [N]
	skip   []bool    // [N] false between two lists
	top    vec.TopK
}

// Recommend returns the k items outside h with the highest scores, ties by row.
func (f *floats) Recommend(h feature.History, k int) []catalog.Row {
	u := f.encode(h)
	copy(f.scores, f.bias)
	simd.Product(f.scores, f.out, u, len(f.scores), len(u), 1)
	for _, e := range h {
		f.skip[e.Row] = true
	}
	f.top.Reset(k)
	f.top.PushAll(f.scores, 0, f.skip)
	for _, e := range h {
		f.skip[e.Row] = false
	}
	keys := f.top.Sorted()
	rows := make([]catalog.Row, len(keys))
	for i, key := range keys {
		rows[i] = catalog.Row(vec.At(key))
	}
	return rows
}
