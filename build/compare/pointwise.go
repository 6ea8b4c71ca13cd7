package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/examples"
	"sparrow/build/pointwise"
	"sparrow/wasm/bundle"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/ranking"
)

// PointwiseNames returns the names of the ranking models, simplest first.
func PointwiseNames() []string {
	var names []string
	for _, m := range rankers() {
		names = append(names, m.Name)
	}
	return names
}

// Pointwise trains the ranking models called names for a bundle. They learn from all
// ratings of d but the newest tenth, by which the training is stopped; a random tenth
// where d is timeless.
func Pointwise(ctx context.Context, d *dataset.Dataset, names []string, seed uint64, stage func(name string) func(done, total int)) ([]ranking.Pointwise, error) {
	if err := NeedsOrder(d, names); err != nil {
		return nil, err
	}
	split, err := newestApart(d, seed)
	if err != nil {
		return nil, err
	}
	cut := int64(examples.Never)
	if split.InTime() {
		cut = earliest(split, split.Test)
	}
	made := stage("make rows of ratings")
	known := newSet(split, slices.Concat(split.Fit, split.Valid), examples.Never)
	made(1, 2)
	newest := newSet(split, split.Test, cut)
	schema, err := examples.Fit(shippedColumns(d), known)
	if err != nil {
		return nil, err
	}
	count := make([]int, d.Catalog.Len())
	for u := range d.Start {
		for _, e := range d.Of(u) {
			count[e.Row]++
		}
	}
	train, valid := &rows{set: known, schema: schema}, &rows{set: newest, schema: schema}
	o := defaultTrial(train.Len(), seed)
	var models []ranking.Pointwise
	for _, m := range rankers() {
		if !slices.Contains(names, m.Name) {
			continue
		}
		in := inputsOf(schema)
		trained, err := pointwise.Train(ctx, m, in, train, valid, o, stage("train "+m.Name))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		forget(trained.Graph, pointwise.Untrained(m, in, o), in, count)
		g, err := bundle.Rounded(trained.Graph)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		models = append(models, ranking.Pointwise{Name: m.Name, Source: m.Source, Schema: *schema, Graph: g})
	}
	return models, nil
}

// newestApart splits d into what is learned from and what stops the training.
func newestApart(d *dataset.Dataset, seed uint64) (*evaluation.Split, error) {
	if d.Timeless() {
		return evaluation.HoldOut(d, evaluation.AtLeastFour, 0.1, seed)
	}
	return evaluation.Everybody(d, evaluation.AtLeastFour, 0.1, 0.1)
}

// fewestRated is how many interactions with stars [Pointwise] asks for: a tenth of fewer
// is not one.
const fewestRated = 10

// NeedsStars returns an error if the models called names, of those that [Pointwise] trains,
// cannot learn from d: they learn which items got four stars and more.
func NeedsStars(d *dataset.Dataset, names []string, seed uint64) error {
	if len(names) == 0 {
		return nil
	}
	rated := 0
	for u := range d.Users {
		for _, x := range d.Of(u) {
			if _, ok := evaluation.AtLeastFour.Of(x); ok {
				rated++
			}
		}
	}
	few := fmt.Sprintf("%d interactions have stars, besides what is held out, and %d or more are needed", rated, fewestRated)
	if rated >= fewestRated {
		_, err := newestApart(d, seed)
		if err == nil {
			return nil
		}
		few = fmt.Sprintf("%d interactions have stars, besides what is held out, but a tenth of them cannot be kept to stop the training by (%v)", rated, err)
	}
	return fmt.Errorf("--models %s: these models learn from stars: %s; leave --models out, or bring a column of ratings", strings.Join(names, ","), few)
}

// shippedColumns returns columns, less the one that a bundle knows in another way: its
// transition lists count what came up to five items later, too.
func shippedColumns(d *dataset.Dataset) []feature.Column {
	return slices.DeleteFunc(columns(d), func(c feature.Column) bool { return c.Source == "transitionFromLast" })
}

// rare is the number of interactions below which an item has no vector of its own, neither
// as a candidate, see columns, nor in a history.
const rare = 5

// forget puts zeros in place of the rows of tables that training has not touched, and of
// items that are rare: they say nothing then, and cost nothing once compressed.
func forget(trained, before *nn.Graph, in *pointwise.Inputs, count []int) {
	for i := range trained.Nodes {
		n := &trained.Nodes[i]
		if n.Op != nn.OpEmbed {
			continue
		}
		ofItems := slices.Contains([]int{in.Item, in.Recent, in.History}, int(n.N))
		p, q := &trained.Params[n.Param[0]], &before.Params[n.Param[0]]
		for r := range p.Rows {
			if row := p.Row(r); slices.Equal(row, q.Row(r)) || ofItems && count[r] < rare {
				clear(row)
			}
		}
	}
}
