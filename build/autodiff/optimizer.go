package autodiff

import (
	"math"

	"sparrow/build/simd"
	"sparrow/wasm/nn"
)

// Rule moves parameters against their gradient. Each parameter has two numbers
// of state beside it, a and b, zero at the start.
type Rule interface {
	// At returns what step number t, from 1, does at a learning rate.
	At(t int, rate float32) Step
}

// Step moves w, in place, against gradient g.
type Step func(w, g, a, b []float32)

// Adam is the optimizer of Kingma and Ba (ICLR 2015) with weight decay beside the
// gradient (Loshchilov and Hutter, ICLR 2019): a and b are the decaying means of
// g and g², w -= rate·(â/(√b̂ + 1e-8) + Decay·w). Of a table only rows with a
// gradient move, and their means decay only then.
type Adam struct{ Beta1, Beta2, Decay float32 }

// At implements [Rule].
func (o Adam) At(t int, rate float32) Step {
	first := 1 - math.Pow(float64(o.Beta1), float64(t))
	second := 1 - math.Pow(float64(o.Beta2), float64(t))
	size, grow := rate/float32(first), 1/float32(math.Sqrt(second))
	return func(w, g, a, b []float32) {
		simd.Adam(w, g, a, b, o.Beta1, o.Beta2, size, grow, rate*o.Decay)
	}
}

// FTRL is follow the regularized leader, for sparse linear models: b is Σ g², a
// the sum z, and w = 0 where |z| ≤ L1, else
//
//	w = -(z - sign(z)·L1)/((1 + √b)/rate + L2)
//
// Source: McMahan et al., KDD 2013, algorithm 1, with β = 1. A start other than
// zero is forgotten in the first step.
type FTRL struct{ L1, L2 float32 }

// At implements [Rule].
func (o FTRL) At(_ int, rate float32) Step {
	return func(w, g, a, b []float32) {
		for k, v := range g {
			before := float32(math.Sqrt(float64(b[k])))
			b[k] += float32(v * v)
			root := float32(math.Sqrt(float64(b[k])))
			a[k] += v - float32((root-before)/rate*w[k])
			z := a[k]
			switch {
			case z > o.L1:
				w[k] = -(z - o.L1) / ((1+root)/rate + o.L2)
			case z < -o.L1:
				w[k] = -(z + o.L1) / ((1+root)/rate + o.L2)
			default:
				w[k] = 0
			}
		}
	}
}

// optimizer applies rules to the parameters of a graph.
type optimizer struct {
	graph *nn.Graph
	rules []Rule // of each parameter
	a, b  [][]float32
	steps int
}

func newOptimizer(g *nn.Graph, rule func(name string) Rule) *optimizer {
	o := &optimizer{graph: g}
	for i := range g.Params {
		p := &g.Params[i]
		o.rules = append(o.rules, rule(p.Name))
		o.a = append(o.a, make([]float32, len(p.Data)))
		o.b = append(o.b, make([]float32, len(p.Data)))
	}
	return o
}

// step moves all parameters that have a gradient.
func (o *optimizer) step(grad *Gradient, rate float32) {
	o.steps++
	for i := range grad.params {
		q, w, a, b := &grad.params[i], o.graph.Params[i].Data, o.a[i], o.b[i]
		step := o.rules[i].At(o.steps, rate)
		if !q.table {
			step(w, q.data, a, b)
			continue
		}
		for k, r := range q.rows {
			from, to := int(r)*q.cols, int(r+1)*q.cols
			step(w[from:to], q.data[k*q.cols:][:q.cols], a[from:to], b[from:to])
		}
	}
}

// clip scales grad down to a length of at most longest, or not at all when that is 0.
func clip(grad *Gradient, longest float64) {
	if longest == 0 {
		return
	}
	var squares float64
	for i := range grad.params {
		for _, x := range grad.params[i].data {
			squares += float64(x) * float64(x)
		}
	}
	if length := math.Sqrt(squares); length > longest {
		grad.scale(float32(longest / length))
	}
}

func (g *Gradient) scale(by float32) {
	for i := range g.params {
		v := g.params[i].data
		for k := range v {
			v[k] *= by
		}
	}
}
