package sasrec

import (
	"context"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/nn"
	"sparrow/wasm/retrieval"
)

// TestEvents cuts 6 events into windows of 2 targets: the newest has events 3
// and 4 before its targets 4 and 5, and the oldest one target alone. Item 7
// occurs once and is not trained.
func TestEvents(t *testing.T) {
	d := of(8, rows(1, 2, 7, 3, 4, 5, 6), rows(6, 5, 4), rows(3, 2, 1))
	d.Interactions[1].Part = 51
	s := newEvents(d, 1, 2)
	if got, want := s.row, []catalog.Row{1, 2, 3, 4, 5, 6, 7}; !slices.Equal(got, want) {
		t.Errorf("movies %v, want %v", got, want)
	}
	s = newEvents(d, 2, 2) // item 2 counts 1.2
	if got, want := s.row, []catalog.Row{1, 3, 4, 5, 6}; !slices.Equal(got, want) {
		t.Errorf("movies that count 2: %v, want %v", got, want)
	}
	if got, want := s.weight[1:3], []float32{1, 1}; !slices.Equal(got, want) || newEvents(d, 1, 2).weight[1] != 0.2 {
		t.Errorf("weights %v, want %v without the event that counts 0.2", got, want)
	}
	d.Interactions[1].Part = 0
	s = newEvents(d, 2, 2)
	want := []window{{0, 6, 2}, {0, 4, 2}, {0, 2, 1}, {6, 9, 2}, {9, 12, 2}}
	if diff := cmp.Diff(want, s.window, cmp.AllowUnexported(window{})); diff != "" {
		t.Errorf("windows (-want +got):\n%s", diff)
	}
	if s.mean != 9./5 {
		t.Errorf("mean of targets = %g, want 9/5", s.mean)
	}
	task := &task{events: s, opt: &Options{Length: 2}}
	b := nn.Batch{IDs: [][]int32{make([]int32, 6)}}
	task.Encode(&b, []int32{0, 2, 4}, nil)
	// By number: items 5, 4, then 1, then 2 and 3.
	if want := []int32{4, 3, 0, -1, 1, 2}; !slices.Equal(b.IDs[0], want) {
		t.Errorf("Encode = %v, want %v", b.IDs[0], want)
	}
}

