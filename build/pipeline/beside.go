package pipeline

import (
	"context"
	"fmt"

	"sparrow/build/answers"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
)

// Beside are the baselines that a bundle is measured beside, on the same users.
type Beside struct {
	Users int        `json:"users"`
	Rows  []Baseline `json:"baselines"`
	Left  []string   `json:"left_out,omitempty"` // what was not trained, and why
}

// Baseline is what one baseline reached, and by how much the bundle is better.
type Baseline struct {
	Name   string  `json:"name"`
	NDCG   float64 `json:"ndcg@10"`
	Better float64 `json:"better"` // NDCG@10 of the bundle less that of the baseline
	Low    float64 `json:"low"`    // of its 95 % interval, users paired
	High   float64 `json:"high"`
}

// What baselines that are trained take no longer on than a bundle does.
const (
	mostBesideInteractions = 2_000_000
	mostBesideItems        = 50_000 // iALS solves for each; of EASE, whose time is cubic, the most popular alone take part
)

// beside trains the baselines on what b was trained on and measures them on cases,
// of which ranked is what b reached. Where b does not use the order, they do not fade
// older events.
func beside(ctx context.Context, p Progress, b *bundle.Bundle, known *dataset.Dataset, cases []evaluation.Case, ranked *evaluation.Result) (*Beside, error) {
	t := &Beside{Users: len(cases)}
	n := 0
	for u := range known.Users {
		n += len(known.Of(u))
	}
	methods := []evaluation.Method{evaluation.Transitions(&b.Transition), answers.Popularity(known)}
	switch {
	case n > mostBesideInteractions:
		t.Left = append(t.Left, fmt.Sprintf("iALS and EASE take too long with over %s", plural.Of(mostBesideInteractions, "interaction")))
	case b.Catalog.Len() > mostBesideItems:
		t.Left = append(t.Left, fmt.Sprintf("iALS and EASE take too long with over %s", plural.Of(mostBesideItems, "item")))
	default:
		unordered := orderFree(&b.Retrieval)
		for _, train := range []func() (evaluation.Method, error){
			func() (evaluation.Method, error) { return answers.IALS(ctx, p.Stage, known, unordered) },
			func() (evaluation.Method, error) { return answers.EASE(ctx, p.Stage, known, unordered) },
		} {
			m, err := train()
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if err != nil { // too little to train it on
				t.Left = append(t.Left, err.Error())
				continue
			}
			methods = append(methods, m)
		}
	}
	for _, m := range methods {
		x, err := evaluation.Evaluate(ctx, m, cases, 10, b.Catalog.Len(), p.Stage("measure "+m.Name))
		if err != nil {
			return nil, err
		}
		e, _ := x.Get(ndcg)
		d, _ := evaluation.Difference(ranked, &x, ndcg)
		t.Rows = append(t.Rows, Baseline{m.Name, e.Mean, d.Mean, d.Low, d.High})
	}
	p.Stop()
	t.say(p)
	return t, nil
}

// say prints the table, and which baselines are not beaten.
func (t *Beside) say(p Progress) {
	p.Say("beside the baselines, the newest interaction of %s, NDCG@10; in brackets how much better the bundle is, 95 %% interval:", plural.Of(t.Users, "user"))
	for _, b := range t.Rows {
		p.Say("  %-18s %.4f (%+.4f, %+.4f to %+.4f)", b.Name, b.NDCG, b.Better, b.Low, b.High)
	}
	for _, b := range t.Rows {
		if v := b.verdict(); v != "beaten" {
			p.Say("warning: %s is %s", b.Name, v)
		}
	}
	for _, why := range t.Left {
		p.Say("left out: %s", why)
	}
}

// verdict says whether the bundle is better than b by more than chance.
func (b Baseline) verdict() string {
	switch {
	case b.Low > 0:
		return "beaten"
	case b.Better > 0:
		return "not beaten by more than chance"
	case b.High < 0:
		return "better than the bundle"
	}
	return "not beaten"
}
