// Package enginetest makes bundles whose right answers are known beforehand, for
// tests of whatever answers from a bundle. No program links it.
package enginetest

import (
	"math"
	"strconv"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

const (
	width     = 8  // D
	positions = 20 // L
	steps     = 4  // transitions from each item
)

// Parity returns a bundle of n items, n ≥ 12, whose even items are alike and
// whose odd items are alike: a user who liked an even item must be given even
// items. Item r has the id r+1, the title "Even r" or "Odd r" and the genre
// Comedy or Drama; every fourth one of each kind is a Western too. Item 0 is the
// best known one and each next one a little less so. The ranker adds the
// transitions from the history to the retrieval score.
func Parity(n int) *bundle.Bundle {
	b := &bundle.Bundle{
		Meta: bundle.Meta{
			Name: "Parity", Licence: "Made up; do with it what you like.", Seed: 1,
			Metrics: []bundle.Metric{{Name: "parity", Value: 1}},
		},
		Catalog: items(n), Statistics: statistics(n), Transition: transitions(n),
	}
	in, out, bias := make([]float32, n*width), make([]float32, n*width), make([]float32, n)
	for r := range n {
		v := out[r*width : (r+1)*width]
		v[r%2] = 1
		v[2+r%3] = 0.2 // a difference between items of one kind
		v[5+r/2%3] = 0.2
		copy(in[r*width:(r+1)*width], v)
		in[r*width+(r+1)%2] = -1
		bias[r] = float32(math.Log(float64(b.Statistics.Count[r]))) / 4
	}
	b.Retrieval = retrieval.Model{
		In: quant.Quantize(in, n, width), Out: quant.Quantize(out, n, width), Bias: bias,
		Position: make([]float32, positions), Level: []float32{1, -0.25, 0.5, 1},
	}
	for k := range b.Retrieval.Position {
		b.Retrieval.Position[k] = float32(math.Pow(0.8, float64(k)))
	}
	b.Ranking = ranker(len(b.Catalog.GenreNames), width)
	return b
}

// Networked is Parity with a network in place of pooling: twice the mean of the vectors of
// the newest 40 events.
func Networked(n int) *bundle.Bundle {
	b := Parity(n)
	m := &b.Retrieval
	m.In, m.Position, m.Level = m.Out, nil, nil
	g := nn.NewBuilder(40*width, []nn.Field{{Name: "events", Slots: 40, Vocabulary: 1}}, nil)
	events := g.OpN(nn.OpReshape, 40, g.Op(nn.OpInput))
	m.Network = g.Finish(g.Scale(g.Op(nn.OpMeanSteps, events, g.OpN(nn.OpPresent, 0)), 2))
	return b
}

// Oldest returns a pointwise model that likes an item the more the older it is.
func Oldest() ranking.Pointwise {
	p := ranking.Pointwise{Name: "Oldest", Source: "planted", Schema: feature.Schema{Columns: []feature.Column{
		{Name: "releaseYear", Source: "releaseYear", Low: -1000, High: 3000, Mean: 2000, Deviation: 10},
	}}}
	b := nn.NewBuilder(1, nil, nil)
	p.Graph = b.Finish(b.Scale(b.Op(nn.OpInput), -1))
	return p
}

func items(n int) *catalog.Catalog {
	c := &catalog.Catalog{
		IDs: make([]catalog.ID, n), Titles: make([]string, n), Years: make([]int16, n),
		Genres: make([][]uint8, n), Tags: make([][]uint16, n),
		GenreNames: []string{"Comedy", "Drama", "Western"}, TagNames: []string{"divisible by five"},
	}
	for r := range n {
		c.IDs[r] = catalog.ID(strconv.Itoa(r + 1))
		c.Titles[r] = []string{"Even ", "Odd "}[r%2] + strconv.Itoa(r)
		c.Years[r] = int16(1950 + r*7%70)
		c.Genres[r] = []uint8{uint8(r % 2)}
		if r/2%4 == 3 {
			c.Genres[r] = append(c.Genres[r], 2)
		}
		if r%5 == 0 {
			c.Tags[r] = []uint16{0}
		}
	}
	c.Index()
	return c
}

func statistics(n int) feature.Statistics {
	s := feature.Statistics{
		Count: make([]uint32, n), Mean: make([]float32, n), Stddev: make([]float32, n), Trend: make([]float32, n),
		AsOf: 1_500_000_000,
	}
	for r := range n {
		s.Count[r] = uint32(1 + 300*(n-r)/n)
		s.Mean[r] = 2.5 + float32(r%6)/4
		s.Stddev[r] = 1
		s.Trend[r] = float32(s.Count[r]) / float32(2+r%3)
	}
	return s
}

// transitions leads from each item to the next ones of its kind, the nearest
// most often.
func transitions(n int) retrieval.Lists {
	l := retrieval.Lists{Start: make([]uint32, n+1), Scale: make([]float32, n)}
	for r := range n {
		l.Scale[r] = 0.25 / 255
		for k := 1; k <= steps && r+2*k < n; k++ {
			l.Items = append(l.Items, catalog.Row(r+2*k))
			l.Weights = append(l.Weights, uint8(255/k))
		}
		l.Start[r+1] = uint32(len(l.Items))
	}
	return l
}

// ranker returns a model whose score is the retrieval score, a fifth of the
// softened transitions and, through the hidden layer, a little of the average
// rating above its mean.
func ranker(genres, width int) ranking.Model {
	names := []string{feature.RetrievalScore.String(), feature.TransitionFromRecent.String(), feature.ItemAvgRating.String()}
	const embedding = 2
	candidate := len(names) + feature.ItemGenres*embedding + width
	user := feature.UserGenres*embedding + feature.UserItems*width
	hidden, skip := make([]float32, 2*(candidate+user)), make([]float32, candidate)
	hidden[2] = 1
	skip[0], skip[1] = 1, 0.2
	return ranking.Model{
		Features: names, Mean: []float32{0, 0, 3}, Deviation: []float32{1, 1, 1},
		Genre:   quant.Quantize(make([]float32, (genres+1)*embedding), genres+1, embedding),
		InScale: 1, OutScale: 1,
		Hidden:   []ranking.Dense{{Weight: quant.Quantize(hidden, 2, candidate+user), Bias: make([]float32, 2)}},
		Output:   ranking.Dense{Weight: quant.Quantize([]float32{0.1, 0}, 1, 2), Bias: make([]float32, 1)},
		Skip:     ranking.Dense{Weight: quant.Quantize(skip, 1, candidate), Bias: make([]float32, 1)},
		Baseline: make([]float32, candidate+user),
	}
}