// network returns a training graph with random parameters and its model.
func network(length int) (*nn.Graph, *Model) {
	opt, start := small(0)
	opt.Length, opt.Dropout = length, 0.3
	task := newTask(of(12, rows(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), opt)
	g := newGraph(len(task.row), 0, opt, start)
	for i := range g.Params { // also those that start at 0 or 1
		start(&g.Params[i], 1, 1)
	}
	return g, newModel(task, g)
}

// forward returns the vectors of the steps of one example, [L×D], by the loops
// that the browser has.
func forward(t *testing.T, g *nn.Graph, ids ...int32) []float32 {
	t.Helper()
	r, err := nn.NewRunner(g, nn.Portable)
	if err != nil {
		t.Fatal(err)
	}
	for len(ids) < g.Fields[0].Slots {
		ids = append(ids, -1)
	}
	return slices.Clone(r.Forward(&nn.Batch{Rows: 1, IDs: [][]int32{ids}}))
}

func TestNewerEventsDoNotChangeOlderSteps(t *testing.T) {
	g, _ := network(6)
	a, b := forward(t, g, 4, 3, 8, 1, 2), forward(t, g, 0, 11, 8, 1, 2)
	if !slices.Equal(a[2*4:5*4], b[2*4:5*4]) {
		t.Errorf("steps 2 to 4 are %v, and %v behind other events", a[2*4:5*4], b[2*4:5*4])
	}
	c := forward(t, g, 4, 3, 8, 1, 7)
	for s := range 5 {
		if slices.Equal(a[s*4:][:4], c[s*4:][:4]) {
			t.Errorf("step %d does not depend on the oldest event", s)
		}
	}
}

func TestOrderMatters(t *testing.T) {
	g, _ := network(6)
	if a, b := forward(t, g, 4, 3, 8), forward(t, g, 4, 8, 3); slices.Equal(a[:4], b[:4]) {
		t.Error("the newest step is the same with the older ones in another order")
	}
}

func TestPaddingDoesNotChangeTheResult(t *testing.T) {
	g, _ := network(6)
	long, _ := network(11)
	for i := range g.Params {
		p, q := &g.Params[i], &long.Params[i]
		for r := range p.Rows { // only the distances are more
			copy(q.Row(r), p.Row(r))
		}
	}
	a, b := forward(t, g, 4, 3, 8), forward(t, long, 4, 3, 8)
	if !slices.Equal(a[:3*4], b[:3*4]) {
		t.Errorf("3 events in 6 slots give %v, in 11 slots %v", a[:3*4], b[:3*4])
	}
}

// TestNetworkIsTheNewestStepOfTraining asks the network for every beginning of a
// history: it is the step of that event in the training graph, to the bit.
func TestNetworkIsTheNewestStepOfTraining(t *testing.T) {
	g, m := network(6)
	ids := []int32{4, 3, 8, 1, 2}
	steps := forward(t, g, ids...)
	r, err := nn.NewRunner(m.Network, nn.Portable)
	if err != nil {
		t.Fatal(err)
	}
	for n := range ids {
		vectors, there := make([]float32, 6*4), []int32{-1, -1, -1, -1, -1, -1}
		for k, id := range ids[n:] {
			there[k] = 0
			copy(vectors[4*k:], m.Vectors[4*id:][:4])
		}
		got := r.Forward(&nn.Batch{Rows: 1, Numeric: vectors, IDs: [][]int32{there}})
		if want := steps[n*4:][:4]; !slices.Equal(got, want) {
			t.Errorf("the network makes %v of events %v, the training graph %v", got, ids[n:], want)
		}
	}
}

// TestQuantize: what ships has the scores of the model but for int8, and rounding it
// again changes nothing.
func TestQuantize(t *testing.T) {
	g, m := network(6)
	shipped, err := m.Quantize()
	if err != nil {
		t.Fatal(err)
	}
	if err := shipped.CheckNetwork(); err != nil {
		t.Fatal(err)
	}
	again, err := bundle.Rounded(shipped.Network)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(shipped.Network, again); diff != "" {
		t.Errorf("rounded twice:\n%s", diff)
	}
	u := forward(t, g, 4, 3, 8)[:4]
	var off, size float64
	for r, got := range scoresOf(&shipped, 8, 3, 4) {
		want := m.Bias[r]
		for c, v := range u {
			want += v * m.Vectors[4*r+c]
		}
		off, size = off+float64((got-want)*(got-want)), size+float64(want*want)
	}
	if off > 1e-3*size {
		t.Errorf("the scores are off by %.2g of %.2g", math.Sqrt(off), math.Sqrt(size))
	}
}

func scoresOf(m *retrieval.Model, h ...catalog.Row) []float32 {
	u, dst := make([]float32, m.Out.Cols), make([]float32, m.Out.Rows)
	retrieval.NewEncoder(m).UserVector(u, history(h...))
	m.Scores(dst, u)
	return dst
}

func TestSameSeedSameBits(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 2, Users: 60, Items: 100, Interactions: 1200, Groups: 2})
	for name, negatives := range map[string]int{"full softmax": 0, "sampled negatives": 16} {
		opt := Options{Width: 8, Heads: 2, Blocks: 2, Length: 10, MinCount: 2, Epochs: 2, Batch: 100, LearningRate: 0.01, Dropout: 0.2,
			Negatives: negatives}
		train := func(processors int, seed uint64) []float32 {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			opt.Seed = seed
			m, err := Train(context.Background(), d, opt, nil)
			if err != nil {
				t.Fatal(err)
			}
			all := slices.Concat(m.Vectors, m.Bias)
			for _, p := range m.Network.Params {
				all = append(all, p.Data...)
			}
			return all
		}
		if !slices.Equal(train(1, 5), train(4, 5)) {
			t.Errorf("%s: one processor and four do not train the same bits", name)
		}
		if slices.Equal(train(2, 5), train(2, 6)) {
			t.Errorf("%s: another seed trains the same bits", name)
		}
	}
}

