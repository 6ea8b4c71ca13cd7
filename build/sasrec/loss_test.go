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
	return &Options{Width: 4, Heads: 2, Blocks: 2, Length: 5, MinCount: 1, Epochs: 1, Batch: 10, Negatives: negatives},
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
			g := newGraph(len(task.row), negatives, opt, start)
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
		g := newGraph(3, negatives, opt, zeros)
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
	// The first window draws 1 and 2, the second 0 twice, and they share them: K = 4. Item
	// 2 after 0 and 1 is alone again; beside 1 after 0 and beside 0 after 1 stands 2 alone,
	// whose q is 1/(3^¾ + 2^¾ + 1).
	beside := 1. / 6 * (math.Pow(3, evened) + math.Pow(2, evened) + 1) / 4
	want := math.Log(1+beside*3)/2 + math.Log(1+beside*2)
	task, got := first(2)
	if math.Abs(got-want) > 1e-5 {
		t.Errorf("sampled negatives: loss at the start %g, want %g", got, want)
	}
	bias := make([]float32, 3)
	task.startBias(bias)
	for i, want := range []float64{1. / 2, 1. / 3, 1. / 6} {
		if math.Abs(math.Exp(float64(bias[i]))-want) > 1e-6 {
			t.Errorf("bias %d = %g, want ln %g", i, bias[i], want)
		}
	}
}

// TestManyNegativesAreTheSoftmax: the more are drawn, the nearer is the loss to that over
// all items, and its gradient too.
func TestManyNegativesAreTheSoftmax(t *testing.T) {
	run := func(negatives int) (float64, *autodiff.Tape) {
		opt, _ := small(negatives)
		task := newTask(seven(), opt)
		g := newGraph(len(task.row), negatives, opt, func(*nn.Param, int, int) {})
		rng := rand.New(rand.NewPCG(8, 0))
		for i := range g.Params {
			for k := range g.Params[i].Data {
				g.Params[i].Data[k] = 0.5 * float32(rng.NormFloat64())
			}
		}
		tape := autodiff.NewTape(g)
		var batch nn.Batch
		autodiff.Resize(&batch, g, 4)
		task.Encode(&batch, []int32{0, 1, 2, 3}, rng)
		tape.Forward(&batch, nil)
		return task.Loss(tape, []int32{0, 1, 2, 3}), tape
	}
	full, whole := run(0)
	for _, test := range []struct {
		negatives int
		within    float64
	}{{50, 0.3}, {5000, 0.03}} {
		loss, tape := run(test.negatives)
		if math.Abs(loss-full) > test.within*full {
			t.Errorf("%d negatives: loss %g, over all %g", test.negatives, loss, full)
		}
		var off, size float64
		for i, g := range tape.Grad.Of(tableParam) {
			want := float64(whole.Grad.Of(tableParam)[i])
			off, size = off+math.Pow(float64(g)-want, 2), size+want*want
		}
		if math.Sqrt(off/size) > test.within {
			t.Errorf("%d negatives: the gradient is %.2f of its length away from that over all", test.negatives, math.Sqrt(off/size))
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
