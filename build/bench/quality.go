package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
)

// Quality measures the ranking quality of bundles trained by the command line
// on each user's newest interaction, which the training does not see.
type Quality struct {
	Data  string `required:"" type:"existingdir" help:"Folder that holds ml-latest-small/ and ml-1m/."`
	Seeds int    `default:"5" help:"Trainings on ml-latest-small that are averaged."`
	Width int    `default:"64" help:"Width of the vectors on ml-1m."`
	Only  string `enum:"all,ml-latest-small,ml-1m" default:"all" help:"Data set to measure."`
}

// trained is what the bundle verb prints with --json.
type trained struct {
	Bundle  string
	Seconds float64
	Metrics []struct {
		Name  string
		Value float64
	}
}

// metric returns the figure called name; a missing one is an error of ours.
func (t *trained) metric(name string) float64 {
	for _, m := range t.Metrics {
		if m.Name == name {
			return m.Value
		}
	}
	panic("bench: the bundle verb did not report " + name)
}

// evaluated is what the evaluate verb prints with --json.
type evaluated struct {
	Results []struct {
		Method  string
		Metrics []struct {
			Name            string
			Mean, Low, High float64
		}
	}
}

// Run trains, evaluates and prints the table.
func (q Quality) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c, remove, err := built(ctx)
	if err != nil {
		return err
	}
	defer remove()
	var figures []Figure
	if q.Only != "ml-1m" {
		if figures, err = q.small(c); err != nil {
			return err
		}
	}
	if q.Only != "ml-latest-small" {
		more, err := q.large(c)
		if err != nil {
			return err
		}
		figures = append(figures, more...)
	}
	return verdict(figures)
}

const ndcg = "NDCG@10"

// small measures ml-latest-small: the mean of several seeds beside the
// baselines, which have no seed or keep one.
func (q Quality) small(c command) ([]Figure, error) {
	input := filepath.Join(q.Data, "ml-latest-small")
	means, halves := map[string]float64{}, map[string]float64{}
	var order []string
	var seconds float64
	var lost losses
	for seed := 1; seed <= q.Seeds; seed++ {
		t, err := c.bundle("--input", input, "--seed", strconv.Itoa(seed))
		if err != nil {
			return nil, err
		}
		seconds = max(seconds, t.Seconds)
		lost.add(t)
		flags := []string{"evaluate", "--json", "--bundle", t.Bundle, "--input", input}
		if seed > 1 {
			flags = append(flags, "--no-baselines")
		}
		var e evaluated
		if err := c.run(&e, c.path, flags...); err != nil {
			return nil, err
		}
		for _, r := range e.Results {
			share := 1 / float64(q.Seeds)
			if seed == 1 {
				order = append(order, r.Method)
			}
			for _, m := range r.Metrics {
				if m.Name == ndcg {
					means[r.Method] += share * m.Mean
					halves[r.Method] += share * (m.High - m.Low) / 2
				}
			}
		}
		if seed == 1 { // the baselines are trained once: their one figure is their mean
			for _, name := range order {
				if !ours(name) {
					means[name] *= float64(q.Seeds)
					halves[name] *= float64(q.Seeds)
				}
			}
		}
	}
	fmt.Printf("ml-latest-small, newest interaction of each user, full ranking, history masked: mean of %d seeds ± 95 %% over users\n", q.Seeds)
	best := 0.0
	for _, name := range order {
		fmt.Printf("  %-28s NDCG@10 %.4f ± %.4f\n", name, means[name], halves[name])
		if !ours(name) {
			best = max(best, means[name])
		}
	}
	runs := strconv.Itoa(q.Seeds) + " seeds"
	ranked := means[order[0]]
	return []Figure{
		{Name: "ml-latest-small NDCG@10, ranked", Bar: 0.075, AtLeast: true, Measured: ranked, Runs: runs},
		{Name: "… above the best of iALS, EASE, popularity", Bar: best, AtLeast: true, Measured: ranked, Runs: runs},
		{Name: "… retrieval lost from float32 to int8", Unit: "%", Bar: 1, Measured: lost.retrieval(), Runs: runs},
		{Name: "… ranking lost from float32 to int8", Unit: "%", Bar: 1, Measured: lost.ranking(), Runs: runs},
		{Name: "bundle on ml-latest-small, slowest run", Unit: "min", Bar: 3, Measured: seconds / 60, Runs: runs},
	}, nil
}

