package autodiff_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/build/autodiff"
	"sparrow/build/autodiff/gradcheck"
	"sparrow/wasm/nn"
)

// build is a small model around one operation; s is a sequence of 4 steps of 6
// columns that is learned, mask its mask, c a learned vector of 6 columns.
var models = []struct {
	name  string
	build func(b *nn.Builder, s, mask, c int32) int32
}{
	{"linear and sigmoid", func(b *nn.Builder, s, _, _ int32) int32 { return b.Op(nn.OpSigmoid, b.Linear("l", s, 3)) }},
	{"relu", func(b *nn.Builder, s, _, _ int32) int32 { return b.Op(nn.OpReLU, s) }},
	{"prelu", func(b *nn.Builder, s, _, _ int32) int32 { return b.Activation("a", nn.OpPReLU, s) }},
	{"tanh and scale", func(b *nn.Builder, s, _, _ int32) int32 { return b.Scale(b.Op(nn.OpTanh, s), -2) }},
	{"add, sub, mul", func(b *nn.Builder, s, _, c int32) int32 {
		r := b.OpN(nn.OpRepeat, 4, c)
		return b.Op(nn.OpMul, b.Op(nn.OpAdd, s, r), b.Op(nn.OpSub, s, r))
	}},
	{"concat, reshape, steps", func(b *nn.Builder, s, _, c int32) int32 {
		two := b.Steps(s, 1, 3)
		return b.Op(nn.OpTanh, b.Op(nn.OpConcat, b.OpN(nn.OpReshape, 1, two), c))
	}},
	{"dot", func(b *nn.Builder, s, _, c int32) int32 { return b.Op(nn.OpDot, s, b.OpN(nn.OpRepeat, 4, c)) }},
	{"dot with itself", func(b *nn.Builder, s, _, _ int32) int32 { return b.Op(nn.OpDot, s, s) }},
	{"unit", func(b *nn.Builder, s, _, _ int32) int32 { return b.Op(nn.OpUnit, s) }},
	{"sum of columns and steps", func(b *nn.Builder, s, _, _ int32) int32 {
		return b.Op(nn.OpSumSteps, b.Op(nn.OpSumCols, b.Op(nn.OpTanh, s)))
	}},
	{"mean of steps", func(b *nn.Builder, s, mask, _ int32) int32 { return b.Op(nn.OpMeanSteps, s, mask) }},
	{"weighted sum", func(b *nn.Builder, s, _, _ int32) int32 {
		return b.Op(nn.OpWeightedSum, b.Linear("w", s, 1), s)
	}},
	{"softmax", func(b *nn.Builder, s, mask, _ int32) int32 {
		return b.Op(nn.OpWeightedSum, b.Op(nn.OpSoftmaxSteps, b.Linear("w", s, 1), mask), s)
	}},
	{"bi-interaction", func(b *nn.Builder, s, _, _ int32) int32 { return b.Op(nn.OpBiInteraction, s) }},
	{"inner products", func(b *nn.Builder, s, _, _ int32) int32 { return b.Op(nn.OpInnerProducts, s) }},
	{"outer product", func(b *nn.Builder, s, _, _ int32) int32 { return b.Op(nn.OpOuterProduct, s) }},
	{"gru", func(b *nn.Builder, s, mask, _ int32) int32 { return b.GRU("g", 5, s, mask) }},
	{"augru", func(b *nn.Builder, s, mask, _ int32) int32 {
		a := b.Op(nn.OpSoftmaxSteps, b.Linear("w", s, 1), mask)
		return b.Steps(b.GRU("g", 5, s, mask, a), 0, 1)
	}},
	{"layer norm", func(b *nn.Builder, s, _, _ int32) int32 { return b.LayerNorm("n", s) }},
	{"attention", func(b *nn.Builder, s, mask, _ int32) int32 {
		return b.Attention("a", 2, b.Linear("q", s, 6), b.Linear("k", s, 6), b.Linear("v", s, 6), mask)
	}},
	{"attention of the newest step", func(b *nn.Builder, s, mask, _ int32) int32 {
		return b.Attention("a", 3, b.Linear("q", b.Steps(s, 0, 2), 6), b.Linear("k", s, 6), s, mask)
	}},
}

