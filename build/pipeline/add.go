package pipeline

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
)

// Rounding is what 8 bits change in the answers of a model that was added to a bundle.
type Rounding struct {
	Most      float64 `json:"most"` // by how much the score of an item is another one at most
	Mean      float64 `json:"mean"`
	Kept      float64 `json:"kept"` // share of the ten best that stay among the ten best
	Histories int     `json:"histories"`
	Items     int     `json:"items"` // judged for each
}

// mostModels is how many further models a bundle carries.
const mostModels = 4

// AddModel adds a model of ranking to b, in place of one of the same name, its larger tables as
// int8, and writes the bundle to out, which is a file or a folder.
func AddModel(ctx context.Context, p Progress, b *bundle.Bundle, m ranking.Pointwise, out string) (*Packed, *Rounding, error) {
	if b.Supplement != nil {
		return nil, nil, errors.New("the second file of the bundle is missing: a bundle is added to as a whole")
	}
	exact := m
	g, err := bundle.Rounded(m.Graph)
	if err != nil {
		return nil, nil, err
	}
	m.Graph = g
	b.Pointwise = slices.DeleteFunc(slices.Clone(b.Pointwise), func(x ranking.Pointwise) bool { return x.Name == m.Name })
	if len(b.Pointwise) == mostModels {
		return nil, nil, fmt.Errorf("the bundle has %d further models already, as many as it carries", mostModels)
	}
	b.Pointwise, b.Golden = append(b.Pointwise, m), nil
	data, err := bundle.Encode(b)
	if err != nil {
		return nil, nil, err
	}
	decoded, err := bundle.Decode(data)
	if err != nil {
		return nil, nil, fmt.Errorf("the bundle cannot be read back: %w", err)
	}
	f, err := publish(ctx, p, b, decoded, out)
	if err != nil {
		return nil, nil, err
	}
	p.Stop()
	return f, rounding(b, &exact, &m), nil
}

// judgedItems is how many items are judged, at most, to see what rounding changes.
const judgedItems = 1000

// rounding asks both models about the golden histories and items from all over the catalog.
func rounding(b *bundle.Bundle, exact, rounded *ranking.Pointwise) *Rounding {
	n := b.Catalog.Len()
	r := &Rounding{Items: min(n, judgedItems)}
	score := func(m *ranking.Pointwise, h feature.History) []feature.Candidate {
		list := make([]feature.Candidate, r.Items)
		for i := range list {
			list[i].Row = catalog.Row(i * n / r.Items)
		}
		ranking.NewPointwiseRanker(m, b.Catalog, &b.Statistics).Score(h, list, b.Statistics.AsOf)
		return list
	}
	kept, best := 0, 0
	for _, g := range b.Golden {
		var h feature.History
		for i, row := range g.History {
			h = append(h, feature.Event{Row: row, Stars: 5, At: b.Statistics.AsOf - 3600*int64(len(g.History)-i)})
		}
		x, y := score(exact, h), score(rounded, h)
		for i := range x {
			off := math.Abs(float64(x[i].Score - y[i].Score))
			r.Most, r.Mean = max(r.Most, off), r.Mean+off/float64(len(x)*len(b.Golden))
		}
		ranking.Place(x)
		ranking.Place(y)
		for _, c := range x[:min(10, len(x))] {
			best++
			if slices.ContainsFunc(y[:min(10, len(y))], func(o feature.Candidate) bool { return o.Row == c.Row }) {
				kept++
			}
		}
	}
	r.Histories, r.Kept = len(b.Golden), 1
	if best > 0 {
		r.Kept = float64(kept) / float64(best)
	}
	return r
}
