package nn

import (
	"slices"
	"testing"
)

func TestOnlyKeepsWhatAnAnswerNeeds(t *testing.T) {
	b := NewBuilder(2, []Field{{"id", 1, 3}}, func(p *Param, _, _ int) {
		for i := range p.Data {
			p.Data[i] = float32(i) - 1.5
		}
	})
	x := b.Op(OpInput)
	aside := b.Linear("aside", b.Embed(0, b.Table("ids", 0, 2)), 1)
	answer := b.Linear("answer", b.Op(OpTanh, x), 1)
	b.Op(OpAdd, aside, answer)
	whole := b.Finish(answer)
	only := whole.Only(answer)
	if err := only.Check(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range only.Params {
		names = append(names, p.Name)
	}
	if want := []string{"answer.weight", "answer.bias"}; len(only.Nodes) != 3 || !slices.Equal(names, want) {
		t.Errorf("%d nodes with the parameters %v, want 3 and %v", len(only.Nodes), names, want)
	}
	batch := &Batch{Rows: 1, Numeric: []float32{1, 2}, IDs: [][]int32{{1}}}
	forward := func(g *Graph) float32 {
		r, err := NewRunner(g, Portable)
		if err != nil {
			t.Fatal(err)
		}
		return r.Forward(batch)[0]
	}
	if got, want := forward(only), forward(whole); got != want {
		t.Errorf("the part answers %g, the whole %g", got, want)
	}
}
