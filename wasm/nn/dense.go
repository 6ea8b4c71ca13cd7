package nn

import "sparrow/wasm/quant"

// Dense is a fully connected layer without its bias: y = Weight·x.
type Dense struct {
	In, Out int
	Weight  []float32 // [Out×In]
}

// Decode returns the columns from ≤ c < to of m as a layer.
func Decode(m *quant.Matrix, from, to int) Dense {
	d := Dense{In: to - from, Out: m.Rows, Weight: make([]float32, 0, m.Rows*(to-from))}
	for r := range m.Rows {
		row, scale := m.Row(r)
		for _, v := range row[from:to] {
			d.Weight = append(d.Weight, scale*float32(v))
		}
	}
	return d
}

// Forward stores bias + Weight·x in dst, where x is [In], bias and dst are
// [Out] and may be the same. It panics if the shapes do not match.
func (d *Dense) Forward(dst, bias, x []float32) {
	if len(x) != d.In || len(dst) != d.Out || len(bias) != d.Out {
		panic("nn: shapes do not match")
	}
	w := d.Weight
	o := 0
	// Four outputs at a time: x is loaded once for all of them.
	for ; o+4 <= d.Out; o += 4 {
		w0, w1, w2, w3 := w[:len(x)], w[d.In:][:len(x)], w[2*d.In:][:len(x)], w[3*d.In:][:len(x)]
		s0, s1, s2, s3 := bias[o], bias[o+1], bias[o+2], bias[o+3]
		for i, v := range x {
			s0 += float32(w0[i] * v)
			s1 += float32(w1[i] * v)
			s2 += float32(w2[i] * v)
			s3 += float32(w3[i] * v)
		}
		dst[o], dst[o+1], dst[o+2], dst[o+3] = s0, s1, s2, s3
		w = w[4*d.In:]
	}
	for ; o < d.Out; o++ {
		s := bias[o]
		for i, v := range x {
			s += float32(w[i] * v)
		}
		dst[o] = s
		w = w[d.In:]
	}
}
