//go:build !js

package bundle_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sparrow/wasm/bundle"
	"sparrow/wasm/nn"
)

// sampleGraph is a graph with a table, layers and an attention.
func sampleGraph() *nn.Graph {
	rng := rand.New(rand.NewPCG(3, 1))
	b := nn.NewBuilder(3, []nn.Field{{Name: "movie", Slots: 4, Vocabulary: 50}}, func(p *nn.Param, _, _ int) {
		for i := range p.Data {
			p.Data[i] = float32(rng.NormFloat64())
		}
	})
	e := b.Embed(0, b.Table("movies", 0, 12))
	mask := b.OpN(nn.OpPresent, 0)
	a := b.LayerNorm("norm", b.Attention("attention", 2, b.Linear("q", e, 12), b.Linear("k", e, 12), b.Linear("v", e, 12), mask))
	user := b.Op(nn.OpMeanSteps, a, mask)
	return b.Finish(b.Linear("logit", b.MLP("deep", b.Op(nn.OpConcat, b.Op(nn.OpInput), user), nn.OpPReLU, 0.1, 9), 1))
}

func answers(t *testing.T, g *nn.Graph) []float32 {
	t.Helper()
	r, err := nn.NewRunner(g, nn.Portable)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	batch := &nn.Batch{Rows: 20, Numeric: make([]float32, 60), IDs: [][]int32{make([]int32, 80)}}
	for i := range batch.Numeric {
		batch.Numeric[i] = float32(rng.NormFloat64())
	}
	for i := range batch.IDs[0] {
		batch.IDs[0][i] = rng.Int32N(51) - 1
	}
	return append([]float32(nil), r.Forward(batch)...)
}

// TestGraphsComeBack compares the answers of a graph before and behind its file, as far as
// int8 goes, and the bytes of writing it twice.
func TestGraphsComeBack(t *testing.T) {
	g := sampleGraph()
	data, err := bundle.EncodeGraph(g)
	if err != nil {
		t.Fatal(err)
	}
	back, err := bundle.DecodeGraph(data)
	if err != nil {
		t.Fatal(err)
	}
	want, got := answers(t, g), answers(t, back)
	var off, size float64
	for i := range want {
		off += float64((want[i] - got[i]) * (want[i] - got[i]))
		size += float64(want[i] * want[i])
	}
	if off > 1e-3*size {
		t.Errorf("the answers are off by %.2g of %.2g", math.Sqrt(off), math.Sqrt(size))
	}
	again, err := bundle.EncodeGraph(back)
	if err != nil {
		t.Fatal(err)
	}
	if len(again) != len(data) {
		t.Errorf("writing it again makes %d bytes of %d", len(again), len(data))
	}
}

func TestBrokenGraphsAreRefused(t *testing.T) {
	data, err := bundle.EncodeGraph(sampleGraph())
	if err != nil {
		t.Fatal(err)
	}
	for n := range data {
		if _, err := bundle.DecodeGraph(data[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes are taken for a graph", n, len(data))
		}
	}
	for _, c := range []struct {
		name, want string
		spoil      func(g *nn.Graph)
	}{
		{"an input behind its node", "inputs", func(g *nn.Graph) { g.Nodes[2].In = []int32{40} }},
		{"a parameter that is not there", "parameters", func(g *nn.Graph) { g.Nodes[2].Param = []int32{90, 91} }},
		{"an unknown operation", "?", func(g *nn.Graph) { g.Nodes[3].Op = 200 }},
		{"an output that is no node", "output", func(g *nn.Graph) { g.Output = 99 }},
		{"a vocabulary beyond the table", "parameters", func(g *nn.Graph) { g.Fields[0].Vocabulary = 51 }},
	} {
		g := sampleGraph()
		c.spoil(g)
		if _, err := bundle.EncodeGraph(g); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.name, err, c.want)
		}
	}
}

// TestManyNodesStayWithin: as many models, columns, nodes and parameters as there may be,
// each as few bytes as it can, take no more memory than FORMAT.md allows.
func TestManyNodesStayWithin(t *testing.T) {
	b := bundle.WithNetwork()
	m := &b.Pointwise[0]
	for len(m.Graph.Nodes) < 1024 {
		m.Graph.Nodes = append(m.Graph.Nodes, nn.Node{Op: nn.OpReLU, In: []int32{m.Graph.Output}})
	}
	for len(m.Graph.Params) < 1024 {
		m.Graph.Params = append(m.Graph.Params, nn.Param{Rows: 1, Cols: 1, Data: []float32{0}})
	}
	for i := 0; len(m.Schema.Columns) < 256; i++ {
		c := m.Schema.Columns[0]
		c.Name = strconv.Itoa(i)
		m.Schema.Columns = append(m.Schema.Columns, c)
	}
	m.Graph.Numeric = len(m.Schema.Numerics())
	m.Graph.Params[0].Rows, m.Graph.Params[0].Data = m.Graph.Numeric, make([]float32, m.Graph.Numeric)
	b.Pointwise = slices.Repeat(b.Pointwise, 4)
	data, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bundle.DecodeWithin(t, data); err != nil {
		t.Error(err)
	}
}

func FuzzDecodeGraph(f *testing.F) {
	data, err := bundle.EncodeGraph(sampleGraph())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		if g, err := bundle.DecodeGraph(data); err == nil {
			if _, err := bundle.EncodeGraph(g); err != nil {
				t.Errorf("a graph that was read cannot be written: %v", err)
			}
		}
	})
}
