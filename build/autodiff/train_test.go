package autodiff

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"sparrow/wasm/nn"
)

// parity is a task that no linear model can learn: the label of (x, y) is 1
// where exactly one of them is above 0, and a table that says the same of ids.
type parity struct {
	x      []float32
	ids    []int32
	labels []float32
}

func newParity(n int) *parity {
	rng := rand.New(rand.NewPCG(4, 2))
	p := &parity{}
	for range n {
		a, b, id := rng.Float32()*2-1, rng.Float32()*2-1, rng.Int32N(10)
		p.x, p.ids = append(p.x, a, b), append(p.ids, id)
		label := float32(0)
		if (a > 0) != (b > 0) != (id%2 == 0) {
			label = 1
		}
		p.labels = append(p.labels, label)
	}
	return p
}

func (p *parity) graph(seed uint64) *nn.Graph {
	b := nn.NewBuilder(2, []nn.Field{{Name: "id", Slots: 1, Vocabulary: 10}}, Glorot(seed))
	x := b.Op(nn.OpConcat, b.Op(nn.OpInput), b.Embed(0, b.Table("id", 0, 4)))
	return b.Finish(b.Linear("logit", b.MLP("deep", x, nn.OpReLU, 0, 16, 16), 1))
}

func (p *parity) Encode(dst *nn.Batch, examples []int32, _ *rand.Rand) {
	for k, e := range examples {
		copy(dst.Numeric[2*k:], p.x[2*e:2*e+2])
		dst.IDs[0][k] = p.ids[e]
	}
}

func (p *parity) Loss(t *Tape, examples []int32) float64 {
	labels := make([]float32, len(examples))
	for k, e := range examples {
		labels[k] = p.labels[e]
	}
	return Binary(t, t.Graph.Output, labels, nil)
}

func (p *parity) right(g *nn.Graph) float64 {
	t := NewTape(g)
	var b nn.Batch
	Resize(&b, g, len(p.labels))
	all := make([]int32, len(p.labels))
	for i := range all {
		all[i] = int32(i)
	}
	p.Encode(&b, all, nil)
	right := 0.0
	for k, v := range t.Forward(&b, nil) {
		if (v > 0) == (p.labels[k] == 1) {
			right++
		}
	}
	return right / float64(len(p.labels))
}

func TestTrainLearnsWhatNoLinearModelCan(t *testing.T) {
	p := newParity(2000)
	g := p.graph(1)
	_, err := Train(context.Background(), g, 2000, p, Options{Epochs: 60, Batch: 50, LearningRate: 0.01, Seed: 1,
		Rule: func(string) Rule { return Adam{Beta1: 0.9, Beta2: 0.999} }}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r := p.right(g); r < 0.93 {
		t.Errorf("%.3f of the training examples are right, want 0.93", r)
	}
}

func TestSameSeedSameBits(t *testing.T) {
	p := newParity(400)
	train := func(procs int, seed uint64) []float32 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		g := p.graph(seed)
		if _, err := Train(context.Background(), g, 400, p, Options{Epochs: 2, Batch: 30, LearningRate: 0.01, Warmup: 5, Cosine: true, Clip: 1, Seed: seed}, nil, nil); err != nil {
			t.Fatal(err)
		}
		var all []float32
		for _, p := range g.Params {
			all = append(all, p.Data...)
		}
		return all
	}
	if one, four := train(1, 7), train(4, 7); !slices.Equal(one, four) {
		t.Error("one processor and four do not train the same bits")
	}
	if slices.Equal(train(2, 7), train(2, 8)) {
		t.Error("another seed trains the same bits")
	}
}

