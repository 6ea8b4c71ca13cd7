package nn_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"sparrow/wasm/nn"
)

// looksBack is a graph of two blocks of causal attention over 8 steps of width 4, the
// second for the newest step alone, as a sequence model has them, with an operation of
// every kind that Update has a case for.
func looksBack(rng *rand.Rand) *nn.Graph {
	const steps, width = 8, 4
	g := &nn.Graph{Numeric: steps * width, Fields: []nn.Field{{Name: "events", Slots: steps, Vocabulary: 1}}}
	param := func(rows, cols int) int32 {
		p := nn.Param{Rows: rows, Cols: cols, Data: make([]float32, rows*cols)}
		for i := range p.Data {
			p.Data[i] = float32(rng.NormFloat64())
		}
		g.Params = append(g.Params, p)
		return int32(len(g.Params) - 1)
	}
	add := func(n nn.Node) int32 {
		g.Nodes = append(g.Nodes, n)
		return int32(len(g.Nodes) - 1)
	}
	linear := func(x int32, out int) int32 {
		return add(nn.Node{Op: nn.OpLinear, In: []int32{x}, Param: []int32{param(width, out), param(1, out)}})
	}
	x := add(nn.Node{Op: nn.OpReshape, In: []int32{add(nn.Node{Op: nn.OpInput})}, N: steps})
	mask := add(nn.Node{Op: nn.OpPresent})
	for block, activation := range []nn.Op{nn.OpReLU, nn.OpTanh} {
		x = add(nn.Node{Op: nn.OpMul, In: []int32{x, x}})
		h := add(nn.Node{Op: nn.OpLayerNorm, In: []int32{x}, Param: []int32{param(1, width), param(1, width)}})
		q := h
		if block == 1 {
			q, x = add(nn.Node{Op: nn.OpSteps, In: []int32{h}, M: 1}), add(nn.Node{Op: nn.OpSteps, In: []int32{x}, M: 1})
		}
		a := add(nn.Node{Op: nn.OpAttention, In: []int32{linear(q, width), linear(h, width), linear(h, width), mask}, Param: []int32{param(2, steps)}, N: 2})
		a = add(nn.Node{Op: activation, In: []int32{add(nn.Node{Op: nn.OpScale, In: []int32{a}, Factor: 0.5})}})
		x = add(nn.Node{Op: nn.OpAdd, In: []int32{x, add(nn.Node{Op: nn.OpDropout, In: []int32{a}, Factor: 0.1})}})
	}
	g.Output = add(nn.Node{Op: nn.OpUnit, In: []int32{x}})
	return g
}

// history is the batch of events of which row k is the value of every number of event k.
func history(g *nn.Graph, events []float32) *nn.Batch {
	steps := g.Fields[0].Slots
	b := &nn.Batch{Rows: 1, Numeric: make([]float32, g.Numeric), IDs: [][]int32{make([]int32, steps)}}
	for k := range steps {
		b.IDs[0][k] = -1
		if k < len(events) {
			b.IDs[0][k] = 0
			for c := range g.Numeric / steps {
				b.Numeric[k*g.Numeric/steps+c] = events[k] * float32(1+c*c)
			}
		}
	}
	return b
}

// TestUpdateGivesForwardsBits asks for histories that lack one event, that grow, shrink
// and stay, in any order: Update says what Forward of a new runner says, bit for bit.
func TestUpdateGivesForwardsBits(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 3))
		g := looksBack(rng)
		updated, err := nn.NewRunner(g, nn.Portable)
		if err != nil {
			t.Fatal(err)
		}
		events := make([]float32, 8)
		for i := range events {
			events[i] = float32(rng.NormFloat64())
		}
		for range 20 {
			n := rng.IntN(9)
			asked := append([]float32{}, events[:n]...)
			if n > 0 && rng.IntN(3) > 0 {
				at := rng.IntN(n)
				asked = append(asked[:at], asked[at+1:]...)
			}
			fresh, _ := nn.NewRunner(g, nn.Portable)
			want := fresh.Forward(history(g, asked))
			for i, v := range updated.Update(history(g, asked)) {
				if math.Float32bits(v) != math.Float32bits(want[i]) {
					t.Fatalf("seed %d, events %v: Update gives %v at %d, Forward %v", seed, asked, v, i, want[i])
				}
			}
			for node := range g.Nodes {
				for i, v := range updated.Value(int32(node)) {
					if w := fresh.Value(int32(node))[i]; v != w {
						t.Fatalf("seed %d, events %v: node %d, %v, has %v at %d, want %v", seed, asked, node, g.Nodes[node].Op, v, i, w)
					}
				}
			}
		}
	}
}

// TestUpdateLeavesOlderStepsAlone changes one event: the values of the steps that are
// older, which are made wrong on purpose, are not computed again.
func TestUpdateLeavesOlderStepsAlone(t *testing.T) {
	g := looksBack(rand.New(rand.NewPCG(1, 1)))
	r, err := nn.NewRunner(g, nn.Portable)
	if err != nil {
		t.Fatal(err)
	}
	r.Forward(history(g, []float32{1, 2, 3, 4, 5, 6}))
	const norm = 4 // the first layer norm, over single steps
	value := r.Value(norm)
	for i := range value {
		value[i] = 77
	}
	r.Update(history(g, []float32{1, 2, 9, 4, 5, 6}))
	for step := range 8 {
		if got, want := value[4*step] == 77, step != 2; got != want {
			t.Errorf("step %d is left alone: %v, want %v", step, got, want)
		}
	}
}