func TestTrainErrors(t *testing.T) {
	good := DefaultOptions(seven())
	good.MinCount = 1
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, test := range []struct {
		name   string
		ctx    context.Context
		d      *dataset.Dataset
		change func(o *Options)
	}{
		{"cancelled", cancelled, seven(), func(*Options) {}},
		{"one event a user", context.Background(), of(2, rows(0), rows(1)), func(*Options) {}},
		{"no movie is common enough", context.Background(), seven(), func(o *Options) { o.MinCount = 9 }},
		{"heads", context.Background(), seven(), func(o *Options) { o.Heads = 3 }},
		{"width", context.Background(), seven(), func(o *Options) { o.Width = 0 }},
		{"blocks", context.Background(), seven(), func(o *Options) { o.Blocks = 0 }},
		{"length", context.Background(), seven(), func(o *Options) { o.Length = 0 }},
		{"epochs", context.Background(), seven(), func(o *Options) { o.Epochs = 0 }},
		{"dropout", context.Background(), seven(), func(o *Options) { o.Dropout = 1 }},
	} {
		o := good
		test.change(&o)
		if m, err := Train(test.ctx, test.d, o, nil); err == nil || m != nil {
			t.Errorf("%s: Train returned no error", test.name)
		}
	}
}

// TestProgress counts: 4 windows of 14/4 targets and batches of 7 make 2 steps.
func TestProgress(t *testing.T) {
	opt, _ := small(0)
	opt.Batch, opt.Epochs, opt.LearningRate = 7, 3, 0.01
	var got []int
	m, err := Train(context.Background(), seven(), *opt, func(done, total int) { got = append(got, done, total) })
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{1, 6, 2, 6, 3, 6, 4, 6, 5, 6, 6, 6}; !slices.Equal(got, want) {
		t.Errorf("progress %v, want %v", got, want)
	}
	if len(m.Curve) != 3 || m.Curve[2].Train >= m.Curve[0].Train {
		t.Errorf("curve %v: 3 epochs that descend were wanted", m.Curve)
	}
}

// TestDefaultOptions: what is right for much is too much for little.
func TestDefaultOptions(t *testing.T) {
	small, large := of(20_001, rows(0, 1)), of(2, rows(0, 1))
	large.Interactions = make([]dataset.Interaction, 5_000_001)
	large.End[0] = len(large.Interactions)
	s, l := DefaultOptions(small), DefaultOptions(large)
	if s.Negatives != 1024 || l.Negatives != 0 {
		t.Errorf("negatives of 20001 movies %d, of 2 %d, want 1024 and 0", s.Negatives, l.Negatives)
	}
	if s.Batch >= l.Batch || s.Length >= l.Length || s.Epochs <= l.Epochs || s.Dropout <= l.Dropout {
		t.Errorf("options of 2 events %+v, of 5,000,001 %+v: the batches and the history must be smaller, epochs and dropout more", s, l)
	}
	for _, o := range []Options{s, l} {
		if err := o.check(); err != nil {
			t.Error(err)
		}
	}
}

// TestTableHasFewLevels: what ships has no value beyond 31 in its table, and uses
// all of them.
func TestTableHasFewLevels(t *testing.T) {
	_, m := network(6)
	shipped, err := m.Quantize()
	if err != nil {
		t.Fatal(err)
	}
	values := shipped.Out.Data
	if top := max(-int(slices.Min(values)), int(slices.Max(values))); top != 31 {
		t.Errorf("the largest value of the table is %d, want 31", top)
	}
}
