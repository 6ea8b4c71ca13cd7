package listwise

import (
	"context"

	"sparrow/build/dataset"
	"sparrow/build/examples"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// Retrieval is the retrieval stage as it ships, learned without any target.
type Retrieval struct {
	Model      *retrieval.Model
	Transition *retrieval.Lists
	Profile    *retrieval.Profile  // nil where likes of one sitting are no set
	Statistics *feature.Statistics // for the popular candidates; of timeless data also what rows know of the crowd
}

// Lists calls each with every list that [Train] learns from, in the order of time: what is known of the
// user, the candidates in retrieval's order, which of them was chosen, -1 where it is not among them, and what the
// choice weighs. What it gets is valid until each returns.
func Lists(ctx context.Context, d *dataset.Dataset, r Retrieval, opt Options, progress func(done, total int), each func(u *feature.User, items []feature.Item, chosen int, weight float32) error) error {
	lists, err := makeLists(ctx, d, r, &opt, progress)
	if err != nil {
		return err
	}
	for i := range lists {
		l := &lists[i]
		if err := each(&l.user, l.items, l.target, l.weight); err != nil {
			return err
		}
	}
	return nil
}

// makeLists makes the training rows of d: for every moment the candidates that
// retrieval gives the history before it, with features of which none knows the
// target, a later interaction of the same user, or anything that anyone did at
// the moment or later. A target that was not retrieved is not added: in the
// browser the ranker will not see such an item either. Where the data are timeless
// no moment is before another, and all rows see r.Statistics, which know no target.
func makeLists(ctx context.Context, d *dataset.Dataset, r Retrieval, opt *Options, progress func(done, total int)) ([]list, error) {
	statistics, advance := r.Statistics, func(int64, []feature.Candidate) {}
	var x *feature.Extractor
	if !d.Timeless() {
		s := examples.NewStream(d)
		statistics = s.Statistics()
		advance = func(now int64, candidates []feature.Candidate) {
			s.Advance(now)
			for _, c := range candidates {
				s.Refresh(c.Row)
			}
			x.SetTotals(s.Totals())
		}
	}
	tables := feature.Tables{Catalog: d.Catalog, Statistics: statistics, Out: &r.Model.Out, Neighbours: r.Transition.Of}
	if r.Profile != nil {
		tables.Speaks, tables.Set = r.Profile.Of, r.Profile.Gate.Set
	}
	x = feature.NewExtractor(tables)
	retriever := retrieval.New(r.Model, r.Transition, r.Statistics).WithSets(tables.Set)
	all := moments(d, opt.Targets, opt.Lists)
	lists := make([]list, 0, len(all))
	var candidates []feature.Candidate
	for i, m := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		h := historyBefore(d, m)
		candidates = retriever.Candidates(candidates[:0], h, nil, opt.Candidates)
		target := -1
		for k, c := range candidates {
			if c.Row == m.target {
				target = k
			}
		}
		if len(candidates) == 0 {
			continue
		}
		advance(m.time, candidates)
		// Candidates come by score: a place in the list is a rank.
		l := list{user: *x.User(h), items: make([]feature.Item, len(candidates)), fold: m.fold, target: target, weight: m.weight}
		x.Items(l.items, candidates, nil)
		lists = append(lists, l)
		progress(i+1, len(all))
	}
	return lists, nil
}