// ours tells whether a method of evaluate is the bundle itself or a part of it.
func ours(method string) bool {
	return method == "retrieval + ranking" || method == "retrieval" || method == "transitions alone"
}

// large measures ml-1m with one seed.
func (q Quality) large(c command) ([]Figure, error) {
	t, err := c.bundle("--input", filepath.Join(q.Data, "ml-1m"), "--width", strconv.Itoa(q.Width))
	if err != nil {
		return nil, err
	}
	var lost losses
	lost.add(t)
	return []Figure{
		{Name: "ml-1m NDCG@10, retrieval alone", Bar: 0.165, AtLeast: true, Measured: t.metric(ndcg + " retrieved"), Runs: "1 seed"},
		{Name: "ml-1m NDCG@10, ranked", Bar: 0.185, AtLeast: true, Measured: t.metric(ndcg + " ranked"), Runs: "1 seed"},
		{Name: "… retrieval lost from float32 to int8", Unit: "%", Bar: 1, Measured: lost.retrieval(), Runs: "1 seed"},
		{Name: "… ranking lost from float32 to int8", Unit: "%", Bar: 1, Measured: lost.ranking(), Runs: "1 seed"},
	}, nil
}

// losses sums NDCG@10 of float32 and of int8 over trainings: of the retrieval
// model on the held out interactions, and of the ranker, which learns on the
// int8 tables of the former, on users that it was not trained on.
type losses struct{ retrieved, retrieved8, ranked, ranked8 float64 }

func (l *losses) add(t *trained) {
	l.retrieved += t.metric(ndcg + " retrieved float32")
	l.retrieved8 += t.metric(ndcg + " retrieved")
	l.ranked += t.metric(ndcg + " validation float32")
	l.ranked8 += t.metric(ndcg + " validation int8")
}

// retrieval and ranking return how many percent of NDCG@10 int8 costs.
func (l *losses) retrieval() float64 { return 100 * (1 - l.retrieved8/l.retrieved) }
func (l *losses) ranking() float64   { return 100 * (1 - l.ranked8/l.ranked) }

// command runs programs.
type command struct {
	ctx  context.Context
	path string // of the command line under test
	work string
}

// built builds the command line in a folder of its own, which remove removes.
func built(ctx context.Context) (c command, remove func(), err error) {
	work, err := os.MkdirTemp("", "sparrow-bench-")
	if err != nil {
		return command{}, nil, err
	}
	c, remove = command{ctx, filepath.Join(work, "sparrow"), work}, func() { os.RemoveAll(work) }
	if err := c.run(nil, "go", "build", "-o", c.path, "./build"); err != nil {
		remove()
		return command{}, nil, err
	}
	return c, remove, nil
}

// bundle trains one bundle.
func (c command) bundle(flags ...string) (*trained, error) {
	t := new(trained)
	flags = append([]string{"bundle", "--json", "--out", filepath.Join(c.work, "of.bundle")}, flags...)
	return t, c.run(t, c.path, flags...)
}

// run runs a program and decodes its JSON into v, if v is not nil. What it
// says on the error stream is passed on.
func (c command) run(v any, name string, flags ...string) error {
	cmd := exec.CommandContext(c.ctx, name, flags...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s %v: %w", filepath.Base(name), flags, err)
	}
	if v == nil {
		return nil
	}
	return json.Unmarshal(out, v)
}
