package nn

import "sparrow/wasm/vec"

// products computes the products between the steps of x, which are the fields
// of a model: the second order of a factorization machine (Rendle, ICDM 2010; as
// a vector: He and Chua, Neural FM, SIGIR 2017), inner and outer products (Qu et
// al., PNN, ICDM 2016; the outer one of the sum of all fields, their section III.C).
func (r *Runner) products(dst, x []float32, op Op, in Shape) {
	width := len(dst) / r.batch.Rows
	for b := range r.batch.Rows {
		fields, y := x[b*in.size():][:in.size()], dst[b*width:][:width]
		switch op {
		case OpInnerProducts:
			inner(y, fields, in)
		case OpBiInteraction:
			clear(y)
			for c := range in.Cols {
				var sum, squares float32
				for f := c; f < len(fields); f += in.Cols {
					sum += fields[f]
					squares += float32(fields[f] * fields[f])
				}
				y[c] = 0.5 * (float32(sum*sum) - squares)
			}
		default:
			p := r.sum(fields, in)
			for c, v := range p {
				for d, w := range p {
					y[c*in.Cols+d] = v * w
				}
			}
		}
	}
}

// sum returns the sum of the steps of x in scratch memory.
func (r *Runner) sum(x []float32, in Shape) []float32 {
	r.scratch = Resize(r.scratch, in.Cols)
	clear(r.scratch)
	for k, v := range x {
		r.scratch[k%in.Cols] += v
	}
	return r.scratch
}

// inner stores the products of all pairs of rows, (0,1), (0,2), … (1,2), …
func inner(dst, fields []float32, in Shape) {
	at := 0
	for s := range in.Steps {
		a := fields[s*in.Cols:][:in.Cols]
		for t := s + 1; t < in.Steps; t++ {
			dst[at] = vec.Dot(a, fields[t*in.Cols:])
			at++
		}
	}
}
