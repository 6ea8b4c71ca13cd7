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
	// past is what settings are tried on, by the opinion behind it; train what the chosen one
	// is trained on, by the opinion behind that.
	past, train   *dataset.Dataset
	tuning, cases []evaluation.Case
	glance        []evaluation.Case // some of tuning, for a look after each pass
	lists         evaluation.ListOptions
}

// compareRetrieval ranks the whole catalog for every user's newest opinion, or where
// d is timeless for one that is drawn at random. Settings, and how many
// passes, are chosen on the opinion before it, by models that have seen neither.
func compareRetrieval(ctx context.Context, d *dataset.Dataset, opt Options) (*Part, error) {
	c := &court{opt: opt, metric: fmt.Sprintf("NDCG@%d", opt.K), past: d.WithoutOpinions(2), train: d.WithoutOpinions(1), cases: evaluation.LeaveOneOut(d)}
	c.tuning, c.lists = evaluation.LeaveOneOut(c.train), evaluation.DefaultListOptions(c.train, opt.K)
	for i := 0; i < len(c.tuning); i += 1 + len(c.tuning)/1000 {
		c.glance = append(c.glance, c.tuning[i])
	}
	p := &Part{Name: "Retrieval", Protocol: evaluation.LeaveOneOutName(d) + ", full ranking, history masked", Metric: c.metric, Chosen: c.metric}
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
			found, _, err := c.fit(ctx, r.Name, t, c.past, how)
			if err != nil {
				return nil, err
			}
			result, err := c.measure(ctx, r.Name, found, c.tuning)
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
	found, seconds, err := c.fit(ctx, r.Name, all[best], c.train, run{seed: c.opt.Seed, stop: stop})
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
	row.Result, err = c.measure(ctx, r.Name, found, c.cases)
	return row, err
}

// fit trains one setting and tells how many seconds it took.
func (c *court) fit(ctx context.Context, name string, t retrieverTrial, d *dataset.Dataset, how run) (Found, float64, error) {
	begun := time.Now()
	how.progress = c.opt.Stage(name + ", " + t.name)
	found, err := t.train(ctx, d, how)
	return found, time.Since(begun).Seconds(), err
}

// measure asks a model all cases.
func (c *court) measure(ctx context.Context, name string, f Found, cases []evaluation.Case) (evaluation.Result, error) {
	answers, err := c.ask(ctx, name, f.Scores, cases, c.opt.Stage(name+": measure"))
	if err != nil {
		return evaluation.Result{}, err
	}
	return evaluation.Lists(name, cases, answers, c.lists), nil
}

// glanceAt returns the metric on some of the tuning cases, 0 where ctx has ended.
func (c *court) glanceAt(ctx context.Context, s scores) float64 {
	answers, err := c.ask(ctx, "", s, c.glance, nil)
	if err != nil {
		return 0
	}
	result := evaluation.Lists("", c.glance, answers, evaluation.ListOptions{K: c.opt.K, Items: c.lists.Items})
	valid, _ := result.Get(c.metric)
	return valid.Mean
}

func (c *court) ask(ctx context.Context, name string, s scores, cases []evaluation.Case, progress func(done, total int)) ([][]catalog.Row, error) {
	m := evaluation.Scored(name, c.lists.Items, func() evaluation.Scores { return s })
	return evaluation.Ask(ctx, m, cases, nil, c.opt.K, c.lists.Items, progress)
}
