package onnx

import (
	"encoding/json"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/ranking"
)

var writtenTo = flag.String("written", "", "folder for models that are written, with questions and our answers: testdata/check.py asks ONNX Runtime")

// kept keeps a model, what it is asked and what the graph answers, where a folder is named.
func kept(t *testing.T, name string, data []byte, g *nn.Graph, numbers []string, b *nn.Batch, answers []float32) {
	t.Helper()
	if *writtenTo == "" {
		return
	}
	asked := map[string]any{}
	for i, n := range numbers {
		column := make([][1]float32, b.Rows)
		for r := range column {
			column[r][0] = b.Numeric[r*len(numbers)+i]
		}
		asked[n] = column
	}
	for i, f := range g.Fields {
		rows := make([][]int32, b.Rows)
		for r := range rows {
			rows[r] = b.IDs[i][r*f.Slots:][:f.Slots]
		}
		asked[f.Name] = rows
		if f.Slots == 1 {
			asked[f.Name] = b.IDs[i]
		}
	}
	text, err := json.Marshal(map[string]any{"inputs": asked, "answers": answers})
	if err == nil {
		err = os.WriteFile(filepath.Join(*writtenTo, name+".json"), text, 0o644)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(*writtenTo, name+".onnx"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// back reads a model that was written, with the same numbers and fields, as a graph.
func back(data []byte, numbers []string, fields []nn.Field) (*nn.Graph, error) {
	m, err := readModel(data)
	if err != nil {
		return nil, err
	}
	w := newWriter(m, nn.NewBuilder(len(numbers), fields, nil))
	for i, name := range numbers {
		w.inputs[name] = bound{first: i, count: 1, field: -1}
	}
	for i, f := range fields {
		rows := make([]int32, f.Vocabulary)
		for r := range rows {
			rows[r] = int32(r)
		}
		w.inputs[f.Name] = bound{field: i, several: f.Slots > 1, rows: rows}
	}
	if w.Graph.Output, err = w.answer(m.outputs[0]); err != nil {
		return nil, err
	}
	return w.Graph.Only(w.Graph.Output), nil
}

// drawn fills what a graph is asked and its parameters.
func drawn(g *nn.Graph, rows int) *nn.Batch {
	rng := rand.New(rand.NewPCG(7, 7))
	for i := range g.Params {
		for k := range g.Params[i].Data {
			g.Params[i].Data[k] = float32(rng.NormFloat64() / 2)
		}
	}
	b := &nn.Batch{Rows: rows}
	for range rows * g.Numeric {
		b.Numeric = append(b.Numeric, float32(rng.NormFloat64()))
	}
	for _, f := range g.Fields {
		var list []int32
		for range rows {
			there := rng.IntN(f.Slots + 1) // and no more
			for s := range f.Slots {
				if s < there {
					list = append(list, int32(rng.IntN(f.Vocabulary)))
				} else {
					list = append(list, -1)
				}
			}
		}
		b.IDs = append(b.IDs, list)
	}
	return b
}

// TestWrittenAndReadAgain: a graph of each operation answers the same when it was written and read
// again, where it can be read; ONNX Runtime answers the same (make import-test).
func TestWrittenAndReadAgain(t *testing.T) {
	const item, several = 0, 1
	type in struct{ x, one, steps, mask int32 }
	for name, c := range map[string]struct {
		build func(b *nn.Builder, in in) int32
		only  bool // written, not read
	}{
		"layers": {build: func(b *nn.Builder, in in) int32 {
			h := b.Activation("p", nn.OpPReLU, b.Linear("l", b.Op(nn.OpConcat, in.x, in.one), 6))
			return b.Op(nn.OpTanh, b.Linear("m", b.Dropout(b.LayerNorm("n", h), .5), 3))
		}},
		"steps": {build: func(b *nn.Builder, in in) int32 {
			near := b.Op(nn.OpMul, in.steps, b.OpN(nn.OpRepeat, 4, in.one))
			h := b.Op(nn.OpReLU, b.Linear("l", b.Op(nn.OpConcat, near, in.steps), 3))
			return b.Op(nn.OpConcat, b.Op(nn.OpSumSteps, h), b.OpN(nn.OpReshape, 1, b.Steps(h, 1, 3)), b.Op(nn.OpSumCols, b.OpN(nn.OpReshape, 1, b.Steps(h, 2, 3))))
		}},
		"attention": {build: func(b *nn.Builder, in in) int32 {
			w := b.Op(nn.OpSoftmaxSteps, b.Op(nn.OpDot, in.steps, b.OpN(nn.OpRepeat, 4, in.one)), in.mask)
			return b.Op(nn.OpWeightedSum, w, in.steps)
		}},
		"mean of what is there": {build: func(b *nn.Builder, in in) int32 { return b.Op(nn.OpMeanSteps, in.steps, in.mask) }},
		"length 1": {build: func(b *nn.Builder, in in) int32 {
			return b.Op(nn.OpSub, b.Op(nn.OpUnit, b.Linear("l", in.x, 4)), b.Scale(b.Op(nn.OpSigmoid, in.one), 3))
		}},
		"pairs of fields": {build: func(b *nn.Builder, in in) int32 {
			return b.Op(nn.OpConcat, b.Op(nn.OpBiInteraction, in.steps), b.Op(nn.OpAdd, in.one, in.one))
		}},
		"products of fields": {only: true, build: func(b *nn.Builder, in in) int32 {
			return b.Op(nn.OpConcat, b.Op(nn.OpInnerProducts, in.steps), b.Op(nn.OpOuterProduct, in.steps))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			fields := []nn.Field{{Name: "item", Slots: 1, Vocabulary: 5}, {Name: "liked", Slots: 4, Vocabulary: 5}}
			b := nn.NewBuilder(3, fields, func(*nn.Param, int, int) {})
			table := b.Table("table", item, 4)
			answer := c.build(b, in{b.Op(nn.OpInput), b.Embed(item, table), b.Embed(several, table), b.OpN(nn.OpPresent, several)})
			g := b.Finish(b.Linear("last", answer, 1))
			asked, numbers := drawn(g, 9), []string{"x1", "x2", "x3"}
			answers := forward(t, g, asked)
			data, err := (&page{graph: g, numbers: numbers}).model()
			if err != nil {
				t.Fatal(err)
			}
			kept(t, strings.ReplaceAll(name, " ", "-"), data, g, numbers, asked, answers)
			read, err := back(data, numbers, fields)
			if c.only {
				if err == nil {
					t.Error("it can be read now: say so in the table")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := forward(t, read, asked); !near(got, answers) {
				t.Errorf("read again it answers\n%v, want\n%v", got, answers)
			}
		})
	}
}

func forward(t *testing.T, g *nn.Graph, b *nn.Batch) []float32 {
	t.Helper()
	r, err := nn.NewRunner(g, nn.Portable)
	if err != nil {
		t.Fatal(err)
	}
	return append([]float32(nil), r.Forward(b)...)
}

// TestWhatIsNotWritten is said with the node.
func TestWhatIsNotWritten(t *testing.T) {
	fields := []nn.Field{{Name: "liked", Slots: 3, Vocabulary: 5}}
	b := nn.NewBuilder(0, fields, func(*nn.Param, int, int) {})
	h := b.GRU("g", 2, b.Embed(0, b.Table("t", 0, 2)), b.OpN(nn.OpPresent, 0, nil...))
	g := b.Finish(b.Linear("last", b.Op(nn.OpSumSteps, h), 1))
	if _, err := (&page{graph: g}).model(); err == nil || !strings.Contains(err.Error(), "node 2, gru: it is not written") {
		t.Errorf("%v", err)
	}
}

// TestTheRankerIsWritten asks the ranker of the demo, and the model that is written of it, about
// the demo's golden questions: the scores differ by 1e-4 at most.
func TestTheRankerIsWritten(t *testing.T) {
	files, err := filepath.Glob("../../data/demo/*.bundle")
	if err != nil || len(files) != 1 {
		t.Fatalf("no demo: %v, %v", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	of, err := bundle.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	model, err := WriteRanker(&of.Ranking, &of.Retrieval.In, &of.Retrieval.Out)
	if err != nil {
		t.Fatal(err)
	}
	p := rankerPage(&of.Ranking, &of.Retrieval.In, &of.Retrieval.Out)
	tables := feature.Tables{Catalog: of.Catalog, Statistics: &of.Statistics, Out: &of.Retrieval.Out, Neighbours: of.Transition.Of}
	if of.Profile != nil {
		tables.Speaks, tables.Set = of.Profile.Of, of.Profile.Gate.Set
	}
	ranker, features := ranking.New(&of.Ranking, tables, &of.Retrieval.In), feature.NewExtractor(tables)
	asked, want := &nn.Batch{IDs: make([][]int32, len(p.graph.Fields))}, []float32(nil)
	for _, q := range of.Golden {
		var h feature.History
		for i, r := range q.History {
			h = append(h, feature.Event{Row: r, Stars: 5, At: of.Statistics.AsOf - 3600*int64(len(q.History)-i)})
		}
		var list []feature.Candidate
		for i, r := range q.Items {
			list = append(list, feature.Candidate{Row: r, Score: float32(-i) / 10, Retrieved: i + 1})
		}
		items := make([]feature.Item, len(list))
		u := *features.User(h)
		features.Items(items, list, nil)
		for i := range items {
			askRanker(asked, &of.Ranking, &u, &items[i])
		}
		ranker.Score(h, list)
		for _, c := range list {
			want = append(want, c.Score)
		}
	}
	kept(t, "ranker", model, p.graph, p.numbers, asked, want)
	read, err := back(model, p.numbers, p.graph.Fields)
	if err != nil {
		t.Fatal(err)
	}
	worst := 0.0
	for i, got := range forward(t, read, asked) {
		worst = max(worst, math.Abs(float64(got-want[i])))
	}
	t.Logf("%d rows, %d inputs, %d bytes: off by %.2g at most", asked.Rows, len(p.numbers)+len(p.graph.Fields), len(model), worst)
	if len(want) == 0 || worst > 1e-4 {
		t.Errorf("%d rows, off by %v", len(want), worst)
	}
}

// askRanker adds a row of the ranker's features to what is asked.
func askRanker(b *nn.Batch, m *ranking.Model, u *feature.User, v *feature.Item) {
	b.Rows++
	for _, name := range m.Features {
		f, _ := feature.NumericOf(name)
		if f.Side() == feature.OfUser {
			b.Numeric = append(b.Numeric, u.Of(f))
		} else {
			b.Numeric = append(b.Numeric, v.Numeric[f])
		}
	}
	var ids []int32
	for _, g := range v.Genres {
		ids = append(ids, int32(g)-1)
	}
	ids = append(ids, int32(v.Row))
	for _, g := range u.Genres {
		ids = append(ids, int32(g)-1)
	}
	for _, r := range u.Items {
		ids = append(ids, int32(max(r, -1)))
	}
	for i, id := range ids {
		b.IDs[i] = append(b.IDs[i], id)
	}
}