// model returns a graph around an operation, with random parameters, and a
// batch of three examples with 4, 2 and 0 events.
func model(build func(b *nn.Builder, s, mask, c int32) int32) (*nn.Graph, *nn.Batch) {
	rng := rand.New(rand.NewPCG(5, 6))
	start := func(p *nn.Param, _, _ int) {
		for i := range p.Data {
			p.Data[i] = float32(rng.NormFloat64()) * 0.7
		}
	}
	b := nn.NewBuilder(2, []nn.Field{{Name: "events", Slots: 4, Vocabulary: 5}, {Name: "candidate", Slots: 1, Vocabulary: 3}}, start)
	s := b.Embed(0, b.Table("events", 0, 6))
	c := b.Op(nn.OpAdd, b.Embed(1, b.Table("candidates", 1, 6)), b.Linear("numeric", b.Op(nn.OpInput), 6))
	g := b.Finish(build(b, s, b.OpN(nn.OpPresent, 0), c))
	for i := range g.Params { // no parameter may hide behind a zero, or stand at a kink
		for k, v := range g.Params[i].Data {
			if v > -0.1 && v < 0.1 {
				g.Params[i].Data[k] = 0.1 + 0.5*rng.Float32()
			}
		}
	}
	return g, &nn.Batch{Rows: 3, Numeric: []float32{1, -0.5, 0.3, 2, -1, 0.1},
		IDs: [][]int32{{0, 3, 1, 1, 4, 2, -1, -1, -1, -1, -1, -1}, {2, 0, 2}}}
}

// TestGradients compares the gradient of Σ weight·value of the output by every
// parameter with central differences.
func TestGradients(t *testing.T) {
	for _, m := range models {
		t.Run(m.name, func(t *testing.T) {
			g, batch := model(m.build)
			loss := func(t *autodiff.Tape) (sum float64) {
				rng := rand.New(rand.NewPCG(1, 1))
				out := t.Forward(batch, nil)
				d := t.Delta(g.Output)
				for i, v := range out {
					d[i] = float32(rng.NormFloat64())
					sum += float64(d[i]) * float64(v)
				}
				return sum
			}
			if err := gradcheck.Check(g, 100, loss); err != nil {
				t.Error(err)
			}
			// The check itself can fail: a loss whose gradient is half of what it says.
			half := func(t *autodiff.Tape) float64 {
				v := loss(t)
				d := t.Delta(g.Output)
				for i := range d {
					d[i] /= 2
				}
				return v
			}
			if gradcheck.Check(g, 100, half) == nil {
				t.Error("Check takes half a gradient for a whole one")
			}
		})
	}
}

func TestBinary(t *testing.T) {
	g, batch := model(func(b *nn.Builder, s, _, _ int32) int32 { return b.Linear("logit", s, 1) })
	tape := autodiff.NewTape(g)
	labels, weights := make([]float32, 12), make([]float32, 12)
	for i := range labels {
		labels[i], weights[i] = float32(i%2), float32(i%3)
	}
	tape.Forward(batch, nil)
	autodiff.Binary(tape, g.Output, labels, weights)
	tape.Backward()
	got := append([]float32(nil), tape.Grad.Of(0)...)
	for k := range got {
		want := gradcheck.Central(&g.Params[0].Data[k], 0.02, func() float64 {
			tape.Forward(batch, nil)
			return autodiff.Binary(tape, g.Output, labels, weights)
		})
		if math.Abs(want-float64(got[k])) > 2e-3 {
			t.Errorf("∂loss/∂%d = %g, want %g", k, got[k], want)
		}
	}
	// By hand: -ln σ(100) = e^-100, and 100 for the other label.
	for label, want := range []float64{100, math.Exp(-100)} {
		tape.Value(g.Output)[0] = 100
		only := make([]float32, 12)
		only[0] = 1
		if loss := autodiff.Binary(tape, g.Output, []float32{float32(label), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, only); math.Abs(loss-want) > 1e-9 {
			t.Errorf("loss of logit 100 and label %d = %g, want %g", label, loss, want)
		}
	}
}

// TestDropoutGradient holds the dropped elements fixed by the seed.
func TestDropoutGradient(t *testing.T) {
	g, batch := model(func(b *nn.Builder, s, _, _ int32) int32 { return b.Dropout(s, 0.5) })
	tape := autodiff.NewTape(g)
	out := tape.Forward(batch, rand.New(rand.NewPCG(3, 3)))
	zeros := 0
	for i, v := range out[:24] { // the steps that exist, and their scale
		if v == 0 {
			zeros++
		} else if d := math.Abs(float64(v - 2*tape.Value(0)[i])); d > 1e-6 {
			t.Errorf("a kept element is %g, want twice %g", v, tape.Value(0)[i])
		}
	}
	if zeros < 4 || zeros > 20 {
		t.Errorf("%d of 24 elements were dropped at a rate of a half", zeros)
	}
	d := tape.Delta(g.Output)
	for i := range d {
		d[i] = 1
	}
	tape.Backward()
	for i, v := range tape.Delta(0) {
		want := float32(2)
		if out[i] == 0 && tape.Value(0)[i] != 0 {
			want = 0
		}
		if tape.Value(0)[i] != 0 && v != want {
			t.Errorf("gradient %d = %g, want %g", i, v, want)
		}
	}
}
