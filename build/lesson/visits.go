package lesson

import (
	"fmt"

	"sparrow/build/bundledir"
	"sparrow/build/dataset"
	"sparrow/build/word2vec"
	"sparrow/edge/delta"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// visits is lesson 09: what a server sends for visits, and what is answered when something is missing.
func visits(p *Page, d *dataset.Dataset) error {
	p.Step("Before: yesterday's bundle and today's")
	old, err := p.bundleOf(d.WithoutOpinions(1))
	if err != nil {
		return err
	}
	b, err := p.bundleOf(d)
	if err != nil {
		return err
	}
	before, err := bundle.Encode(old)
	if err != nil {
		return err
	}
	data, err := bundle.Encode(b)
	if err != nil {
		return err
	}
	p.Table("bundle|bytes|its name is the hash of its bytes", []string{"yesterday", thousands(len(before)), bundledir.Hash(before)[:16] + "…"}, []string{"today", thousands(len(data)), bundledir.Hash(data)[:16] + "…"})
	p.Say("A name never means other bytes, so that every cache on the way may keep a file for good: the visitor's, a proxy's, the server's.")

	p.Step("After: what is sent for each visit")
	update, how := len(data), fmt.Sprintf("all of it, since no difference is made of files below %s bytes", thousands(delta.MinBytes))
	if len(data) >= delta.MinBytes {
		changed, err := delta.Make(before, data)
		if err != nil {
			return err
		}
		if update, how = len(changed), "the difference to yesterday's bundle"; changed == nil {
			update, how = len(data), "all of it: a difference would be hardly smaller"
		}
	}
	names := []string{"the first visit", "again the same day", "the day after"}
	p.Bars(names, []float64{float64(len(data)), 0, float64(update)}, 0)
	p.Look("the bars are bytes of models before compression. The second visit sends none of them, and the server computes nothing in any: the day after sends %s.", how)

	p.Step("When something is missing")
	e := engine.New(b)
	item := favourite(d, word2vec.Sentences(d, 1))
	h := feature.History{{Row: item, Stars: 5, At: b.Statistics.AsOf}}
	var rows [][]string
	for _, step := range []struct {
		missing, answer string
		q               engine.Query
	}{
		{"nothing", "the ranker's order", engine.Query{History: h, K: 4, Filter: all}},
		{"the ranker", "the order of retrieval", engine.Query{History: h, K: 4, Filter: all, Unranked: true}},
		{"the history", "what many like", engine.Query{K: 4, Filter: all}},
	} {
		text := ""
		for i, r := range e.Recommend(step.q) {
			if i > 0 {
				text += ", "
			}
			text += name(d, r.Row)
		}
		rows = append(rows, []string{step.missing, step.answer, text})
	}
	p.Table("missing|then|list after a like of "+fmt.Sprint(name(d, item)), rows...)
	p.Look("a list gets plainer and does not go away. Where the engine itself does not run, a page takes lists that were written beside the bundle.")
	return nil
}
