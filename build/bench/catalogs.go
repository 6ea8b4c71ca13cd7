package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/signal"
	"path/filepath"

	"sparrow/build/answers"
	"sparrow/build/console"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/pipeline"
	samples "sparrow/build/sample"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
)

// Catalogs measures bundles of the made-up catalogs of build/sample: what the weights of
// events are worth by the purchases of a bookshop, what is bought together there, and whether similar records of a music
// magazine share a listener.
type Catalogs struct {
	Only   string `enum:"all,books,music,baskets" default:"all" help:"Catalog to measure; baskets are those of books."`
	Seeds  int    `default:"3" help:"Catalogs of each kind, and trainings, that are averaged."`
	Items  int    `default:"0" help:"Items of a catalog, 0 for as many as it has."`
	People int    `default:"0" help:"People who use it, likewise."`

	Shrinkage []float64 `placeholder:"K" help:"Of what is bought together: also measure these by validation baskets, as 0.1,1,10."`
}

// Run makes, trains, measures and prints the table.
func (b Catalogs) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	work, err := os.MkdirTemp("", "sparrow-catalogs-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	c := newConsole(ctx)
	var figures []Figure
	runs := fmt.Sprintf("%d seeds", b.Seeds)
	if b.Only == "all" || b.Only == "books" {
		gain, err := b.purchases(c, work)
		if err != nil {
			return err
		}
		figures = append(figures, Figure{Name: "bookshop, NDCG@10 of purchases, weights used less ignored: lower end of 95 %", AtLeast: true, Measured: gain.Low, Runs: runs})
	}
	if b.Only == "all" || b.Only == "baskets" {
		gain, err := b.baskets(c, work)
		if err != nil {
			return err
		}
		figures = append(figures, Figure{Name: "bookshop, hit@5 of an item of a basket, together less similar: lower end of 95 %", Bar: 1e-6, AtLeast: true, Measured: gain.Low, Runs: runs})
	}
	if b.Only == "all" || b.Only == "music" {
		share, err := b.listeners(c, work)
		if err != nil {
			return err
		}
		figures = append(figures, Figure{Name: "music, the five most similar that share a listener", Unit: "%", Bar: 97, AtLeast: true, Measured: share, Runs: runs})
	}
	return verdict(figures)
}

// make makes the catalog of one seed up and returns its folder.
func (b Catalogs) make(c *console.Console, work, name string, seed int) (string, error) {
	dir := filepath.Join(work, name)
	c.Stage("make up " + name)
	return dir, samples.Write(c.Ctx, name, dir, samples.Options{Seed: uint64(seed), Items: b.Items, People: b.People})
}

// purchases returns how much better NDCG@10 of the purchase that a reader's events end
// with is where kinds of events weigh what they do by default than where all weigh the same.
// Both bundles are asked with the same histories.
func (b Catalogs) purchases(c *console.Console, work string) (gain evaluation.Estimate, err error) {
	var variance float64
	for seed := 1; seed <= b.Seeds; seed++ {
		dir, err := b.make(c, work, "books", seed)
		if err != nil {
			return gain, err
		}
		var results [2]evaluation.Result
		var cases []evaluation.Case
		var held *dataset.Dataset
		for i, weights := range []map[string]float64{nil, {"all": 1}} {
			in := pipeline.DefaultInput(dir)
			in.Weights = weights
			d, _, err := in.Read(c.Ctx, c)
			if err != nil {
				return gain, err
			}
			if i == 0 {
				cases, held = evaluation.LeaveOneOut(d), d.WithoutOpinions(1)
			}
			view := *d // of which neither has seen the purchases that are asked about
			view.End = held.End
			engine, err := trained(c, &view, seed, filepath.Join(work, "of.bundle"))
			if err != nil {
				return gain, err
			}
			m := answers.Methods(engine, "ranking")[0]
			if results[i], err = evaluation.Evaluate(c.Ctx, m, cases, 10, d.Catalog.Len(), c.Stage("measure")); err != nil {
				return gain, err
			}
			c.Stop()
		}
		d, ok := evaluation.Difference(&results[0], &results[1], ndcg)
		if !ok {
			return gain, fmt.Errorf("books, seed %d: no purchases to measure by", seed)
		}
		used, _ := results[0].Get(ndcg)
		ignored, _ := results[1].Get(ndcg)
		fmt.Printf("books, seed %d: NDCG@10 of %d purchases: weights used %.4f, ignored %.4f, difference %.4f (%.4f to %.4f)\n", seed, len(cases), used.Mean, ignored.Mean, d.Mean, d.Low, d.High)
		gain.Mean += d.Mean / float64(b.Seeds)
		variance += (d.High - d.Mean) * (d.High - d.Mean) / float64(b.Seeds*b.Seeds)
	}
	gain.Low, gain.High = gain.Mean-math.Sqrt(variance), gain.Mean+math.Sqrt(variance)
	fmt.Printf("books, mean of %d seeds: difference %.4f (%.4f to %.4f)\n", b.Seeds, gain.Mean, gain.Low, gain.High)
	return gain, nil
}

// trained returns a bundle of all of d.
func trained(c *console.Console, d *dataset.Dataset, seed int, out string) (*bundle.Bundle, error) {
	o := pipeline.DefaultOptions()
	o.Seed, o.Retrieval, o.Holdout = uint64(seed), "pool", 0
	f, err := (&source{Dataset: d}).bundle(c, o, out)
	if err != nil {
		return nil, err
	}
	return bundleIn(f.Bundle)
}

// listeners returns how many percent of the five records most similar to one share a
// listener with it, over all records with two listeners or more.
func (b Catalogs) listeners(c *console.Console, work string) (percent float64, err error) {
	for seed := 1; seed <= b.Seeds; seed++ {
		dir, err := b.make(c, work, "music", seed)
		if err != nil {
			return 0, err
		}
		s, err := read(c, dir)
		if err != nil {
			return 0, err
		}
		of, err := trained(c, s.Dataset, seed, filepath.Join(work, "of.bundle"))
		if err != nil {
			return 0, err
		}
		shared, all := sharing(s.Dataset, engine.New(of))
		fmt.Printf("music, seed %d: %d of the %d most similar share a listener, %.2f %%\n", seed, shared, all, 100*float64(shared)/float64(all))
		percent += 100 * float64(shared) / float64(all) / float64(b.Seeds)
	}
	return percent, nil
}

// sharing returns how many of the five items most similar to each share a user with it,
// and of how many.
func sharing(d *dataset.Dataset, e *engine.Engine) (shared, all int) {
	users := make([]map[int]bool, d.Catalog.Len())
	for u := range d.Users {
		for _, x := range d.Of(u) {
			if users[x.Row] == nil {
				users[x.Row] = map[int]bool{}
			}
			users[x.Row][u] = true
		}
	}
	for r, own := range users {
		if len(own) < 2 {
			continue
		}
		for _, s := range e.Similar(catalog.Row(r), 5) {
			all++
			for u := range users[s.Row] {
				if own[u] {
					shared++
					break
				}
			}
		}
	}
	return shared, all
}
