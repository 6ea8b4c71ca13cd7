package lesson

import (
	"fmt"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// sourceOnly recommends what one source finds.
type sourceOnly struct {
	r   *retrieval.Retriever
	mix retrieval.Mix
}

// Recommend implements [evaluation.Recommender].
func (s sourceOnly) Recommend(h feature.History, k int) (rows []catalog.Row) {
	for _, c := range s.r.Mixed(nil, h, nil, k, s.mix, nil) {
		rows = append(rows, c.Row)
	}
	return rows
}

// sources is lesson 11.
func sources(p *Page, d *dataset.Dataset) error {
	b, err := p.bundleOf(d.WithoutOpinions(1))
	if err != nil {
		return err
	}
	cases := evaluation.LeaveOneOut(d)
	if len(cases) == 0 {
		return fmt.Errorf("no user has two interactions")
	}
	k := min(50, max(5, d.Catalog.Len()/8))
	c := cases[0]
	for _, other := range cases {
		if len(other.History) > len(c.History) && len(other.History) < 60 {
			c = other
		}
	}
	p.Step("Before: what a user did, and what came next")
	p.log(d, d.Of(c.User)[max(0, len(c.History)-4):len(c.History)+1])
	p.Say("The last row is hidden. Retrieval is to have it among %s of %s.", count(k, "candidate"), thousands(d.Catalog.Len()))

	p.Step("After: candidates, and which source found them")
	r := retrieval.New(&b.Retrieval, &b.Transition, &b.Statistics)
	found := r.Mixed(nil, c.History, nil, k, retrieval.DefaultMix, nil)
	var rows [][]string
	for i, x := range found[:min(10, len(found))] {
		hidden := ""
		if slices.Contains(c.Relevant, x.Row) {
			hidden = "the hidden one"
		}
		rows = append(rows, []string{fmt.Sprint(i + 1), name(d, x.Row), genresOf(d, d.Catalog.Genres[x.Row]), fmt.Sprintf("%.2f", x.Score), x.Sources.String(), hidden})
	}
	p.Table("place|item|genres|score|found by|", rows...)

	p.Step("What each source is worth")
	mixes := []struct {
		name string
		mix  retrieval.Mix
	}{{"popular alone", retrieval.Mix{Popular: 1}}, {"what follows alone", retrieval.Mix{Transition: 1}}, {"taste alone", retrieval.Mix{}}, {"all together", retrieval.DefaultMix}}
	var hits []float64
	for _, size := range []int{max(2, k/4), k} {
		var names []string
		hits = nil
		for _, m := range mixes {
			method := evaluation.Method{Name: m.name, New: func() evaluation.Recommender {
				return sourceOnly{retrieval.New(&b.Retrieval, &b.Transition, &b.Statistics), m.mix}
			}}
			result, err := evaluation.Evaluate(p.ctx, method, cases, size, d.Catalog.Len(), nil)
			if err != nil {
				return err
			}
			e, _ := result.Get(fmt.Sprintf("HitRate@%d", size))
			names, hits = append(names, m.name), append(hits, 100*e.Mean)
		}
		p.Say("Hidden items among the first %d, in %%, over %s:", size, count(len(cases), "user"))
		p.Bars(names, hits, 1)
	}
	p.Look("which source is best alone differs by the length of the list. Of the longer lists all together find %.1f %%, and the best one alone %.1f %%.", hits[3], max(hits[0], hits[1], hits[2]))
	return nil
}

// scorer returns what scores all items by a retrieval model.
func scorer(m *retrieval.Model) evaluation.Scores {
	e, u := retrieval.NewEncoder(m), make([]float32, m.Out.Cols)
	return func(dst []float32, h feature.History) {
		e.UserVector(u, h)
		m.Scores(dst, u)
	}
}
