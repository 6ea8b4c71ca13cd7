package lesson

import (
	"fmt"
	"math"
	"math/rand/v2"

	"sparrow/build/dataset"
	"sparrow/build/index"
	"sparrow/build/pool"
)

// enough is from how many items on a comparison of searches shows something.
const enough = 2000

// hashing is lesson 12.
func hashing(p *Page, d *dataset.Dataset) error {
	const tables, hashes = 8, 6
	p.Step("The idea: what is alike falls into the same bucket")
	var rows [][]string
	for _, cosine := range []float64{0.99, 0.9, 0.7, 0.5, 0.2, 0} {
		one := 1 - math.Acos(cosine)/math.Pi
		all := math.Pow(one, hashes)
		rows = append(rows, []string{fmt.Sprintf("%.2f", cosine), fmt.Sprintf("%.3f", one), fmt.Sprintf("%.3f", all), fmt.Sprintf("%.3f", 1-math.Pow(1-all, tables))})
	}
	p.Table(fmt.Sprintf("cosine of two vectors|same side of a random plane|of all %d (AND)|in one of %d tables (OR)", hashes, tables), rows...)
	p.Look("AND keeps strangers out, OR lets neighbours in: the last column falls steeply between what is alike and what is not.")

	p.Step("Before: vectors")
	vectors, width, what, err := p.manyVectors(d)
	if err != nil {
		return err
	}
	p.Say("%s", what)

	p.Step("After: what is found at what price")
	figures, searched, queries := index.Compare(vectors, width, index.Settings{K: 10, Tables: tables, Hashes: hashes, Width: 1, Probes: []int{1, 2, 4, 8, 16}, Seed: 1})
	names := map[string]string{"exact": "exact", "cells": "IVF", "signs": "LSH by signs", "buckets": "LSH by buckets"}
	rows = nil
	curves, order := map[string][]float64{}, []string{}
	for _, f := range figures {
		probes := "–"
		if f.Probes > 0 {
			probes = fmt.Sprint(f.Probes)
			if curves[f.Index] == nil {
				order = append(order, f.Index)
			}
			curves[f.Index] = append(curves[f.Index], f.Recall)
		}
		rows = append(rows, []string{names[f.Index], probes, fmt.Sprintf("%.3f", f.Recall), fmt.Sprintf("%.1f %%", 100*f.Compared), fmt.Sprintf("%.1f %%", 100*f.Routed)})
	}
	p.Say("Ten nearest neighbours of %s among %s:", count(queries, "vector"), thousands(searched))
	p.Table("search|buckets looked into|recall@10|vectors compared|inner products to choose them", rows...)
	p.Say("Recall by buckets looked into, more to the right:")
	var lines [][]float64
	for i, o := range order {
		lines = append(lines, curves[o])
		order[i] = names[o]
	}
	p.Sparks(order, lines, 3)
	p.Look("find the first row with a recall of .9 and more: what share of the vectors did it compare? The exact search compares all of them. The families differ in how much recall a compared vector buys.")
	return nil
}

// manyVectors returns vectors of width numbers, [·×width]: those of d where it has enough items, else
// made-up ones around some centres.
func (p *Page) manyVectors(d *dataset.Dataset) (vectors []float32, width int, what string, err error) {
	if d.Catalog.Len() >= enough {
		opt := pool.DefaultPoolOptions(d)
		opt.Width, opt.Epochs, opt.Negatives = 16, 3, 200
		m, err := pool.TrainPool(p.ctx, d, opt, nil)
		if err != nil {
			return nil, 0, "", err
		}
		return m.Out, m.D, fmt.Sprintf("The vectors of %s, %d numbers each, by the retrieval model, trained for %s.", count(m.N, "item"), m.D, count(opt.Epochs, "pass")), nil
	}
	const n, centres, D = 4000, 40, 32
	rng := rand.New(rand.NewPCG(1, 12))
	centre := make([]float32, centres*D)
	for i := range centre {
		centre[i] = float32(rng.NormFloat64())
	}
	vectors = make([]float32, n*D)
	for i := range vectors {
		vectors[i] = centre[(i/D%centres)*D+i%D] + float32(0.8*rng.NormFloat64())
	}
	return vectors, D, fmt.Sprintf("%s are too few to need an index, so these vectors are made up: %s of %d numbers, around %d centres.", count(d.Catalog.Len(), "item"), thousands(n), D, centres), nil
}
