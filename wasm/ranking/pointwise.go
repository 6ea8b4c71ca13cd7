package ranking

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

// Pointwise is a model that scores one item at a time: the probability that a
// user likes it, whatever else is on the list. Its graph reads the columns of
// its schema.
type Pointwise struct {
	Name   string // "DIN"
	Source string // the paper
	Schema feature.Schema
	Graph  *nn.Graph // from the columns to ln(p/(1-p)), one number a row
}

// Check returns an error unless the graph can be run and reads what the schema makes. A
// decoder calls it; no one checks again.
func (p *Pointwise) Check() error {
	if err := p.Schema.Check(); err != nil {
		return err
	}
	shapes, err := p.Graph.Shapes()
	if err != nil {
		return err
	}
	fields := p.Schema.Fields()
	if len(p.Schema.Numerics()) != p.Graph.Numeric || len(fields) != len(p.Graph.Fields) {
		return errors.New("ranking: a graph of other inputs than its columns")
	}
	for i, f := range fields {
		if g := &p.Graph.Fields[i]; g.Slots != f.Slots || g.Vocabulary != f.Vocabulary {
			return errors.New("ranking: field " + f.Name + " has another shape than its column")
		}
	}
	if shapes[p.Graph.Output] != (nn.Shape{Steps: 1, Cols: 1}) {
		return errors.New("ranking: a graph that does not answer with one number")
	}
	return nil
}

// PointwiseRanker runs a pointwise model. It keeps scratch memory and is not for
// concurrent use.
type PointwiseRanker struct {
	schema     *feature.Schema
	runner     *nn.Runner
	encoder    *feature.Encoder
	catalog    *catalog.Catalog
	statistics *feature.Statistics
	totals     feature.Totals
	bias       feature.Bias
	features   feature.Batch
}

// NewPointwiseRanker returns a ranker over a checked model, the items of one
// catalog and what the crowd did; it keeps all three. It panics if the model's
// graph cannot be run.
func NewPointwiseRanker(p *Pointwise, c *catalog.Catalog, s *feature.Statistics) *PointwiseRanker {
	r, err := nn.NewRunner(p.Graph, nn.Portable)
	if err != nil {
		panic(err.Error()) // a model that was not checked
	}
	return &PointwiseRanker{schema: &p.Schema, runner: r, encoder: feature.NewEncoder(&p.Schema, c), catalog: c, statistics: s, totals: s.Totals()}
}

// block is how many items are scored at a time, for the memory of the network's values.
const block = 50

// Score gives each candidate ln(p/(1-p)), p being the probability that a user
// with history h likes the item at the moment now, in Unix seconds, or at the
// last event of h where that is later.
func (p *PointwiseRanker) Score(h feature.History, candidates []feature.Candidate, now int64) {
	if len(h) > 0 {
		now = max(now, h[len(h)-1].At)
	}
	p.encoder.SetUser(h, -1, now)
	p.bias.Read(p.catalog, h, p.statistics, &p.totals)
	for len(candidates) > 0 {
		n := min(block, len(candidates))
		p.features.Reset(p.schema, n)
		for i := range n {
			r := candidates[i].Row
			crowd := p.statistics.Crowd(r, &p.totals)
			p.bias.Of(p.catalog.Genres[r], &crowd)
			p.encoder.SetItem(r, crowd)
			p.encoder.Encode(&p.features, i)
		}
		for i, logit := range p.runner.Forward(&nn.Batch{Rows: n, Numeric: p.features.Numeric, IDs: p.features.IDs}) {
			candidates[i].Score = logit
		}
		candidates = candidates[n:]
	}
}

// Rank scores the candidates as Score does and sorts them, best first, ties by
// row, with their places.
func (p *PointwiseRanker) Rank(h feature.History, candidates []feature.Candidate, now int64) {
	p.Score(h, candidates, now)
	Place(candidates)
}
