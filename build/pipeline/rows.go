package pipeline

import (
	"errors"

	"sparrow/build/compare"
	"sparrow/build/listwise"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Ranked is what the ranker of a work folder has learned from.
type Ranked struct {
	Catalog  *catalog.Catalog
	Features []string // that the ranker reads, in its order

	lists func(each func(u *feature.User, items []feature.Item, chosen int, weight float32) error) error
}

// Lists calls each as [listwise.Lists] does.
func (r *Ranked) Lists(each func(u *feature.User, items []feature.Item, chosen int, weight float32) error) error {
	return r.lists(each)
}

// Ranked returns what the ranker that ships has learned from, as Train made it: the lists are made
// again, of the same data and the same retrieval.
func (w *Work) Ranked() (*Ranked, error) {
	if _, err := w.made("train ranking"); err != nil {
		return nil, err
	}
	t, err := w.trained(false)
	if err != nil {
		return nil, err
	}
	again := t.Options.twice()
	if again {
		if t, err = w.trained(true); err != nil {
			return nil, err
		}
	}
	o := t.Options
	if o.Little >= noRanker || o.Ranker == noPasses || keepsRetrieval(&t.Ranking) {
		return nil, errors.New("no ranker was trained: the data are too few, or it was no better than retrieval, whose order the bundle keeps")
	}
	var r Retrieved // as the ranker saw it, before the gate was chosen
	if err := w.load(filesOf(again)(retrievedFile), &r); err != nil {
		return nil, err
	}
	d, err := w.prepared()
	if err != nil {
		return nil, err
	}
	return &Ranked{d.Catalog, t.Ranking.Features, func(each func(u *feature.User, items []feature.Item, chosen int, weight float32) error) error {
		opt, known, seen := o.lists(d, &r)
		from, err := o.withoutTargets(w.ctx, w.p, seen, &r)
		if err != nil {
			return err
		}
		stage := w.p.Stage("make the lists")
		defer w.p.Stop()
		return listwise.Lists(w.ctx, known, from, opt, stage, each)
	}}, nil
}

// Labelled returns the rows of opinions of the data set that [Work.Prepare] kept, and its catalog.
func (w *Work) Labelled(seed uint64) (*compare.Labelled, *catalog.Catalog, error) {
	if _, err := w.made("prepare"); err != nil {
		return nil, nil, err
	}
	d, err := w.prepared()
	if err != nil {
		return nil, nil, err
	}
	l, err := compare.LabelledRows(d, seed, w.p.Stage)
	w.p.Stop()
	return l, d.Catalog, err
}
