package compare

import (
	"context"
	"fmt"
	"time"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/catalog"
)

// court judges retrieval models on the same cases.
type court struct {
	opt    Options
	metric string
	// test is what the chosen setting is judged by, with what it is trained on; tune is the
	// same of that data, by which settings are tried.
	test, tune *evaluation.Exam
	glance     evaluation.Exam       // some cases of tune, for a look after each pass
	orders     *evaluation.OrderTest // asked in place of test's cases; nil: those
	lists      evaluation.ListOptions
}

// newCourt cuts d by the protocol of opt, and what is left to train on once more. By
// leave-one-out, a case is the newest opinion of a user, or where d is timeless one that is
// drawn at random, and settings are chosen on the opinion before it.
func newCourt(d *dataset.Dataset, opt Options) (*court, error) {
	name := opt.Protocol
	if name == "" || name == Orders {
		name = evaluation.ListProtocols[0]
	}
	c := &court{opt: opt, metric: fmt.Sprintf("NDCG@%d", opt.K)}
	var err error
	if c.test, err = evaluation.Examine(d, name, opt.Share, 0); err != nil {
		return nil, err
	}
	if c.tune, err = evaluation.Examine(c.test.Train, name, opt.Share, 0); err != nil {
		return nil, err
	}
	c.lists = evaluation.DefaultListOptions(c.test.Train, opt.K)
	c.lists.Recall = c.test.Recall
	for i := 0; i < len(c.tune.Cases); i += 1 + len(c.tune.Cases)/1000 {
		c.glance.Cases = append(c.glance.Cases, c.tune.Cases[i])
		if c.tune.Masked != nil {
			c.glance.Masked = append(c.glance.Masked, c.tune.Masked[i])
		}
	}
	if opt.Protocol == Orders {
		o := evaluation.DefaultOrdersOptions()
		o.Likes, o.Seed = opt.Likes, opt.Seed
		c.orders, err = evaluation.Orders(d, o)
	}
	return c, err
}

// part returns the part that c fills: what it is called, and by what it is sorted.
func (c *court) part() *Part {
	p := &Part{Name: "Retrieval", Protocol: c.test.Protocol + ", full ranking, history masked", Metric: c.metric, Chosen: c.metric}
	if c.orders != nil {
		p.Protocol = c.orders.String()
		p.Metric = fmt.Sprintf("Stay@%d", c.opt.K)
	}
	return p
}

// compareRetrieval ranks the whole catalog for every case of the protocol.
// Settings, and how many passes, are chosen by models that have seen neither the answers
// nor those of the choice.
func compareRetrieval(ctx context.Context, d *dataset.Dataset, opt Options) (*Part, error) {
	c, err := newCourt(d, opt)
	if err != nil {
		return nil, err
	}
	p := c.part()
	for _, r := range Retrievers() {
		if !opt.wants(r.Name) {
			continue
		}
		row, err := c.judge(ctx, &r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		p.Rows = append(p.Rows, *row)
	}
	return p, p.finish("popularity", evaluation.DefaultResampling)
}

// judge tries the settings of r, then trains the best once more and measures it.
func (c *court) judge(ctx context.Context, r *Retriever) (*Row, error) {
	row := &Row{Name: r.Name, Source: r.Source, File: r.File}
	all := r.trials(c.opt)
	best, stop, passes := 0, 0, r.Passes && c.opt.Tune
	if passes || len(all) > 1 {
		for k, t := range all {
			how := run{seed: c.opt.Seed}
			if passes {
				how.valid = func(s scores) float64 { return -c.glanceAt(ctx, s) }
			}
			found, _, err := c.fit(ctx, r.Name, t, c.tune.Train, how)
			if err != nil {
				return nil, err
			}
			result, err := c.measure(ctx, r.Name, found, c.tune)
			if err != nil {
				return nil, err
			}
			valid, _ := result.Get(c.metric)
			row.Tried = append(row.Tried, Tried{t.name, valid.Mean})
			if k > 0 && valid.Mean <= row.Tried[best].Valid {
				continue
			}
			best = k
			if passes {
				stop, row.Curve = found.Curve.Best()+1, found.Curve
			}
		}
	}
	found, seconds, err := c.fit(ctx, r.Name, all[best], c.test.Train, run{seed: c.opt.Seed, stop: stop})
	if err != nil {
		return nil, err
	}
	row.Setting, row.Seconds = all[best].name, seconds
	if passes {
		row.Setting = fmt.Sprintf("%s, pass %d", row.Setting, stop)
		for i := range row.Curve {
			row.Curve[i].Valid *= -1 // the metric, no longer how bad it is
		}
	} else {
		row.Curve = found.Curve
	}
	if c.orders != nil {
		row.Result, err = c.orders.Measure(ctx, c.method(r.Name, found.Scores), c.opt.K, c.opt.Stage(r.Name+": measure"))
		return row, err
	}
	row.Result, err = c.measure(ctx, r.Name, found, c.test)
	return row, err
}

// fit trains one setting and tells how many seconds it took.
func (c *court) fit(ctx context.Context, name string, t retrieverTrial, d *dataset.Dataset, how run) (Found, float64, error) {
	begun := time.Now()
	how.unordered = evaluation.Unordered(c.opt.Protocol)
	how.progress = c.opt.Stage(name + ", " + t.name)
	found, err := t.train(ctx, d, how)
	return found, time.Since(begun).Seconds(), err
}

// measure asks a model all cases of an exam.
func (c *court) measure(ctx context.Context, name string, f Found, x *evaluation.Exam) (evaluation.Result, error) {
	answers, err := c.ask(ctx, name, f.Scores, x, c.opt.Stage(name+": measure"))
	if err != nil {
		return evaluation.Result{}, err
	}
	return evaluation.Lists(name, x.Cases, answers, c.lists), nil
}

// glanceAt returns the metric on some of the tuning cases, 0 where ctx has ended.
func (c *court) glanceAt(ctx context.Context, s scores) float64 {
	answers, err := c.ask(ctx, "", s, &c.glance, nil)
	if err != nil {
		return 0
	}
	result := evaluation.Lists("", c.glance.Cases, answers, evaluation.ListOptions{K: c.opt.K, Items: c.lists.Items})
	valid, _ := result.Get(c.metric)
	return valid.Mean
}

func (c *court) ask(ctx context.Context, name string, s scores, x *evaluation.Exam, progress func(done, total int)) ([][]catalog.Row, error) {
	var pools [][]catalog.Row
	if x.Masked != nil {
		pools = evaluation.Unmasked(x.Masked, c.lists.Items)
	}
	return evaluation.Ask(ctx, c.method(name, s), x.Cases, pools, max(c.opt.K, c.lists.Recall), c.lists.Items, progress)
}

func (c *court) method(name string, s scores) evaluation.Method {
	return evaluation.Scored(name, c.lists.Items, func() evaluation.Scores { return s })
}
