package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"sparrow/build/console"
	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/pipeline"
	"sparrow/build/stats"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/retrieval"
)

// basketCase is a basket of which one item is hidden.
type basketCase struct {
	user   int
	rest   []catalog.Row
	hidden catalog.Row
}

// basketSplit are the baskets of d that something is asked about, the last one of two purchases
// or more of some users, and d without them: those of a fifth of the users are the test, those of
// another fifth choose the settings.
type basketSplit struct {
	known, fewer     *dataset.Dataset // without the test; and without the validation
	test, validation []basketCase
}

// basketShare is of how many users one is asked about, in each of the two.
const basketShare = 5

// splitBaskets hides an item of each basket, users and items drawn by lot. What a user did with
// the items of their basket, on that day or another, neither known nor fewer has.
func splitBaskets(d *dataset.Dataset, seed uint64) basketSplit {
	rng := rand.New(rand.NewPCG(seed, 0x6261736b))
	last := make([][]catalog.Row, len(d.Users))
	for u, basket := range d.Baskets() {
		var rows []catalog.Row
		for _, b := range basket {
			if !b.Cart {
				rows = append(rows, b.Row)
			}
		}
		if len(rows) >= 2 {
			last[u] = rows
		}
	}
	var s basketSplit
	group := make([]int, len(d.Users))
	for u, rows := range last {
		if group[u] = rng.IntN(basketShare); rows == nil || group[u] > 1 {
			continue
		}
		cases := []*[]basketCase{&s.test, &s.validation}[group[u]]
		at := rng.IntN(len(rows))
		*cases = append(*cases, basketCase{u, slices.Delete(slices.Clone(rows), at, at+1), rows[at]})
	}
	s.known = without(d, func(u int, r catalog.Row) bool { return group[u] == 0 && slices.Contains(last[u], r) })
	s.fewer = without(s.known, func(u int, r catalog.Row) bool { return group[u] == 1 && slices.Contains(last[u], r) })
	return s
}

// without returns d without the interactions of users with items that drop tells.
func without(d *dataset.Dataset, drop func(u int, r catalog.Row) bool) *dataset.Dataset {
	lists := make([][]dataset.Interaction, len(d.Users))
	for u := range d.Users {
		for _, i := range d.Of(u) {
			if !drop(u, i.Row) {
				lists[u] = append(lists[u], i)
			}
		}
	}
	none := *d
	none.Users, none.Interactions, none.Start, none.End = nil, nil, nil, nil
	return none.Join(d.Users, lists)
}

// basketK is how many items are shown with a basket.
const basketK = 5

// found returns for each case whether the hidden item is among those that go with the rest, 1
// or 0.
func found(cases []basketCase, of func(rest []catalog.Row) []engine.Companion) []float64 {
	hits := make([]float64, len(cases))
	for i, c := range cases {
		for _, x := range of(c.rest) {
			if x.Row == c.hidden {
				hits[i] = 1
			}
		}
	}
	return hits
}

// baskets returns by how much more often what is bought together finds the hidden item of a
// basket of the bookshop than what is similar does, with the interval of the paired bootstrap over
// the users of all seeds.
func (b Catalogs) baskets(c *console.Console, work string) (stats.Interval, error) {
	var all []float64
	for seed := 1; seed <= b.Seeds; seed++ {
		dir, err := b.make(c, work, "books", seed)
		if err != nil {
			return stats.Interval{}, err
		}
		d, _, err := pipeline.DefaultInput(dir).Read(c.Ctx, c)
		if err != nil {
			return stats.Interval{}, err
		}
		s := splitBaskets(d, uint64(seed))
		o := pipeline.DefaultOptions()
		o.Seed, o.Retrieval, o.Holdout, o.Ranker = uint64(seed), "pool", 0, -1 // neither list needs a ranker
		f, err := (&source{Dataset: s.known}).bundle(c, o, filepath.Join(work, "of.bundle"))
		if err != nil {
			return stats.Interval{}, err
		}
		of, err := bundleIn(f.Bundle)
		if err != nil {
			return stats.Interval{}, err
		}
		asked := func(lists *retrieval.Lists) func([]catalog.Row) []engine.Companion {
			other := *of
			other.Together = lists
			e := engine.New(&other)
			return func(rest []catalog.Row) []engine.Companion { return e.Together(rest, basketK, nil) }
		}
		for _, shrinkage := range b.Shrinkage {
			for _, least := range []float64{1, 2} {
				opt := crowd.DefaultTogetherOptions()
				opt.Shrinkage, opt.Least = shrinkage, least
				lists, counted := crowd.Together(s.fewer, opt)
				ask := asked(lists)
				hits := found(s.validation, func(rest []catalog.Row) []engine.Companion {
					return slices.DeleteFunc(ask(rest), func(x engine.Companion) bool { return !x.Linked })
				})
				fmt.Printf("books, seed %d: shrinkage %g, at least %g: hit@%d of %d validation baskets by the lists of %d items alone %.4f\n", seed, shrinkage, least, basketK, len(hits), counted.Items, stats.Mean(hits).Value)
			}
		}
		together, similar := found(s.test, asked(of.Together)), found(s.test, asked(nil))
		c.Stop()
		for i := range together {
			all = append(all, together[i]-similar[i])
		}
		fmt.Printf("books, seed %d: hit@%d of %d baskets: together %.4f, similar %.4f\n", seed, basketK, len(s.test), stats.Mean(together).Value, stats.Mean(similar).Value)
	}
	gain := stats.Bootstrap(all, 10_000, 1)
	fmt.Printf("books, %d seeds: hit@%d, together less similar %.4f (%.4f to %.4f)\n", b.Seeds, basketK, gain.Value, gain.Low, gain.High)
	return gain, nil
}
