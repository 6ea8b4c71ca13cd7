package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"

	"sparrow/build/answers"
	"sparrow/build/console"
	"sparrow/build/evaluation"
	"sparrow/build/pipeline"
)

// Quality measures the ranking quality of bundles on each user's newest
// interaction, which the training does not see.
type Quality struct {
	Data  string `required:"" type:"existingdir" help:"Folder that holds ml-latest-small/ and ml-1m/."`
	Seeds int    `default:"5" help:"Trainings on ml-latest-small that are averaged."`
	Width int    `default:"64" help:"Width of the vectors on ml-1m."`
	Only  string `enum:"all,ml-latest-small,ml-1m" default:"all" help:"Data set to measure."`
	Lists string `placeholder:"BUNDLE" help:"Train nothing: what the lists of this bundle of latest-small, of --ship measured, owe to the order of likes, how they are balanced, and similar items."`
}

// Run trains, evaluates and prints the table.
func (q Quality) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	work, err := os.MkdirTemp("", "sparrow-quality-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	c, out := newConsole(ctx), filepath.Join(work, "of.bundle")
	var figures []Figure
	if q.Lists != "" {
		s, err := read(c, filepath.Join(q.Data, "ml-latest-small"))
		if err != nil {
			return err
		}
		if figures, err = orderFigures(c, s, q.Lists); err != nil {
			return err
		}
		similar, err := golden(q.Lists)
		if err != nil {
			return err
		}
		return verdict(append(figures, similar...))
	}
	if q.Only != "ml-1m" {
		if figures, err = q.small(c, out); err != nil {
			return err
		}
		similar, err := golden(out) // of the last seed
		if err != nil {
			return err
		}
		figures = append(figures, similar...)
	}
	if q.Only != "ml-latest-small" {
		more, err := q.large(c, out)
		if err != nil {
			return err
		}
		figures = append(figures, more...)
	}
	return verdict(figures)
}

const ndcg = "NDCG@10"

// small measures ml-latest-small: the mean of several seeds beside the
// baselines, which have no seed or keep one. Bundles are written to the file out.
func (q Quality) small(c *console.Console, out string) ([]Figure, error) {
	s, err := read(c, filepath.Join(q.Data, "ml-latest-small"))
	if err != nil {
		return nil, err
	}
	var methods, baselines averages // baselines are trained once: their one figure is their mean
	var seconds float64
	var lost losses
	for seed := 1; seed <= q.Seeds; seed++ {
		o := pipeline.DefaultOptions()
		o.Seed = uint64(seed)
		f, err := s.bundle(c, o, out)
		if err != nil {
			return nil, err
		}
		seconds = max(seconds, f.Seconds)
		lost.add(f)
		if err := methods.addBundle(c, s, f.Bundle); err != nil {
			return nil, err
		}
	}
	more, err := answers.Baselines(c.Ctx, c.Stage, s.WithoutOpinions(1), false)
	if err != nil {
		return nil, err
	}
	if err := baselines.add(c, s, more); err != nil {
		return nil, err
	}
	fmt.Printf("ml-latest-small, newest interaction of each user, full ranking, history masked: mean of %d seeds ± 95 %% over users\n", q.Seeds)
	methods.print()
	baselines.print()
	best := 0.0
	for _, a := range baselines {
		best = max(best, a.mean())
	}
	orders, err := orderFigures(c, s, out) // of the last seed
	if err != nil {
		return nil, err
	}
	runs := strconv.Itoa(q.Seeds) + " seeds"
	ranked := methods[0].mean()
	return append([]Figure{
		{Name: "ml-latest-small NDCG@10, ranked", Bar: 0.075, AtLeast: true, Measured: ranked, Runs: runs},
		{Name: "… above the best of iALS, EASE, popularity", Bar: best, AtLeast: true, Measured: ranked, Runs: runs},
		{Name: "… retrieval lost from float32 to int8", Unit: "%", Bar: 1, Measured: lost.retrieval(), Runs: runs},
		{Name: "… ranking lost from float32 to int8", Unit: "%", Bar: 1, Measured: lost.ranking(), Runs: runs},
		{Name: "bundle on ml-latest-small, slowest run", Unit: "min", Bar: 3, Measured: seconds / 60, Runs: runs},
	}, orders...), nil
}

