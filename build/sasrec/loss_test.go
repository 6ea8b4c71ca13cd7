package sasrec

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sparrow/build/autodiff"
	"sparrow/build/autodiff/gradcheck"
	"sparrow/build/dataset"
	"sparrow/wasm/nn"
)

// small returns the options of a small network, with random weights.
func small(negatives int) (*Options, func(p *nn.Param, in, out int)) {
	rng := rand.New(rand.NewPCG(5, uint64(negatives)))
	return &Options{Width: 4, Heads: 2, Blocks: 2, Length: 5, MinCount: 1, Epochs: 1, Batch: 10, Negatives: negatives, Calibration: 0.75},
		func(p *nn.Param, _, _ int) {
			for i := range p.Data {
				p.Data[i] = 0.5 * float32(rng.NormFloat64())
			}
		}
}

// seven has 7 items and users with 7, 5 and 2 events, one of which counts a third.
func seven() *dataset.Dataset {
	d := of(7, rows(0, 1, 2, 3, 4, 5, 6), rows(6, 4, 2, 0, 1), rows(3, 5))
	d.Interactions[8].Part = 85
	return d
}

// TestGradients compares the gradient by every parameter with central differences.
func TestGradients(t *testing.T) {
	for name, negatives := range map[string]int{"full softmax": 0, "sampled negatives": 4} {
		t.Run(name, func(t *testing.T) {
			opt, start := small(negatives)
			task := newTask(seven(), opt)
			g := newGraph(len(task.row), opt, start)
			start(&g.Params[biasParam], 1, 1)
			for i := range g.Params {
				if p := &g.Params[i]; strings.HasSuffix(p.Name, ".inner0.bias") {
					for k := range p.Data { // no ReLU may stand near its kink
						p.Data[k] = float32(10 * (k%2*2 - 1))
					}
				}
			}
			examples := []int32{3, 0, 1, 2} // the first user of seven has two windows
			var batch nn.Batch
			autodiff.Resize(&batch, g, len(examples))
			task.Encode(&batch, examples, rand.New(rand.NewPCG(1, 1)))
			if err := gradcheck.Check(g, 30, func(tape *autodiff.Tape) float64 {
				tape.Forward(&batch, nil)
				return task.Loss(tape, examples)
			}); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestStart has vectors of zeros, so that the scores are the biases: the loss of
// the first step is known.
func TestStart(t *testing.T) {
	// Item 0 has 3 events, 1 has 2, 2 has 1: shares 1/2, 1/3, 1/6.
	d := of(3, rows(0, 1, 2), rows(1, 0), rows(0))
	zeros := func(*nn.Param, int, int) {}
	first := func(negatives int) (*task, float64) {
		opt, _ := small(negatives)
		task := newTask(d, opt)
		task.weight[1] = 0.5
		g := newGraph(3, opt, zeros)
		task.startBias(g.Params[biasParam].Data)
		tape := autodiff.NewTape(g)
		var batch nn.Batch
		autodiff.Resize(&batch, g, 2)
		task.Encode(&batch, []int32{0, 1}, rand.New(rand.NewPCG(1, 1)))
		if negatives > 0 {
			copy(batch.IDs[1], []int32{1, 2, 0, 0})
		}
		tape.Forward(&batch, nil)
		return task, task.Loss(tape, []int32{0, 1}) * task.mean
	}
	// Item 2 after 0 and 1 is alone, 1 after 0 has 1/3 of 1/2 and counts half, 0 after 1
	// has 1/2 of 2/3.
	if _, got := first(0); math.Abs(got-(math.Log(3./2)/2+math.Log(4./3))) > 1e-5 {
		t.Errorf("full softmax: loss at the start %g, want (ln 3/2)/2 + ln 4/3", got)
	}
	// k = 2 of M = 3: α = 1, β = 1 and no shift: σ = p/(1+p), 1/3, 1/4 and 1/7. The first
	// window has negatives 1, which is one target and before the other, and 2; the second
	// has 0 twice, its target.
	want := -(math.Log(1./7) + (math.Log(1./4)+math.Log(6./7))/2 + math.Log(1./3)) / 3
	plain, _ := first(0)
	few, got := first(2)
	if math.Abs(got-want) > 1e-5 {
		t.Errorf("sampled negatives: loss at the start %g, want %g", got, want)
	}
	// k = 1 and t = 1/2: α = 1/2, β = 3/4, and the odds of each item are 3/2 of its share.
	few.opt.Negatives, few.opt.Calibration = 1, 0.5
	for _, test := range []struct {
		task *task
		want []float64
	}{{plain, []float64{1. / 2, 1. / 3, 1. / 6}}, {few, []float64{3. / 4, 1. / 2, 1. / 4}}} {
		bias := make([]float32, 3)
		test.task.startBias(bias)
		for i, want := range test.want {
			if math.Abs(math.Exp(float64(bias[i]))-want) > 1e-6 {
				t.Errorf("%d negatives: bias %d = %g, want ln %g", test.task.opt.Negatives, i, bias[i], want)
			}
		}
	}
}

// By hand, for 5 of 21 items, α = 1/4: t = 0 leaves the plain cross-entropy,
// t = 1 gives α, and half way is half way.
func TestCalibration(t *testing.T) {
	for at, want := range map[float32]float64{0: 1, 1: 0.25, 0.5: 0.625} {
		if got := calibration(at, 5, 21); math.Abs(float64(got)-want) > 1e-6 {
			t.Errorf("calibration(%g, 5, 21) = %g, want %g", at, got, want)
		}
	}
}

// TestFind has items 0, 1, 2 as events 0 to 2 of one user and 1, 0 as events 3
// and 4 of another.
func TestFind(t *testing.T) {
	var h scratch
	item := []int32{0, 1, 2, 1, 0}
	for _, test := range []struct {
		window window
		want   []int32
	}{{window{0, 2, 1}, []int32{0, 1, math.MaxInt32}}, {window{0, 3, 1}, []int32{0, 1, 2}}, {window{3, 5, 1}, []int32{4, 3, math.MaxInt32}}} {
		if h.find(item, test.window, []int32{0, 1, 2}, 3); !slices.Equal(h.met, test.want) {
			t.Errorf("find in %v = %v, want %v", test.window, h.met, test.want)
		}
	}
}

// TestDescend is about scores where e^x would overflow.
func TestDescend(t *testing.T) {
	h := scratch{met: []int32{math.MaxInt32, 6, math.MaxInt32, 5, 4}}
	x := []float32{200, -200, 0, 7, 7}
	// -ln(1 - σ(200)) = 200, of -200 it is e^-200, of 0 it is ln 2; the others are the
	// target, event 5, and one before it.
	if got, want := h.descend(x, 5, 2), 200+math.Ln2; math.Abs(got-want) > 1e-6 {
		t.Errorf("descend = %g, want %g", got, want)
	}
	for i, want := range []float32{2, 0, 1, 0, 0} {
		if x[i] != want {
			t.Errorf("descend: derivative %d = %g, want %g", i, x[i], want)
		}
	}
}
