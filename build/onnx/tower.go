package onnx

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/nn"
)

// Tower is the user's side of a model of two towers: a network of a bundle, which makes a vector of
// those of the newest L events, as retrieval.Model has it.
type Tower struct {
	Name, Source string
	Network      *nn.Graph
	// Beside has the rows that the model looks items up in, [N×Columns], zeros of an item that it does
	// not know, times a scale that the network takes back; nil where it reads the vectors of the items themselves. The network
	// reads them behind these.
	Beside  []float32
	Columns int
}

// tableShare is how long the rows of a tower's own table stand beside the vectors of items, against
// these, on average: so they say little in the cosines of what is similar, and keep most of their 8 bits.
const tableShare = 0.5

// vectors are an input that is made of the vectors of items.
type vectors struct {
	Vectors string `json:"vectors"`         // sequence, mean or present
	Slots   int    `json:"slots,omitempty"` // how many events
}

// The values of vectors: those of the events, [batch × slots × D], newest first, zeros where there are fewer; their
// mean, [batch × D]; and 1 where there is an event and 0 where not, [batch × slots].
const ofSequence, ofMean, ofPresent = "sequence", "mean", "present"

// mostEvents is how many events a network may look at.
const mostEvents = 1000

// ReadTower reads the user's tower at path for items of c, whose vectors have that width and, on average,
// that length. b binds its inputs to the vectors of the newest items, or to userHistory, which it looks up in one table.
func ReadTower(path string, b *Bind, c *catalog.Catalog, width int, length float64) (*Tower, error) {
	m, err := modelIn(path)
	var t *Tower
	if err == nil {
		t, err = m.tower(b, c, width, length)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return t, nil
}

// slots returns how many events the inputs of a tower are of.
func (b *Bind) slots(m *model) (slots int, looked *ids, err error) {
	for _, name := range m.inputs {
		x := b.Inputs[name]
		n := 0
		switch {
		case x.vectors != nil && slices.Contains([]string{ofSequence, ofMean, ofPresent}, x.vectors.Vectors):
			n = x.vectors.Slots
		case x.ids != nil && x.ids.Feature == "userHistory":
			n, looked = int(x.ids.Slots), x.ids
		default:
			return 0, nil, fmt.Errorf("input %q of a user's tower: bind it to userHistory, with ids and slots, or to vectors: %s, %s or %s", name, ofSequence, ofMean, ofPresent)
		}
		if n < 1 || n > mostEvents || slots > 0 && n != slots {
			return 0, nil, fmt.Errorf("input %q has %d slots: they may be 1 to %d, and all inputs have as many", name, n, mostEvents)
		}
		slots = n
	}
	for name := range b.Inputs {
		if !slices.Contains(m.inputs, name) {
			return 0, nil, fmt.Errorf("the model has no input %q: it has %s", name, m.inputs)
		}
	}
	if slots == 0 {
		return 0, nil, errors.New("the model has no input")
	}
	return slots, looked, nil
}

func (m *model) tower(b *Bind, c *catalog.Catalog, width int, length float64) (t *Tower, err error) {
	defer func() {
		if r := recover(); r != nil {
			t, err = nil, fmt.Errorf("it does not fit a graph of a bundle: %v", r)
		}
	}()
	slots, looked, err := b.slots(m)
	if err != nil {
		return nil, err
	}
	field := nn.Field{Name: "events", Slots: slots, Vocabulary: 1}
	var rows []int32
	if looked != nil {
		if _, rows, err = looked.column("events", c); err != nil {
			return nil, err
		}
		field.Vocabulary = len(rows)
	}
	w := newWriter(m, nn.NewBuilder(slots*width, []nn.Field{field}, nil))
	all := w.OpN(nn.OpReshape, slots, w.Op(nn.OpInput))
	there := w.OpN(nn.OpPresent, 0)
	for _, name := range m.inputs {
		x := b.Inputs[name]
		switch {
		case x.ids != nil:
			w.inputs[name] = bound{field: 0, several: true, rows: rows}
		case x.vectors.Vectors == ofSequence:
			w.values[name] = value{node: all, rank: 3}
		case x.vectors.Vectors == ofMean:
			w.values[name] = value{node: w.Op(nn.OpMeanSteps, all, there), rank: 2}
		default:
			w.values[name] = value{node: w.OpN(nn.OpReshape, 1, there), rank: 2}
		}
	}
	output, err := m.output(b)
	if err != nil {
		return nil, err
	}
	v, err := w.of(output)
	switch {
	case err != nil:
		return nil, err
	case v.kind != isNode:
		return nil, fmt.Errorf("its output %q is no vector that the inputs make", output)
	}
	if s := w.Shape(v.node); s != (nn.Shape{Steps: 1, Cols: width}) {
		return nil, fmt.Errorf("its output %q has %d × %d numbers, and the vectors of the items %d", output, s.Steps, s.Cols, width)
	}
	w.Graph.Output = v.node
	t = &Tower{Name: b.Name, Source: b.Source, Network: w.Graph.Only(v.node)}
	if looked != nil {
		return t, t.beside(width, slots, length)
	}
	return t, nil
}

// beside has the network read the rows of its table behind the vectors of items, in place of
// looking them up: what a bundle's network is given are the vectors of events.
func (t *Tower) beside(width, slots int, length float64) error {
	g := t.Network
	table := int32(-1)
	for _, n := range g.Nodes {
		if n.Op == nn.OpEmbed && table >= 0 && n.Param[0] != table {
			return errors.New("it looks items up in more than one table")
		}
		if n.Op == nn.OpEmbed {
			table = n.Param[0]
		}
	}
	if table < 0 {
		return errors.New("it looks no item up in a table")
	}
	t.Columns = g.Params[table].Cols
	own, scale := g.Params[table].Data, float32(1)
	if mean := meanLength(own, t.Columns); mean > 0 && length > 0 {
		scale = float32(tableShare * length / mean)
	}
	t.Beside = scaled(own, scale)
	d := width + t.Columns
	b := nn.NewBuilder(slots*d, []nn.Field{{Name: "events", Slots: slots, Vocabulary: 1}}, nil)
	take := func(name string, from, rows, cols int) []int32 { // columns, and zeros beside them
		w := b.Param(name+".weight", rows, cols, 0, 0)
		for k := range min(rows, cols) {
			b.Graph.Params[w].Row(from + k)[k] = 1
		}
		return []int32{w, b.Param(name+".bias", 1, cols, 0, 0)}
	}
	events := b.OpN(nn.OpReshape, slots, b.Op(nn.OpInput))
	looked := b.Node(nn.Node{Op: nn.OpLinear, In: []int32{events}, Param: take("own", width, d, t.Columns)})
	looked = b.Scale(looked, 1/scale)
	at := make([]int32, len(g.Nodes))
	for i, n := range g.Nodes {
		if n.Op == nn.OpEmbed {
			at[i] = looked
			continue
		}
		n.In, n.Param = slices.Clone(n.In), slices.Clone(n.Param)
		for k, from := range n.In {
			n.In[k] = at[from]
		}
		for k, p := range n.Param {
			b.Graph.Params = append(b.Graph.Params, g.Params[p])
			n.Param[k] = int32(len(b.Graph.Params) - 1)
		}
		if n.Op == nn.OpInput {
			return errors.New("it reads the vectors of items beside a table of its own")
		}
		at[i] = b.Node(n)
	}
	answer := b.Node(nn.Node{Op: nn.OpLinear, In: []int32{at[g.Output]}, Param: take("beside", 0, width, d)})
	t.Network = b.Finish(answer).Only(answer)
	return nil
}

// meanLength returns the mean length of the rows that are not zeros.
func meanLength(table []float32, cols int) float64 {
	sum, rows := 0.0, 0
	for row := range slices.Chunk(table, cols) {
		squares := 0.0
		for _, x := range row {
			squares += float64(x) * float64(x)
		}
		if squares > 0 {
			sum, rows = sum+math.Sqrt(squares), rows+1
		}
	}
	return sum / float64(max(1, rows))
}
