package bundle

import (
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
	"sparrow/wasm/quant"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// tiny returns a bundle that has something of everything: an id that is not
// first in order, an item without genres, without tags, without a year, without
// statistics, without neighbours; accents; columns of two and of four bytes.
func tiny() *Bundle {
	c := &catalog.Catalog{
		IDs:        []catalog.ID{"7", "3", "300"},
		Titles:     []string{"Heat", "Amélie", "卧虎藏龙"},
		Years:      []int16{1995, 2001, 0},
		Genres:     [][]uint8{{1, 0}, {0}, nil},
		Tags:       [][]uint16{nil, {1, 0}, {1}},
		Images:     []string{"", "/a.jpg", ""},
		URLs:       []string{"/7", "", ""},
		GenreNames: []string{"Drama", "Crime"},
		TagNames:   []string{"paris", "quirky"},
	}
	c.Index()
	return &Bundle{
		Meta:    Meta{Name: "Tiny", Licence: "public domain", Citation: "nobody", Seed: 1 << 63, Metrics: []Metric{{"NDCG@10", 0.5}}},
		Catalog: c,
		Statistics: feature.Statistics{
			Count: []uint32{300, 2, 0}, Mean: []float32{3.87, 0.5, 0}, Stddev: []float32{1.01, 0, 0},
			Trend: []float32{1.5, 0.25, 0}, AsOf: 1537799250,
		},
		Retrieval: retrieval.Model{
			In:       quant.Quantize([]float32{1, -1, 0.5, 0.1, 0, 0}, 3, 2),
			Out:      quant.Quantize([]float32{2, -2, 0.7, 1, 0.3, 3}, 3, 2),
			Bias:     []float32{0.1, -0.2, 0.3}, // not of eight bits: four bytes each
			Position: []float32{1, 0.5},
			Level:    []float32{1, -0.25, 0.5, 1.5},
		},
		Transition: retrieval.Lists{
			Start: []uint32{0, 2, 2, 3}, Items: []catalog.Row{1, 2, 0}, Weights: []uint8{255, 1, 128}, Scale: []float32{0.5, 0, 0.25},
		},
		Ranking: ranking.Model{
			Features: []string{feature.RetrievalScore.String()},
			Mean:     []float32{0.5}, Deviation: []float32{2},
			Genre:   quant.Quantize([]float32{0, 1, -1}, 3, 1),
			InScale: 2, OutScale: 0.5,
			Hidden:   []ranking.Dense{{Weight: quant.Quantize(steps(21), 1, 21), Bias: []float32{0.5}}},
			Output:   ranking.Dense{Weight: quant.Quantize(steps(1), 1, 1), Bias: []float32{-1}},
			Skip:     ranking.Dense{Weight: quant.Quantize(steps(6), 1, 6), Bias: []float32{0}},
			Baseline: steps(21),
		},
	}
}

// withNetwork returns tiny with a network in place of pooling: the mean of the vectors
// of two events, and a layer; and with a pointwise model that has a column of every kind.
func withNetwork() *Bundle {
	b := tiny()
	m := &b.Retrieval
	m.In, m.Position, m.Level = m.Out, nil, nil
	b.Meta.Card = "# Model card"
	g := nn.NewBuilder(4, []nn.Field{{Name: "events", Slots: 2, Vocabulary: 1}}, func(p *nn.Param, _, _ int) {
		copy(p.Data, []float32{127, -64, 2, 127})
	})
	mean := g.Op(nn.OpMeanSteps, g.OpN(nn.OpReshape, 2, g.Op(nn.OpInput)), g.OpN(nn.OpPresent, 0))
	m.Network = g.Finish(g.Linear("layer", mean, 2))

	p := ranking.Pointwise{Name: "Linear", Source: "Legendre, 1805"}
	p.Schema.Columns = []feature.Column{
		{Name: "year", Source: "releaseYear", Low: 1, High: 2, Mean: 1.5, Deviation: 0.5},
		{Name: "level", Source: "movieRatingCount", Kind: feature.Bucketized, Edges: []float32{-1, 2.5}, Size: 3},
		{Name: "movie", Source: "movieId", Kind: feature.OneHot, Size: 3, Least: 5},
		{Name: "genres", Source: "movieGenres", Kind: feature.MultiHot, Size: 2, Slots: 2},
		{Name: "pair", Source: "movieId", With: "userRatedMovie1", Kind: feature.Crossed, Size: 10},
	}
	var fields []nn.Field
	for _, f := range p.Schema.Fields() {
		fields = append(fields, nn.Field{Name: f.Name, Slots: f.Slots, Vocabulary: f.Vocabulary})
	}
	l := nn.NewBuilder(1, fields, func(p *nn.Param, _, _ int) {
		for i := range p.Data {
			p.Data[i] = 127 * float32(i+1) // which int8 keeps
		}
	})
	sum := l.Linear("numbers", l.Op(nn.OpInput), 1)
	for i := range fields {
		sum = l.Op(nn.OpAdd, sum, l.Op(nn.OpSumSteps, l.Embed(i, l.Table(fields[i].Name, i, 1))))
	}
	p.Graph = l.Finish(sum)
	b.Pointwise = []ranking.Pointwise{p}
	return b
}

// withGolden returns withNetwork with two golden questions. Their answers are
// made up: a decoder does not compute.
func withGolden() *Bundle {
	b := withNetwork()
	b.Golden = []Golden{
		{History: []catalog.Row{2}, Items: []catalog.Row{0, 1}, Scores: [][]float32{{1, -0.5}, {0.1, 3}, {2, 4}}},
		{History: []catalog.Row{1, 0}, Items: []catalog.Row{2}, Scores: [][]float32{{0.1}, {0.2}, {0}}},
	}
	return b
}

// withAddresses returns tiny with patterns in place of lines: pictures that differ in
// a number, of which one is missing, and pages that differ in the item's id.
func withAddresses() *Bundle {
	b := tiny()
	c := b.Catalog
	c.Images, c.ImagePattern = nil, &catalog.Pattern{Prefix: "https://img.example/p/", Suffix: ".jpg", Digits: 4, Numbers: []byte{0, 0, 4, 8, 0, 0xd3}}
	c.URLs, c.URLPattern = nil, &catalog.Pattern{Prefix: "https://shop.example/p/", Suffix: ".html", Numbers: []byte{}}
	return b
}

// withCells returns withGolden with two cells of its items.
func withCells() *Bundle {
	b := withGolden()
	c := retrieval.NewCells(2, []uint32{0, 1, 0})
	c.Centroids, c.Bias = quant.Quantize([]float32{1, 0, 0.5, -1}, 2, 2), []float32{0.5, -0.25}
	c.Probes, c.Recall, c.Compared = 1, []float32{0.99, 1}, []float32{0.5, 1}
	b.Retrieval.Cells = c
	return b
}

// withProfile returns withCells with lists of a profile.
func withProfile() *Bundle {
	b := withCells()
	b.Profile = &retrieval.Profile{
		Lists: retrieval.Lists{Start: []uint32{0, 1, 1, 2}, Items: []catalog.Row{2, 0}, Weights: []uint8{31, 7}, Scale: []float32{0.25, 0, 0.5}},
		Gate:  retrieval.Gate{Most: 0.75, From: 0.5, Weight: 1.5},
	}
	return b
}

// withFirst returns withProfile, of whose transitions the first file has the strongest
// of each item: 1 of item 0 and 0 of item 2.
func withFirst() *Bundle {
	b := withProfile()
	b.First = 1
	return b
}

// withTogether returns tiny with what is bought together: items 0 and 2.
func withTogether() *Bundle {
	b := tiny()
	b.Together = &retrieval.Lists{Start: []uint32{0, 1, 1, 2}, Items: []catalog.Row{2, 0}, Weights: []uint8{240, 240}, Scale: []float32{0.0078125, 0, 0.0078125}}
	return b
}

// steps returns 1, 2, …, n.
func steps(n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(i + 1)
	}
	return v
}

