package nn

import "sparrow/wasm/quant"

// Dense is a fully connected layer without its bias: y = x·Weight.
type Dense struct {
	In, Out int
	Weight  []float32 // [In×Out], the outputs side by side, as [Product] reads them
}

// Decode returns the columns from ≤ c < to of m, which is [Out×C], as a layer.
func Decode(m *quant.Matrix, from, to int) Dense {
	d := Dense{In: to - from, Out: m.Rows, Weight: make([]float32, m.Rows*(to-from))}
	for r := range m.Rows {
		row, scale := m.Row(r)
		for c, v := range row[from:to] {
			d.Weight[c*d.Out+r] = scale * float32(v)
		}
	}
	return d
}

// Forward stores bias + x·Weight in dst for each row of x, where x is [R×In], dst is
// [R×Out] and bias is [Out]. It panics if the shapes do not match.
func (d *Dense) Forward(dst, bias, x []float32) {
	rows := len(dst) / d.Out
	if len(dst) != rows*d.Out || len(x) != rows*d.In || len(bias) != d.Out {
		panic("nn: shapes do not match")
	}
	for r := range rows {
		copy(dst[r*d.Out:][:d.Out], bias)
	}
	Product(dst, x, d.Weight, rows, d.In, d.Out)
}
