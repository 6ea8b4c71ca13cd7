package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"sparrow/build/compare"
	"sparrow/build/content"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/build/listwise"
	"sparrow/build/pool"
	"sparrow/build/sasrec"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// trainFlags are the settings of a training run. Each user's history is cut
// into three: the newest Holdout interactions measure the bundle (opinions only;
// nothing is held back of a user who ends with a click), the newest before them
// are what the ranker learns to put first, and the rest trains retrieval. So the ranker learns on what it will meet, and what ships is
// exactly what was measured.
type trainFlags struct {
	Models    []string `placeholder:"NAME" sep:"," help:"Ranking models of the laboratory that the bundle carries as well, four at most, for the Lab page: see compare --help for their names."`
	Seed      uint64   `default:"1" placeholder:"N" help:"Seed of every random choice; the same seed gives the same bytes (${default})."`
	Retrieval string   `default:"auto" enum:"auto,sequence,pool" placeholder:"MODEL" help:"sequence is self-attention over the history, pool a weighted sum of it: quicker, and no worse on small data; auto takes sequence from 300,000 to 5 million interactions and up to 20,000 movies (${default})."`
	Width     int      `default:"0" placeholder:"D" help:"Width of the retrieval vectors, 1 to 256; 0 is 64 for sequence, 32 for pool (${default})."`
	Epochs    int      `default:"0" placeholder:"N" help:"Passes over the data while retrieval is trained; 0 chooses by its size (${default})."`
	Holdout   int      `default:"1" placeholder:"N" help:"Newest interactions of each user that are kept out of the training, to measure it (${default})."`
}

// Validate is called by kong.
func (f *trainFlags) Validate() error {
	switch {
	case f.Width < 0 || f.Width > 256:
		return errors.New("--width must be 0 to 256")
	case len(f.Models) > 4:
		return errors.New("--models: a bundle carries four of them at most")
	case f.Holdout < 0 || f.Epochs < 0:
		return errors.New("--holdout and --epochs must not be negative")
	}
	for _, name := range f.Models {
		if !slices.Contains(compare.PointwiseNames(), name) {
			return fmt.Errorf("--models: no ranking model is called %q; there are %s", name, strings.Join(compare.PointwiseNames(), ", "))
		}
	}
	return nil
}

// retrieved is what the training of retrieval makes.
type retrieved struct {
	Model      retrieval.Model
	Transition retrieval.Lists

	exact *exact // before it was quantized; nil when it was read from a work folder
}

// counts adapts a stage's progress to functions that count in int.
func (p *progress) counts(done, all int) { p.set(int64(done), int64(all)) }

// targets returns how many interactions of each user the ranker learns from:
// its default, or fewer where that would leave retrieval less than half.
func (f *trainFlags) targets(d *dataset.Dataset) int {
	n := listwise.DefaultOptions(d).Targets
	known := d.WithoutOpinions(f.Holdout)
	left := func(without int) (n int) {
		for u := range d.Users {
			n += len(known.Of(u)) - known.Targets(u, without)
		}
		return n
	}
	for n > 1 && 2*left(n) < left(0) {
		n--
	}
	return n
}

// retrieve trains retrieval on d, which is the whole data set.
func (f *trainFlags) retrieve(c *console, d *dataset.Dataset) (*retrieved, error) {
	seen := d.WithoutOpinions(f.Holdout).WithoutTargets(f.targets(d))
	r := &retrieved{}
	train := f.pool
	if f.sequential(seen) {
		train = f.sequence
	}
	err := train(c, seen, r)
	if err != nil {
		return nil, err
	}
	c.stage("count transitions")
	r.Transition = crowd.Transition(seen, crowd.DefaultTransitionOptions(seen))
	c.stop()
	return r, nil
}

// sequential tells whether the model of sequences is trained.
func (f *trainFlags) sequential(d *dataset.Dataset) bool {
	if f.Retrieval != "auto" {
		return f.Retrieval == "sequence"
	}
	n := 0
	for u := range d.Start {
		n += len(d.Of(u))
	}
	return n >= fewestInteractions && n <= mostInteractions && d.Catalog.Len() <= mostMovies
}

// Where auto trains the model of sequences. On the 100,000 interactions of MovieLens
// latest-small it finds more than pooling, but behind the ranker nothing is left of that:
// NDCG@10 on validation 0.087 against 0.077 before, 0.100 against 0.103 behind it. Above,
// its passes take long.
const (
	fewestInteractions = 300_000
	mostInteractions   = 5_000_000
	mostMovies         = 20_000
)

