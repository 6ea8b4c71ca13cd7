package pipeline

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/listwise"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// gates are what is tried of how much the profile counts where all are likes of one
// sitting. The weight is not tried: it orders a set as another share does.
var gates = []float32{0.3, 0.5, 0.7, 0.8, 0.9, 0.95}

const (
	gateUsers = 1000 // that it is chosen by, at most
	gateLeast = 100  // sets that a choice takes
)

// gate chooses how much the profile of r counts by what from, which has seen none of the
// ranker's targets, and the ranker m make of them: the next item of each user, and of their
// likes as a set those that are among the targets. m has learned from the targets, which
// speaks for less of the profile, so only what is better by more than chance is taken in
// place of [profileGate].
func (o Options) gate(ctx context.Context, p Progress, seen, known *dataset.Dataset, from *listwise.Retrieval, m *ranking.Model, r *Retrieved) error {
	if r.Profile == nil || from.Profile == nil {
		return nil
	}
	if o.Most > 0 {
		r.Profile.Gate.Most = o.Most
		return nil
	}
	next, sets := evaluation.Evenly(nextOf(seen, known), gateUsers), evaluation.Evenly(setsOf(seen, known, o.Seed), gateUsers)
	if len(sets) < gateLeast {
		p.Say("the profile counts up to %g: %d sets of likes are too few to choose that by", r.Profile.Gate.Most, len(sets))
		return nil
	}
	b := &bundle.Bundle{
		Catalog: seen.Catalog, Statistics: *from.Statistics, Retrieval: *from.Model,
		Transition: *from.Transition, Profile: from.Profile, Ranking: *m,
	}
	stage := p.Stage("choose the gate of the profile")
	defer p.Stop()
	nexts, err := gated(ctx, b, next, func(done int) { stage(done, len(next)+len(sets)) })
	if err != nil {
		return err
	}
	ofSets, err := gated(ctx, b, sets, func(done int) { stage(len(next)+done, len(next)+len(sets)) })
	if err != nil {
		return err
	}
	best := bestGate(nexts, ofSets, slices.Index(gates, profileGate.Most))
	r.Profile.Gate.Most = gates[best]
	p.Stop()
	p.Say("the profile counts up to %g, by NDCG@10 of the next item of %s and of %s of likes:",
		gates[best], plural.Of(len(next), "user"), plural.Of(len(sets), "set"))
	for g, most := range gates {
		p.Say("  %-4g %.4f  %.4f", most, mean(nexts[g]), mean(ofSets[g]))
	}
	return nil
}

// gated returns what b reaches on cases with each of gates.
func gated(ctx context.Context, b *bundle.Bundle, cases []evaluation.Case, done func(n int)) ([]evaluation.Result, error) {
	lists := make([][][]catalog.Row, len(gates))
	e, scores := engine.New(b), make([]float32, b.Catalog.Len())
	for i, c := range cases {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found := e.Recommend(engine.Query{History: c.History, Filter: engine.Filter{Genre: engine.AllGenres}, K: engine.Candidates})
		for g, most := range gates {
			list := regated(b.Profile, most, found, c.History, scores)
			lists[g] = append(lists[g], list[:min(10, len(list))])
		}
		done(i + 1)
	}
	results := make([]evaluation.Result, len(gates))
	for g := range gates {
		results[g] = evaluation.Lists("gate", cases, lists[g], evaluation.ListOptions{K: 10, Items: b.Catalog.Len()})
	}
	return results, nil
}

// bestGate returns which gate is taken: of those that are better than the one at now, by
// more than chance, on the next items or on sets, and on the other no worse by more than
// chance, the one with the highest sum of both; now where there is none.
func bestGate(next, sets []evaluation.Result, now int) int {
	best, most := now, -1.
	for g := range next {
		a, known := evaluation.Difference(&next[g], &next[now], ndcg)
		b, also := evaluation.Difference(&sets[g], &sets[now], ndcg)
		better, worse := a.Low > 0 || b.Low > 0, a.High < 0 || b.High < 0
		if sum := mean(next[g]) + mean(sets[g]); known && also && better && !worse && sum > most {
			best, most = g, sum
		}
	}
	return best
}

func mean(r evaluation.Result) float64 {
	e, _ := r.Get(ndcg)
	return e.Mean
}

// regated returns list, which the engine made for h with the gate of p, in the order that
// it has where the profile counts most at most. scores is [N] and overwritten.
func regated(p *retrieval.Profile, most float32, list []engine.Recommendation, h feature.History, scores []float32) []catalog.Row {
	other := p.Gate
	other.Most = most
	was, now := p.Gate.Share(h), other.Share(h)
	p.Scores(scores, h)
	rows, score := make([]catalog.Row, len(list)), make(map[catalog.Row]float32, len(list))
	for i, c := range list {
		ranked := (c.Score - float32(was*scores[c.Row])) / (1 - was)
		rows[i] = c.Row
		score[c.Row] = float32((1-now)*ranked) + float32(now*scores[c.Row])
	}
	slices.SortFunc(rows, func(a, b catalog.Row) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	return rows
}

// setsOf returns a case for each user who likes two items that seen has and one that
// only known has: the former in a random order in one sitting, the latter to be found.
func setsOf(seen, known *dataset.Dataset, seed uint64) (cases []evaluation.Case) {
	rng := rand.New(rand.NewPCG(seed, 0x67617465))
	for u := range known.Users {
		given, wanted := likes(seen.Of(u)), likes(known.Interactions[seen.End[u]:known.End[u]])
		if len(given) < 2 || len(wanted) == 0 {
			continue
		}
		rng.Shuffle(len(given), func(i, j int) { given[i], given[j] = given[j], given[i] })
		last := known.Interactions[known.End[u]-1].At
		cases = append(cases, evaluation.Case{User: u, History: evaluation.Sitting(given, int64(last)), Relevant: wanted})
	}
	return cases
}

// likes returns the items of events that are liked, or were chosen without stars.
func likes(events []dataset.Interaction) (rows []catalog.Row) {
	for _, e := range events {
		if x := (feature.Event{Stars: float32(e.Stars) / 2}); e.Part == 0 && x.Liking() == 1 {
			rows = append(rows, e.Row)
		}
	}
	return rows
}