// withGiven returns tiny with vectors that were not learned: one table, of which a quarter
// comes in.
func withGiven() *Bundle {
	b := tiny()
	m := &b.Retrieval
	m.Given, m.In = true, m.Out
	m.In.Scale = make([]float32, len(m.Out.Scale))
	for r, s := range m.Out.Scale {
		m.In.Scale[r] = s / 4
	}
	return b
}

// withAttributes returns tiny with a column of each kind, of which item 1 has no value.
func withAttributes() *Bundle {
	b := tiny()
	list := attribute.NewList("author", []string{"Zola", "Austen"}, []uint8{2, 0, 1}, []uint32{0, 1, 1})
	brand := attribute.Column{Name: "brand"}
	brand.Texts, _ = attribute.NewTexts([]string{"Penguin", "Zhonghua"})
	brand.Bits, brand.Codes = attribute.Pack([]uint32{2, 0, 1}, 2)
	price := attribute.Column{Name: "price", Kind: attribute.Number, Numbers: attribute.Numbers{First: 499, Exponent: -2, Offsets: []uint32{0, 1000}}}
	price.Bits, price.Codes = attribute.Pack([]uint32{1, 0, 2}, 2)
	stock := attribute.Column{Name: "in_stock", Kind: attribute.Bool}
	stock.Bits, stock.Codes = attribute.Pack([]uint32{2, 0, 1}, 2)
	b.Catalog.Attributes = []attribute.Column{list, brand, price, stock}
	return b
}

// withVocabulary returns tiny with what its owner calls films.
func withVocabulary() *Bundle {
	b := tiny()
	b.Meta.Vocabulary = `{"nouns":{"en":{"item":"film"}}}`
	return b
}