// pool trains the pooling model.
func (f *trainFlags) pool(c *console, seen *dataset.Dataset, r *retrieved) error {
	opt := pool.DefaultPoolOptions(seen)
	f.override(&opt.Width, &opt.Epochs)
	opt.Seed = f.Seed
	p := c.stage("train retrieval")
	m, err := pool.TrainPool(c.ctx, seen, opt, p.counts)
	if err != nil && f.again(c, err, &opt.MinCount) {
		m, err = pool.TrainPool(c.ctx, seen, opt, p.counts)
	}
	if err != nil {
		return err
	}
	r.Model, r.exact = m.Quantize(), exactPool(m)
	return nil
}

// sequence trains the model of sequences.
func (f *trainFlags) sequence(c *console, seen *dataset.Dataset, r *retrieved) error {
	opt := sasrec.DefaultOptions(seen)
	f.override(&opt.Width, &opt.Epochs)
	opt.Seed = f.Seed
	for opt.Width%opt.Heads != 0 {
		opt.Heads--
	}
	p := c.stage("train retrieval")
	m, err := sasrec.Train(c.ctx, seen, opt, p.counts)
	if err != nil && f.again(c, err, &opt.MinCount) {
		m, err = sasrec.Train(c.ctx, seen, opt, p.counts)
	}
	if err != nil {
		return err
	}
	content.Fill(seen.Catalog, crowd.Counts(seen), m.Trained, m.Bias, m.Vectors)
	r.exact = exactSequence(m)
	r.Model, err = m.Quantize()
	return err
}

// override puts what the flags say in place of the defaults.
func (f *trainFlags) override(width, epochs *int) {
	if f.Width > 0 {
		*width = f.Width
	}
	if f.Epochs > 0 {
		*epochs = f.Epochs
	}
}

// again tells whether to train once more, with movies that anyone chose, after err.
func (f *trainFlags) again(c *console, err error, minCount *int) bool {
	if c.ctx.Err() != nil || *minCount == 1 {
		return false
	}
	c.say("warning: %v: trying with every movie that anyone chose", err)
	*minCount = 1
	return true
}

// rank trains the ranker on the candidates that r, as it ships, gives, and
// reports what it measured on users that it was not trained on.
func (f *trainFlags) rank(c *console, d *dataset.Dataset, r *retrieved) (*ranking.Model, listwise.Report, error) {
	opt := listwise.DefaultOptions(d)
	opt.Seed, opt.Targets = f.Seed, f.targets(d)
	known := d.WithoutOpinions(f.Holdout)
	stats := crowd.Statistics(known.WithoutTargets(opt.Targets), examples.TrendHalfLife)
	p := c.stage("train ranking")
	m, report, err := listwise.Train(c.ctx, known, listwise.Retrieval{Model: &r.Model, Transition: &r.Transition, Statistics: &stats}, opt, p.counts)
	c.stop()
	if report.Lists > 0 {
		c.say("ranking: %d lists, %.1f %% of the targets among the candidates, NDCG@10 %.4f retrieved, %.4f ranked, %d epochs",
			report.Lists, 100*report.Found, report.Retrieved, report.Quantized, report.Epochs)
	}
	if err != nil && c.ctx.Err() == nil { // too little to learn from, or nothing learned
		c.say("warning: %v: the bundle keeps the order of retrieval", err)
		return retrievedOrder(len(d.Catalog.GenreNames), r.Model.Out.Cols), report, nil
	}
	return &m, report, err
}

// pointwise trains the further models that f names.
func (f *trainFlags) pointwise(c *console, d *dataset.Dataset) ([]ranking.Pointwise, error) {
	if len(f.Models) == 0 {
		return nil, nil
	}
	models, err := compare.Pointwise(c.ctx, d.WithoutOpinions(f.Holdout), f.Models, f.Seed, func(name string) func(done, total int) {
		return c.stage(name).counts
	})
	c.stop()
	return models, err
}

// assemble puts the parts of a bundle together.
func (f *trainFlags) assemble(d *dataset.Dataset, r *retrieved, m *ranking.Model, more []ranking.Pointwise) *bundle.Bundle {
	return &bundle.Bundle{
		Meta:       bundle.Meta{Name: d.Name, Licence: d.Licence, Citation: d.Citation, Seed: f.Seed},
		Catalog:    d.Catalog,
		Statistics: crowd.Statistics(d.WithoutOpinions(f.Holdout), examples.TrendHalfLife),
		Retrieval:  r.Model,
		Transition: r.Transition,
		Ranking:    *m,
		Pointwise:  more,
	}
}

// rowOf finds a movie by its id, or tells what to do.
func rowOf(c *catalog.Catalog, id string) (catalog.Row, error) {
	if row, ok := c.Row(catalog.ID(id)); ok {
		return row, nil
	}
	return catalog.None, fmt.Errorf("no movie has the item id %q", id)
}
