package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"sparrow/build/console"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/pipeline"
	samples "sparrow/build/sample"
	"sparrow/build/stats"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/live"
)

// Cold holds items out whole: nothing that anyone did with them is known, so that their
// genres, tags, titles and years alone place them. It measures how often a list of other items
// has what their readers chose beside them.
type Cold struct {
	Data   string  `type:"existingdir" placeholder:"DIR" help:"Data set to measure on; without one it is the made-up bookshop, another one for each seed."`
	Seeds  int     `default:"3" help:"Draws of the items, none of which is drawn twice, and trainings (${default})."`
	Share  float64 `default:"0.1" help:"Share of the items with enough readers that are held out (${default})."`
	Items  int     `default:"6000" help:"Items of the bookshop (${default})."`
	People int     `default:"5000" help:"People who use it (${default})."`
}

const (
	coldReaders = 5  // an item that is held out has as many readers or more
	coldK       = 10 // items of a list
)

// Lists for an item that was held out.
const (
	coldPopular     = iota // what most chose
	coldRandom             // drawn by lot
	coldSimilar            // most similar to the item, which the catalog has from the start
	coldRecommended        // recommended to one who likes it alone
	newSimilar             // the same two of an item that a live overlay brings
	newRecommended
	coldLists
)

var coldNames = [coldLists]string{"popular", "random", "similar to it in the catalog", "recommended for it in the catalog", "similar to it in the overlay", "recommended for it in the overlay"}

// coldHits has, for each kind of list, the hit@10 of each item that was held out: the chance that
// the list has another item of a reader, where each reader and each of their items is as
// likely as the next.
type coldHits [coldLists][]float64

// Run measures and prints the table.
func (b Cold) Run() error {
	if b.Share <= 0 || b.Share*float64(b.Seeds) > 1 {
		return fmt.Errorf("a share of %g for each of %d seeds: all of them together are more than the items, or none", b.Share, b.Seeds)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	work, err := os.MkdirTemp("", "sparrow-cold-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	c := newConsole(ctx)
	var all coldHits
	for seed := 1; seed <= b.Seeds; seed++ {
		own, err := b.measure(c, work, uint64(seed))
		if err != nil {
			return err
		}
		for i := range own {
			fmt.Printf("seed %d, %d items held out: hit@%d of %s: %.4f\n", seed, len(own[i]), coldK, coldNames[i], stats.Mean(own[i]).Value)
			all[i] = append(all[i], own[i]...)
		}
	}
	var figures []Figure
	runs := fmt.Sprintf("%d seeds, %d items", b.Seeds, len(all[0]))
	for i := coldSimilar; i < coldLists; i++ {
		for _, than := range []int{coldRandom, coldPopular} {
			d := stats.Bootstrap(minus(all[i], all[than]), 10_000, 1)
			fmt.Printf("hit@%d of %s, %.4f, less %s, %.4f: %.4f (%.4f to %.4f)\n", coldK, coldNames[i], stats.Mean(all[i]).Value, coldNames[than], stats.Mean(all[than]).Value, d.Value, d.Low, d.High)
			if i == newRecommended || i == coldRecommended {
				figures = append(figures, Figure{Name: "items held out whole, hit@10 of " + coldNames[i] + " less " + coldNames[than] + ": lower end of 95 %",
					Bar: 1e-6, AtLeast: true, Measured: d.Low, Runs: runs})
			}
		}
	}
	return verdict(figures)
}

// minus returns a - b, by elements.
func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

// measure holds items out, trains on the rest and asks for lists.
func (b Cold) measure(c *console.Console, work string, seed uint64) (hits coldHits, err error) {
	dir := b.Data
	if dir == "" {
		dir = filepath.Join(work, "books")
		c.Stage("make up books")
		if err := samples.Write(c.Ctx, "books", dir, samples.Options{Seed: seed, Items: b.Items, People: b.People}); err != nil {
			return hits, err
		}
	}
	s, err := read(c, dir)
	if err != nil {
		return hits, err
	}
	x := splitCold(s.Dataset, b.Share, int(seed)-1)
	kept, err := placedBy(c, x.known, seed, filepath.Join(work, "of.bundle"))
	if err != nil {
		return hits, err
	}
	grown, err := placedBy(c, x.without, seed, filepath.Join(work, "of.bundle"))
	if err != nil {
		return hits, err
	}
	grown.Overlay(&live.Overlay{New: x.fresh})
	rng := rand.New(rand.NewPCG(seed, 1))
	popular := mostChosen(x.known)
	for _, item := range x.held {
		id := s.Catalog.IDs[item]
		lists := [coldLists][]catalog.ID{coldPopular: popular[:coldK]}
		for _, r := range rng.Perm(s.Catalog.Len())[:coldK] {
			lists[coldRandom] = append(lists[coldRandom], s.Catalog.IDs[r])
		}
		lists[coldSimilar], lists[coldRecommended] = listsFor(kept, id)
		lists[newSimilar], lists[newRecommended] = listsFor(grown, id)
		for i := range lists {
			hits[i] = append(hits[i], x.hit(item, lists[i]))
		}
	}
	c.Stop()
	return hits, nil
}

// placedBy returns an engine over a bundle of all of d, without a ranker: what is measured is
// where items stand.
func placedBy(c *console.Console, d *dataset.Dataset, seed uint64, out string) (*engine.Engine, error) {
	o := pipeline.DefaultOptions()
	o.Seed, o.Retrieval, o.Holdout, o.Ranker = seed, "pool", 0, -1
	f, err := (&source{Dataset: d}).bundle(c, o, out)
	if err != nil {
		return nil, err
	}
	b, err := bundleIn(f.Bundle)
	if err != nil {
		return nil, err
	}
	return engine.New(b), nil
}

// listsFor returns what is most similar to an item, and what is recommended to one who likes
// it and nothing else.
func listsFor(e *engine.Engine, id catalog.ID) (similar, recommended []catalog.ID) {
	r, _ := e.Catalog().Row(id)
	for _, x := range e.Similar(r, coldK) {
		similar = append(similar, e.Catalog().IDs[x.Row])
	}
	q := engine.Query{History: feature.History{{Row: r, Stars: 5, At: 1}}, Filter: engine.Filter{Genre: engine.AllGenres}, K: coldK}
	for _, x := range e.Recommend(q) {
		recommended = append(recommended, e.Catalog().IDs[x.Row])
	}
	return similar, recommended
}

// mostChosen returns the items of d by how many chose them.
func mostChosen(d *dataset.Dataset) []catalog.ID {
	counts := crowd.Counts(d)
	ids := make([]catalog.ID, 0, len(counts))
	for _, r := range descending(counts) {
		ids = append(ids, d.Catalog.IDs[r])
	}
	return ids
}
