package ranking

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/nn"
)

// Pointwise is a model that judges one movie at a time: the probability that a user
// likes it, whatever else is on the list. Its graph reads the columns of its schema.
type Pointwise struct {
	Name   string // "DIN"
	Source string // the paper
	Schema feature.Schema
	Graph  *nn.Graph // from the columns to ln(p/(1-p)), one number a row
}

// Check returns an error unless the graph can be run and reads what the schema makes. A
// decoder calls it; nobody checks again.
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

// Judge asks a pointwise model. It keeps scratch memory and is not for concurrent use.
type Judge struct {
	schema     *feature.Schema
	runner     *nn.Runner
	encoder    *feature.Encoder
	catalog    *catalog.Catalog
	statistics *feature.Statistics
	totals     feature.Totals
	bias       feature.Bias
	features   feature.Batch
}

// NewJudge returns a judge over a checked model, the movies of one catalog and what the
// crowd did; it keeps all three.
func NewJudge(p *Pointwise, c *catalog.Catalog, s *feature.Statistics) *Judge {
	r, err := nn.NewRunner(p.Graph, nn.Portable)
	if err != nil {
		panic(err.Error()) // a model that was not checked
	}
	return &Judge{schema: &p.Schema, runner: r, encoder: feature.NewEncoder(&p.Schema, c), catalog: c, statistics: s, totals: s.Totals()}
}

// block is how many movies are judged at a time, for the memory of the network's values.
const block = 50

// Logits stores ln(p/(1-p)) of each of rows in dst, p being the probability that a user
// with history h likes the movie at the moment now, in Unix seconds.
func (j *Judge) Logits(dst []float32, h feature.History, rows []catalog.Row, now int64) {
	if len(dst) != len(rows) {
		panic("ranking: dst has another length than the movies")
	}
	if len(h) > 0 {
		now = max(now, h[len(h)-1].At)
	}
	j.encoder.SetUser(h, -1, now)
	j.bias.Read(j.catalog, h, j.statistics, &j.totals)
	for len(rows) > 0 {
		n := min(block, len(rows))
		j.features.Reset(j.schema, n)
		for i, r := range rows[:n] {
			crowd := j.statistics.Crowd(r, &j.totals)
			j.bias.Of(j.catalog.Genres[r], &crowd)
			j.encoder.SetMovie(r, crowd)
			j.encoder.Encode(&j.features, i)
		}
		copy(dst, j.runner.Forward(&nn.Batch{Rows: n, Numeric: j.features.Numeric, IDs: j.features.IDs}))
		dst, rows = dst[n:], rows[n:]
	}
}
