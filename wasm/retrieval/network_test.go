package retrieval_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/retrieval"
)

// attentive returns a model of n items, width 8, with a network of one attention over
// the newest L events; it has all that depends on L.
func attentive(n, length int) *retrieval.Model {
	rng := rand.New(rand.NewPCG(7, uint64(length)))
	normal := func(v []float32) []float32 {
		for i := range v {
			v[i] = float32(rng.NormFloat64())
		}
		return v
	}
	b := nn.NewBuilder(8*length, []nn.Field{{Name: "events", Slots: length, Vocabulary: 1}}, func(p *nn.Param, _, _ int) { normal(p.Data) })
	x, mask := b.OpN(nn.OpReshape, length, b.Op(nn.OpInput)), b.OpN(nn.OpPresent, 0)
	h := b.LayerNorm("norm", x)
	a := b.Attention("attention", 2, b.Steps(h, 0, 1), b.Linear("key", h, 8), h, mask)
	normal(b.Graph.Params[len(b.Graph.Params)-1].Data) // the distances
	out := quant.Quantize(normal(make([]float32, 8*n)), n, 8)
	return &retrieval.Model{In: out, Out: out, Bias: normal(make([]float32, n)), Network: b.Finish(b.Op(nn.OpAdd, a, b.Op(nn.OpMeanSteps, x, mask)))}
}

// TestNetworkOfShortHistories: the encoder, which runs a network of fewer steps where the
// history is short, computes the bits of the whole network.
func TestNetworkOfShortHistories(t *testing.T) {
	m := attentive(100, 40)
	whole, err := nn.NewRunner(m.Network, nn.Portable)
	if err != nil {
		t.Fatal(err)
	}
	e, rng := retrieval.NewEncoder(m), rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 15, 16, 17, 31, 32, 33, 39, 40, 41, 90} {
		var h feature.History
		for range n {
			h = append(h, feature.Event{Row: catalog.Row(rng.IntN(100)), Stars: 0.5 * float32(rng.IntN(11))})
		}
		vectors, there := make([]float32, 40*8), make([]int32, 40)
		for k := range there {
			if there[k] = -1; k < n {
				there[k] = 0
				m.In.Dequantize(vectors[8*k:][:8], int(h[n-1-k].Row))
			}
		}
		want := whole.Forward(&nn.Batch{Rows: 1, Numeric: vectors, IDs: [][]int32{there}})
		got := make([]float32, 8)
		for range 2 { // the second time it is remembered
			if e.UserVector(got, h); !slices.Equal(got, want) {
				t.Errorf("%d events: %v, the whole network says %v", n, got, want)
			}
		}
	}
	got := slices.Repeat([]float32{1}, 8)
	if e.UserVector(got, nil); !slices.Equal(got, make([]float32, 8)) {
		t.Errorf("no events: %v, want zeros", got)
	}
}

// TestNetworkThatKnowsItsLength: one that cannot be shortened is run as it is.
func TestNetworkThatKnowsItsLength(t *testing.T) {
	b := nn.NewBuilder(2*20, []nn.Field{{Name: "events", Slots: 20, Vocabulary: 1}}, nil)
	x := b.OpN(nn.OpReshape, 20, b.Op(nn.OpInput))
	b.OpN(nn.OpPresent, 0)
	oldest := b.Steps(x, 19, 20)
	m := model([][]int8{{2, 4}}, [][]int8{{2, 4}}, make([]float32, 1))
	m.Network = b.Finish(b.Op(nn.OpAdd, oldest, b.Steps(x, 0, 1)))
	got := make([]float32, 2)
	e := retrieval.NewEncoder(m)
	if e.UserVector(got, events(0)); !slices.Equal(got, []float32{1, 2}) {
		t.Errorf("one event: %v, want its vector", got)
	}
	if e.UserVector(got, events(slices.Repeat([]catalog.Row{0}, 20)...)); !slices.Equal(got, []float32{2, 4}) {
		t.Errorf("twenty events: %v, want the first and the last", got)
	}
}

// TestPull: a part of the score with pooling, likeness with a network.
func TestPull(t *testing.T) {
	m := model([][]int8{{2, 0}, {0, 4}}, [][]int8{{2, 2}, {1, 0}}, make([]float32, 2))
	ev := feature.Event{Row: 0, Stars: 5} // ½·(2,0)·½·(2,2) = 1, level 4
	for k, want := range []float32{4, 2, 0} {
		if got := m.Pull(k, ev, 0); got != want {
			t.Errorf("Pull of the event at %d = %g, want %g", k, got, want)
		}
	}
	b := nn.NewBuilder(4, []nn.Field{{Name: "events", Slots: 2, Vocabulary: 1}}, nil)
	m.Network = b.Finish(b.Steps(b.OpN(nn.OpReshape, 2, b.Op(nn.OpInput)), 0, 1))
	for k, want := range []float32{1, 1, 0} {
		if got := m.Pull(k, ev, 0); got != want {
			t.Errorf("Pull with a network of the event at %d = %g, want %g", k, got, want)
		}
	}
}
