package laboratory

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
)

// Options say what is compared.
type Options struct {
	Models []string // names; none for all
	Preset string   // the pointwise protocol, see [evaluation.Presets]
	Seed   uint64
	Tune   bool // try all settings; else only the defaults
	Random int  // and so many drawn at random, of the ranking models
	K      int
	// Stage tells what is being done and returns where its progress goes.
	Stage func(what string) func(done, total int)
}

// wants tells whether a model is to be compared.
func (o *Options) wants(name string) bool {
	return len(o.Models) == 0 || slices.Contains(o.Models, name)
}

// Compare judges all retrieval and all ranking models that opt wants on d.
func Compare(ctx context.Context, d *dataset.Dataset, opt Options) (*Report, error) {
	r := &Report{Dataset: d.Name, Users: len(d.Users), Movies: d.Catalog.Len(), Seed: opt.Seed}
	for u := range d.Users {
		r.Events += len(d.Of(u))
	}
	retrieval, err := compareRetrieval(ctx, d, opt)
	if err != nil {
		return nil, err
	}
	ranking, err := compareRanking(ctx, d, opt)
	if err != nil {
		return nil, err
	}
	for _, p := range []*Part{retrieval, ranking} {
		if len(p.Rows) > 0 {
			r.Parts = append(r.Parts, p)
		}
	}
	if len(r.Parts) == 0 {
		return nil, fmt.Errorf("laboratory: no model is called %q; there are %q", opt.Models, Names())
	}
	return r, nil
}

// Names returns the names of all models.
func Names() []string {
	var names []string
	for _, r := range Retrievers() {
		names = append(names, r.Name)
	}
	for _, m := range rankers() {
		names = append(names, m.Name)
	}
	return names
}

// compareRetrieval ranks the whole catalog for every user's newest opinion. Settings are chosen
// on the opinion before it, by models that have seen neither.
func compareRetrieval(ctx context.Context, d *dataset.Dataset, opt Options) (*Part, error) {
	p := &Part{Name: "Retrieval", Protocol: "leave-one-out, full ranking, history masked", Metric: fmt.Sprintf("NDCG@%d", opt.K)}
	past, train := d.WithoutOpinions(2), d.WithoutOpinions(1)
	tuning, cases := evaluation.LeaveOneOut(train), evaluation.LeaveOneOut(d)
	lists := evaluation.DefaultListOptions(train, opt.K)
	judge := func(r *Retriever, on *dataset.Dataset, setting int, asked []evaluation.Case) (evaluation.Result, Found, float64, error) {
		begun := time.Now()
		what := fmt.Sprintf("%s, %s", r.Name, r.Settings[setting])
		f, err := r.Train(ctx, on, setting, opt.Seed, opt.Stage(what))
		if err != nil {
			return evaluation.Result{}, f, 0, fmt.Errorf("%s: %w", r.Name, err)
		}
		took := time.Since(begun).Seconds()
		m := evaluation.Scored(r.Name, d.Catalog.Len(), func() evaluation.Scores { return f.Scores })
		answers, err := evaluation.Ask(ctx, m, asked, nil, opt.K, d.Catalog.Len(), opt.Stage(r.Name+": measure"))
		if err != nil {
			return evaluation.Result{}, f, 0, err
		}
		return evaluation.Lists(r.Name, asked, answers, lists), f, took, nil
	}
	for _, r := range Retrievers() {
		if !opt.wants(r.Name) {
			continue
		}
		best, tried := 0, []Tried(nil)
		for k := range r.Settings {
			if !opt.Tune || len(r.Settings) == 1 {
				break
			}
			result, _, _, err := judge(&r, past, k, tuning)
			if err != nil {
				return nil, err
			}
			valid, _ := result.Get(p.Metric)
			tried = append(tried, Tried{r.Settings[k], valid.Mean})
			if valid.Mean > tried[best].Valid {
				best = k
			}
		}
		result, found, took, err := judge(&r, train, best, cases)
		if err != nil {
			return nil, err
		}
		p.Rows = append(p.Rows, Row{Name: r.Name, Source: r.Source, File: r.File, Setting: r.Settings[best], Tried: tried,
			Seconds: took, Curve: found.Curve, Result: result})
	}
	return p, p.finish("popularity", evaluation.DefaultResampling)
}
