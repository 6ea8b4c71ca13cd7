package main

import (
	"errors"
	"fmt"

	"sparrow/build/dataset"
	"sparrow/build/embedding"
	"sparrow/build/ranker"
	"sparrow/build/sample"
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
	Seed    uint64 `default:"1" placeholder:"N" help:"Seed of every random choice; the same seed gives the same bytes (${default})."`
	Width   int    `default:"32" placeholder:"D" help:"Width of the retrieval vectors, 1 to 256 (${default})."`
	Epochs  int    `default:"0" placeholder:"N" help:"Passes over the data while retrieval is trained; 0 chooses by its size (${default})."`
	Holdout int    `default:"1" placeholder:"N" help:"Newest interactions of each user that are kept out of the training, to measure it (${default})."`
}

// Validate is called by kong.
func (f *trainFlags) Validate() error {
	switch {
	case f.Width < 1 || f.Width > 256:
		return errors.New("--width must be 1 to 256")
	case f.Holdout < 0 || f.Epochs < 0:
		return errors.New("--holdout and --epochs must not be negative")
	}
	return nil
}

// retrieved is what the training of retrieval makes.
type retrieved struct {
	Pool       retrieval.Pool
	Transition retrieval.Lists

	pool *embedding.Pool // before it was quantized; nil when it was read from a work folder
}

// counts adapts a stage's progress to functions that count in int.
func (p *progress) counts(done, all int) { p.set(int64(done), int64(all)) }

// targets returns how many interactions of each user the ranker learns from:
// its default, or fewer where that would leave retrieval less than half.
func (f *trainFlags) targets(d *dataset.Dataset) int {
	n := ranker.DefaultOptions(d).Targets
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
	opt := embedding.DefaultPoolOptions(seen)
	opt.Width, opt.Seed = f.Width, f.Seed
	if f.Epochs > 0 {
		opt.Epochs = f.Epochs
	}
	p := c.stage("train retrieval")
	pool, err := embedding.TrainPool(c.ctx, seen, opt, p.counts)
	if err != nil && c.ctx.Err() == nil && opt.MinCount > 1 {
		c.say("warning: %v: trying with every movie that anyone chose", err)
		opt.MinCount = 1
		pool, err = embedding.TrainPool(c.ctx, seen, opt, p.counts)
	}
	if err != nil {
		return nil, err
	}
	c.stage("count transitions")
	r := &retrieved{pool.Quantize(), embedding.Transition(seen, embedding.DefaultTransitionOptions(seen)), pool}
	c.stop()
	return r, nil
}

// rank trains the ranker on the candidates that r, as it ships, gives, and
// reports what it measured on users that it was not trained on.
func (f *trainFlags) rank(c *console, d *dataset.Dataset, r *retrieved) (*ranking.Model, ranker.Report, error) {
	opt := ranker.DefaultOptions(d)
	opt.Seed, opt.Targets = f.Seed, f.targets(d)
	known := d.WithoutOpinions(f.Holdout)
	stats := embedding.Statistics(known.WithoutTargets(opt.Targets), sample.TrendHalfLife)
	p := c.stage("train ranking")
	m, report, err := ranker.Train(c.ctx, known, ranker.Retrieval{Pool: &r.Pool, Transition: &r.Transition, Statistics: &stats}, opt, p.counts)
	c.stop()
	if report.Lists > 0 {
		c.say("ranking: %d lists, %.1f %% of the targets among the candidates, NDCG@10 %.4f retrieved, %.4f ranked, %d epochs",
			report.Lists, 100*report.Found, report.Retrieved, report.Quantized, report.Epochs)
	}
	if err != nil && c.ctx.Err() == nil { // too little to learn from, or nothing learned
		c.say("warning: %v: the bundle keeps the order of retrieval", err)
		return retrievedOrder(len(d.Catalog.GenreNames), f.Width), report, nil
	}
	return &m, report, err
}

// assemble puts the parts of a bundle together.
func (f *trainFlags) assemble(d *dataset.Dataset, r *retrieved, m *ranking.Model) *bundle.Bundle {
	return &bundle.Bundle{
		Meta:       bundle.Meta{Name: d.Name, Licence: d.Licence, Citation: d.Citation, Seed: f.Seed},
		Catalog:    d.Catalog,
		Statistics: embedding.Statistics(d.WithoutOpinions(f.Holdout), sample.TrendHalfLife),
		Pool:       r.Pool,
		Transition: r.Transition,
		Ranking:    *m,
	}
}

// rowOf finds a movie by its id, or tells what to do.
func rowOf(c *catalog.Catalog, id string) (catalog.Row, error) {
	if row, ok := c.Row(catalog.ID(id)); ok {
		return row, nil
	}
	return catalog.None, fmt.Errorf("no movie has the item id %q", id)
}