// average is NDCG@10 of one method, summed over bundles.
type average struct {
	method      string
	sum, halves float64 // of the means, and of the half widths of their intervals
	bundles     int
}

func (a *average) mean() float64 { return a.sum / float64(a.bundles) }

// averages are methods in the order in which they were first added.
type averages []*average

// addBundle measures the stages of the bundle in a file, as it is once decoded.
func (a *averages) addBundle(c *console.Console, s *source, file string) error {
	b, err := bundleIn(file)
	if err != nil {
		return err
	}
	return a.add(c, s, answers.Methods(b, "ranking"))
}

// add measures methods on the newest interaction of each user of s.
func (a *averages) add(c *console.Console, s *source, methods []evaluation.Method) error {
	cases := evaluation.LeaveOneOut(s.Dataset)
	for i, m := range methods {
		r, err := evaluation.Evaluate(c.Ctx, m, cases, 10, s.Catalog.Len(), c.Stage("measure "+m.Name))
		if err != nil {
			return err
		}
		c.Stop()
		if i == len(*a) {
			*a = append(*a, &average{method: m.Name})
		}
		e, _ := r.Get(ndcg)
		(*a)[i].sum += e.Mean
		(*a)[i].halves += (e.High - e.Low) / 2
		(*a)[i].bundles++
	}
	return nil
}

func (a averages) print() {
	for _, x := range a {
		fmt.Printf("  %-28s NDCG@10 %.4f ± %.4f\n", x.method, x.mean(), x.halves/float64(x.bundles))
	}
}

// large measures ml-1m with one seed. The bundle is written to the file out.
func (q Quality) large(c *console.Console, out string) ([]Figure, error) {
	s, err := read(c, filepath.Join(q.Data, "ml-1m"))
	if err != nil {
		return nil, err
	}
	o := pipeline.DefaultOptions()
	o.Width = q.Width
	f, err := s.bundle(c, o, out)
	if err != nil {
		return nil, err
	}
	var lost losses
	lost.add(f)
	orders, err := orderFigures(c, s, out)
	if err != nil {
		return nil, err
	}
	return append([]Figure{
		{Name: "ml-1m NDCG@10, retrieval alone", Bar: 0.165, AtLeast: true, Measured: metric(f, ndcg+" retrieved"), Runs: "1 seed"},
		{Name: "ml-1m NDCG@10, ranked", Bar: 0.185, AtLeast: true, Measured: metric(f, ndcg+" ranked"), Runs: "1 seed"},
		{Name: "… retrieval lost from float32 to int8", Unit: "%", Bar: 1, Measured: lost.retrieval(), Runs: "1 seed"},
		{Name: "… ranking lost from float32 to int8", Unit: "%", Bar: 1, Measured: lost.ranking(), Runs: "1 seed"},
	}, orders...), nil
}

// losses sums NDCG@10 of float32 and of int8 over trainings: of the retrieval
// model on the held out interactions, and of the ranker, which learns on the
// int8 tables of the former, on users that it was not trained on.
type losses struct{ retrieved, retrieved8, ranked, ranked8 float64 }

func (l *losses) add(f *pipeline.Packed) {
	l.retrieved += metric(f, ndcg+" retrieved float32")
	l.retrieved8 += metric(f, ndcg+" retrieved")
	l.ranked += metric(f, ndcg+" validation float32")
	l.ranked8 += metric(f, ndcg+" validation int8")
}

// retrieval and ranking return how many percent of NDCG@10 int8 costs.
func (l *losses) retrieval() float64 { return 100 * (1 - l.retrieved8/l.retrieved) }
func (l *losses) ranking() float64   { return 100 * (1 - l.ranked8/l.ranked) }
