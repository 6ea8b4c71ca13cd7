package nn

import (
	"math"

	"sparrow/wasm/vec"
)

// pool sums over steps: plainly, over the steps that exist divided by their
// number, or with weights.
func (r *Runner) pool(dst []float32, n *Node) {
	from, weights := n.In[0], []float32(nil)
	switch n.Op {
	case OpMeanSteps:
		weights = r.values[n.In[1]]
	case OpWeightedSum:
		from, weights = n.In[1], r.values[n.In[0]]
	}
	x, s := r.values[from], r.Shapes[from]
	clear(dst)
	for b := range r.batch.Rows {
		y := dst[b*s.Cols:][:s.Cols]
		var count float32
		for k := b * s.Steps; k < (b+1)*s.Steps; k++ {
			w := float32(1)
			if weights != nil {
				w = weights[k]
			}
			if w == 0 {
				continue
			}
			count += w
			for c, v := range x[k*s.Cols:][:s.Cols] {
				y[c] += float32(w * v)
			}
		}
		if n.Op == OpMeanSteps && count > 0 {
			for c := range y {
				y[c] /= count
			}
		}
	}
}

// softmax stores softmax(x) over the steps of mask 1, and 0 elsewhere.
func (r *Runner) softmax(dst, x, mask []float32, steps int) {
	for b := 0; b < len(x); b += steps {
		y := dst[b : b+steps]
		top := float32(-math.MaxFloat32)
		for k := range y {
			y[k] = -math.MaxFloat32
			if mask[b+k] != 0 {
				y[k] = x[b+k]
				top = max(top, y[k])
			}
		}
		sum := r.Kernel.ExpSum(y, top)
		if top == -math.MaxFloat32 { // no step exists
			clear(y)
			continue
		}
		for k := range y {
			y[k] /= sum
		}
	}
}

// byRow reduces or scales the rows of x by themselves.
func byRow(op Op, dst, x, y []float32, cols int) {
	for k := range len(x) / cols {
		row := x[k*cols:][:cols]
		switch op {
		case OpSumCols:
			var sum float32
			for _, v := range row {
				sum += v
			}
			dst[k] = sum
		case OpDot:
			dst[k] = vec.Dot(row, y[k*cols:])
		default:
			inverse := inverseLength(row)
			for c, v := range row {
				dst[k*cols+c] = inverse * v
			}
		}
	}
}

// inverseLength returns 1/|row|, 0 for zeros.
func inverseLength(row []float32) float32 {
	squares := vec.Dot(row, row)
	if squares == 0 {
		return 0
	}
	return 1 / float32(math.Sqrt(float64(squares)))
}

// layerNorm normalizes the rows of x; see [Runner.Extra].
func (r *Runner) layerNorm(i int32, dst, x []float32, n *Node, cols int) {
	rows := len(x) / cols
	r.extra[i] = Resize(r.extra[i], len(x)+rows)
	normal, inverse := r.extra[i][:len(x)], r.extra[i][len(x):]
	gain, bias := r.Graph.Params[n.Param[0]].Data[:cols], r.Graph.Params[n.Param[1]].Data[:cols]
	for k := range rows {
		row, h, y := x[k*cols:][:cols], normal[k*cols:][:cols], dst[k*cols:][:cols]
		mean := sum(row) / float32(cols)
		for c, v := range row {
			h[c] = v - mean
		}
		by := 1 / float32(math.Sqrt(float64(vec.DotLanes(h, h)/float32(cols)+1e-5)))
		inverse[k] = by
		for c, v := range h {
			v *= by
			h[c] = v
			y[c] = float32(gain[c]*v) + bias[c]
		}
	}
}

// sum returns the sum of x: of four lanes, which do not wait for each other.
func sum(x []float32) float32 {
	var a, b, c, d float32
	for ; len(x) >= 4; x = x[4:] {
		a, b, c, d = a+x[0], b+x[1], c+x[2], d+x[3]
	}
	for _, v := range x {
		a += v
	}
	return (a + b) + (c + d)
}
