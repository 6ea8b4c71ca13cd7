package retrieval

import (
	"errors"
	"slices"

	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

// CheckNetwork returns an error unless the network has the inputs and the output that
// Model describes. A decoder calls it; no one checks again.
func (m *Model) CheckNetwork() error {
	g := m.Network
	if len(g.Fields) != 1 || g.Fields[0].Slots < 1 || g.Fields[0].Slots > 1000 || g.Numeric != g.Fields[0].Slots*m.In.Cols {
		return errors.New("retrieval: the network does not take vectors of events")
	}
	shapes, err := g.Shapes()
	if err != nil {
		return err
	}
	if shapes[g.Output] != (nn.Shape{Steps: 1, Cols: m.Out.Cols}) {
		return errors.New("retrieval: the network does not make one vector")
	}
	return nil
}

// lane is what numbers of steps are rounded up to, so that histories of a similar
// length share a runner.
const lane = 16

// runner returns a runner for histories of n events: the time of the network grows
// with its steps, and most visitors have said less than it could remember.
func (e *Encoder) runner(n int) *nn.Runner {
	g := e.model.Network
	steps := min((n+lane-1)/lane*lane, g.Fields[0].Slots)
	if e.runners[steps] == nil {
		r, err := nn.NewRunner(shortened(g, steps), nn.Portable)
		if err != nil { // an operation that knows L, other than the reshape
			r, _ = nn.NewRunner(g, nn.Portable)
		}
		e.runners[steps] = r
	}
	return e.runners[steps]
}

// shortened returns g for histories of that many steps; the parameters are shared.
func shortened(g *nn.Graph, steps int) *nn.Graph {
	s, f := *g, g.Fields[0]
	s.Numeric = g.Numeric / f.Slots * steps
	s.Nodes = slices.Clone(g.Nodes)
	for i := range s.Nodes {
		if n := &s.Nodes[i]; n.Op == nn.OpReshape && int(n.N) == f.Slots {
			n.N = int32(steps)
		}
	}
	f.Slots = steps
	s.Fields = []nn.Field{f}
	return &s
}

// run stores the vector that the network makes of h, which is not empty, in e.user.
func (e *Encoder) run(h feature.History) {
	r, d := e.runner(len(h)), len(e.user)
	steps := r.Graph.Fields[0].Slots
	vectors, there := make([]float32, steps*d), make([]int32, steps)
	for k := range there {
		there[k] = -1
		if k < len(h) {
			there[k] = 0
			e.model.In.Dequantize(vectors[k*d:][:d], int(h[len(h)-1-k].Row))
		}
	}
	copy(e.user, r.Update(&nn.Batch{Rows: 1, Numeric: vectors, IDs: [][]int32{there}}))
}
