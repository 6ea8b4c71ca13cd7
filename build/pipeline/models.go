package pipeline

import (
	"fmt"
	"slices"

	"sparrow/build/plural"
	"sparrow/wasm/bundle"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
)

// ModelFigure describes one model of a bundle.
type ModelFigure struct {
	Name       string `json:"name"`
	Shape      string `json:"shape"`
	Parameters int    `json:"parameters"`
}

// Models describes the models of b: retrieval first, then ranking.
func Models(b *bundle.Bundle) []ModelFigure {
	taste, lists, m := &b.Retrieval, &b.Transition, &b.Ranking
	values := func(q *quant.Matrix) int { return q.Rows * q.Cols }
	mlp := fmt.Sprintf("%s, %s × %d", plural.Of(len(m.Features), "numeric feature"), plural.Of(max(0, m.Genre.Rows-1), "genre"), m.Genre.Cols)
	parameters := values(&m.Genre) + values(&m.Output.Weight) + len(m.Output.Bias) + values(&m.Skip.Weight) + len(m.Skip.Bias)
	for _, h := range m.Hidden {
		mlp += fmt.Sprintf(" → %d", h.Weight.Rows)
		parameters += values(&h.Weight) + len(h.Bias)
	}
	found := ModelFigure{"sequence pooling (retrieval)", fmt.Sprintf("2 × %d × %d int8%s, history of %d", taste.Out.Rows, taste.Out.Cols, levels(&taste.In, &taste.Out), taste.Length()),
		values(&taste.In) + values(&taste.Out) + len(taste.Bias) + len(taste.Position) + len(taste.Level)}
	if ofContent(b) {
		found.Name, found.Shape = "content (retrieval)", fmt.Sprintf("%d × %d int8%s, of titles, genres and tags", taste.Out.Rows, taste.Out.Cols, levels(&taste.Out))
	}
	if taste.Given {
		found.Name, found.Shape = "given vectors (retrieval)", fmt.Sprintf("%d × %d int8%s, trained elsewhere", taste.Out.Rows, taste.Out.Cols, levels(&taste.Out))
	}
	if g := taste.Network; g != nil {
		n, name := parametersOf(g), "network (retrieval)"
		if slices.ContainsFunc(g.Nodes, func(n nn.Node) bool { return n.Op == nn.OpAttention }) {
			name = "self-attention (retrieval)"
		}
		found = ModelFigure{name, fmt.Sprintf("%d × %d int8%s, a network of %d int8, history of %d", taste.Out.Rows, taste.Out.Cols, levels(&taste.Out), n, taste.Length()),
			values(&taste.Out) + len(taste.Bias) + n}
	}
	all := []ModelFigure{
		found,
		{"transitions (retrieval, feature)", plural.Of(len(lists.Scale), "list") + ", " + plural.Of(len(lists.Items), "neighbour"), len(lists.Items)},
		{"Embedding + MLP (ranking)", mlp + " → 1", parameters},
	}
	if p := b.Profile; p != nil {
		all = append(all, ModelFigure{"profile (order-free score)", plural.Of(len(p.Scale), "list") + ", " + plural.Of(len(p.Items), "neighbour"), len(p.Items)})
	}
	if l := b.Together; l != nil {
		all = append(all, ModelFigure{"bought together", plural.Of(len(l.Scale), "list") + ", " + plural.Of(len(l.Items), "neighbour"), len(l.Items)})
	}
	for _, p := range b.Pointwise {
		all = append(all, ModelFigure{p.Name + " (pointwise)", fmt.Sprintf("%d columns, %d operations", len(p.Schema.Columns), len(p.Graph.Nodes)), parametersOf(p.Graph)})
	}
	return all
}

// levels says how many levels on either side of 0 the values of tables have: the largest
// magnitude among them.
func levels(tables ...*quant.Matrix) string {
	top := 0
	for _, t := range tables {
		for _, v := range t.Data {
			top = max(top, int(v), -int(v))
		}
	}
	return fmt.Sprintf(" of ±%d", top)
}

func parametersOf(g *nn.Graph) (n int) {
	for _, p := range g.Params {
		n += len(p.Data)
	}
	return n
}
