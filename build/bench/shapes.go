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
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/pipeline"
)

// Shapes measures bundles of made-up data of two shapes that are hard to retrieve
// from: a sparse shop, and a log whose order says nothing.
type Shapes struct {
	Only      string `enum:"all,shop,log" default:"all" help:"Data set to measure."`
	Seeds     int    `default:"3" help:"Data sets of each shape, and trainings, that are averaged."`
	Retrieval string `enum:"auto,sequence,pool" default:"auto" help:"Model of retrieval, as of the bundle verb."`
}

// lifelike are the made-up sets.
var lifelike = []struct {
	name string
	make func(seed uint64) *dataset.Dataset
}{{"shop", dataset.SparseShop}, {"log", dataset.ListeningLog}}

// Run makes, trains, evaluates and prints the table.
func (s Shapes) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	work, err := os.MkdirTemp("", "sparrow-shapes-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	c := newConsole(ctx)
	var figures []Figure
	for _, l := range lifelike {
		if s.Only != "all" && s.Only != l.name {
			continue
		}
		f, err := s.measure(c, l.name, l.make, filepath.Join(work, "of.bundle"))
		if err != nil {
			return err
		}
		figures = append(figures, f)
	}
	return verdict(figures)
}

// measure measures one shape: the bundle and what it is made of beside the
// baselines, each trained again for every seed.
func (s Shapes) measure(c *console.Console, name string, draw func(uint64) *dataset.Dataset, out string) (Figure, error) {
	var methods averages
	for seed := 1; seed <= s.Seeds; seed++ {
		d := &source{Dataset: draw(uint64(seed))}
		o := pipeline.DefaultOptions()
		o.Seed, o.Retrieval = uint64(seed), s.Retrieval
		f, err := d.bundle(c, o, out)
		if err != nil {
			return Figure{}, err
		}
		all, err := methodsOf(c, d, f.Bundle)
		if err != nil {
			return Figure{}, err
		}
		if err := methods.add(c, d, all); err != nil {
			return Figure{}, err
		}
		fmt.Printf("%s, seed %d: %d users, %d items, %d interactions, %.0f s to make the bundle\n",
			name, seed, len(d.Users), d.Catalog.Len(), len(d.Interactions), f.Seconds)
	}
	fmt.Printf("%s, newest interaction of each user, full ranking, history masked: mean of %d seeds ± 95 %% over users\n", name, s.Seeds)
	methods.print()
	best := 0.0
	for _, a := range methods[2:] { // behind the engine and its retrieval
		best = max(best, a.mean())
	}
	return Figure{Name: "made-up " + name + ", NDCG@10 ranked, above the best of transitions, iALS, EASE and popularity", Bar: best, AtLeast: true,
		Measured: methods[0].mean(), Runs: strconv.Itoa(s.Seeds) + " seeds"}, nil
}

// methodsOf returns the stages of the bundle in a file, and the baselines of s.
func methodsOf(c *console.Console, s *source, file string) ([]evaluation.Method, error) {
	b, err := bundleIn(file)
	if err != nil {
		return nil, err
	}
	more, err := answers.Baselines(c.Ctx, c.Stage, s.WithoutOpinions(1), pipeline.Like(b).OrderFree)
	return append(answers.Methods(b, "ranking"), more...), err
}
