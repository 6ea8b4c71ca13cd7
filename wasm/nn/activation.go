package nn

import "math"

// sigmoid returns 1/(1+e^-v).
func sigmoid(v float32) float32 {
	if v >= 0 {
		return 1 / (1 + exp(-v))
	}
	e := exp(v)
	return e / (1 + e)
}

// tanh returns (1-e^-2v)/(1+e^-2v).
func tanh(v float32) float32 {
	if v < 0 {
		return -tanh(-v)
	}
	e := exp(-2 * v)
	return (1 - e) / (1 + e)
}

func elementwise(op Op, dst, x, y []float32) {
	y = y[:len(x)]
	switch op {
	case OpAdd:
		for k, v := range x {
			dst[k] = v + y[k]
		}
	case OpSub:
		for k, v := range x {
			dst[k] = v - y[k]
		}
	default:
		for k, v := range x {
			dst[k] = v * y[k]
		}
	}
}

func (r *Runner) activate(dst, x []float32, n *Node, cols int) {
	dst = dst[:len(x)]
	switch n.Op {
	case OpReLU:
		for k, v := range x { // max(v, 0) without a branch, which would be a coin's toss
			bits := math.Float32bits(v)
			dst[k] = math.Float32frombits(bits &^ uint32(int32(bits)>>31))
		}
	case OpPReLU:
		a := r.Graph.Params[n.Param[0]].Data
		for k, v := range x {
			if v < 0 {
				v *= a[k%cols]
			}
			dst[k] = v
		}
	case OpSigmoid:
		for k, v := range x {
			dst[k] = sigmoid(v)
		}
	case OpTanh:
		for k, v := range x {
			dst[k] = tanh(v)
		}
	default:
		for k, v := range x {
			dst[k] = n.Factor * v
		}
	}
}

// dropout zeroes elements with probability rate and scales the others by
// 1/(1-rate); it keeps what it multiplied by.
func (r *Runner) dropout(i int32, dst, x []float32, rate float32) {
	if r.Rand == nil || rate == 0 {
		r.extra[i] = r.extra[i][:0]
		copy(dst, x)
		return
	}
	keep := Resize(r.extra[i], len(x))
	r.extra[i] = keep
	up, below := math.Float32bits(1/(1-rate)), int32(rate*(1<<16))
	var bits uint64
	for k, v := range x {
		if k%4 == 0 {
			bits = r.Rand.Uint64()
		}
		// Without a branch, which no one could predict: all ones where it is below.
		drop := uint32((int32(bits&0xffff) - below) >> 31)
		keep[k] = math.Float32frombits(up &^ drop)
		bits >>= 16
		dst[k] = v * keep[k]
	}
}