func TestEarlyStoppingKeepsTheBest(t *testing.T) {
	p := newParity(200)
	g := p.graph(1)
	asked := 0
	var kept []float32
	curve, err := Train(context.Background(), g, 200, p, Options{Epochs: 50, Batch: 20, LearningRate: 0.01, Patience: 2, Seed: 1}, func() float64 {
		asked++
		if asked == 3 {
			kept = slices.Clone(g.Params[0].Data)
		}
		return []float64{5, 4, 1, 2, 1}[asked-1]
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(curve) != 5 || curve.Best() != 2 {
		t.Errorf("%d epochs, the best at %d, want 5 and 2", len(curve), curve.Best())
	}
	if !slices.Equal(kept, g.Params[0].Data) {
		t.Error("the parameters are not those of the best epoch")
	}
}

// TestRules works one number out by hand for two steps of gradient 2 and -1, at
// rate 0.5.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name string
		rule Rule
		want []float64
	}{
		// Step 1: m/c1 = 2, √(s/c2) = 2. Step 2: m = .9·.2-.1 = .08, c1 = .19; s = .75·1+.25 = 1, c2 = 1-.75².
		{"Adam", Adam{Beta1: 0.9, Beta2: 0.75}, []float64{0.5, 0.5 - 0.5*(0.08/0.19)/math.Sqrt(1/(1-0.5625))}},
		// Weight decay takes .5·.1 of what was there before.
		{"Adam with decay", Adam{Beta1: 0.9, Beta2: 0.75, Decay: 0.1}, []float64{0.45, 0.45*0.95 - 0.5*(0.08/0.19)/math.Sqrt(1/(1-0.5625))}},
		// z = 2-(2-0)/.5·1 = -2: w = (2-1)/((1+2)/.5+2) = 1/8. Then z = -2-1-(√5-2)/.5/8.
		{"FTRL", FTRL{L1: 1, L2: 2}, []float64{1. / 8, (2 + 1 + (math.Sqrt(5)-2)/4 - 1) / ((1+math.Sqrt(5))/0.5 + 2)}},
	} {
		w, a, b := []float32{1}, []float32{0}, []float32{0}
		for i, g := range []float32{2, -1} {
			c.rule.At(i+1, 0.5)(w, []float32{g}, a, b)
			if math.Abs(float64(w[0])-c.want[i]) > 1e-6 {
				t.Errorf("%s: after step %d w = %g, want %g", c.name, i+1, w[0], c.want[i])
			}
		}
	}
	w, a, b := []float32{1}, []float32{0}, []float32{0}
	FTRL{L1: 3}.At(1, 0.5)(w, []float32{2}, a, b)
	if w[0] != 0 {
		t.Errorf("FTRL: a small gradient leaves w = %g, want 0", w[0])
	}
}

// TestRowsThatWereNotMetDoNotMove trains a table on two of its ids only.
func TestRowsThatWereNotMetDoNotMove(t *testing.T) {
	p := newParity(100)
	for i := range p.ids {
		p.ids[i] %= 2
	}
	g := p.graph(3)
	before := slices.Clone(g.Params[0].Data)
	if _, err := Train(context.Background(), g, 100, p, Options{Epochs: 2, Batch: 10, LearningRate: 0.01, Seed: 1}, nil, nil); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before[8:], g.Params[0].Data[8:]) {
		t.Error("rows moved that no example has")
	}
	if slices.Equal(before[:4], g.Params[0].Data[:4]) {
		t.Error("a row that examples have did not move")
	}
}

// TestRowsBySideAndWhole adds to rows of a table, which lie side by side, and then asks for all of them.
func TestRowsBySideAndWhole(t *testing.T) {
	g := newParity(1).graph(1)
	grad := newGradient(g)
	row := func(v float32) []float32 { return []float32{v, v, v, v} }
	grad.AddRows(0, []int32{7, -1, 2, 7}, slices.Concat(row(1), row(10), row(100), row(1000)))
	sum := newGradient(g)
	sum.AddRows(0, []int32{3, 2}, slices.Concat(row(5), row(6)))
	grad.addTo(sum)
	if q := sum.params[0]; !slices.Equal(q.rows, []int32{3, 2, 7}) || !slices.Equal(q.data, slices.Concat(row(5), row(106), row(1001))) {
		t.Errorf("rows %v with %v", q.rows, q.data)
	}
	want := make([]float32, 40)
	copy(want[8:], row(106))
	copy(want[12:], row(5))
	copy(want[28:], row(1001))
	if got := sum.Of(0); !slices.Equal(got, want) {
		t.Errorf("Of = %v, want %v", got, want)
	}
	sum.AddRows(0, []int32{2}, row(1))
	if got := sum.Of(0)[8]; got != 107 {
		t.Errorf("a row added after all were asked for is %g, want 107", got)
	}
	grad.clear()
	grad.AddRows(0, []int32{2}, row(1))
	if q := grad.params[0]; !slices.Equal(q.rows, []int32{2}) || !slices.Equal(q.data, row(1)) {
		t.Errorf("after clear rows %v with %v", q.rows, q.data)
	}
}

// TestStopBreaksOff: what is left behind is the model of that pass, on the rates of all passes.
func TestStopBreaksOff(t *testing.T) {
	p := newParity(200)
	train := func(stop int, valid func(*nn.Graph) float64) ([]float32, Curve) {
		g := p.graph(5)
		curve, err := Train(context.Background(), g, 200, p, Options{Epochs: 4, Batch: 20, LearningRate: 0.01, Cosine: true, Seed: 5, Stop: stop},
			func() float64 { return valid(g) }, nil)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Clone(g.Params[1].Data), curve
	}
	var second []float32
	pass := 0
	train(0, func(g *nn.Graph) float64 {
		if pass++; pass == 2 {
			second = slices.Clone(g.Params[1].Data)
		}
		return 0
	})
	got, curve := train(2, func(*nn.Graph) float64 { pass++; return -float64(pass) })
	if !slices.Equal(got, second) || len(curve) != 2 {
		t.Errorf("stopped after %d passes with %v, want 2 and %v", len(curve), got[:4], second[:4])
	}
}
