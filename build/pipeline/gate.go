package pipeline

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/listwise"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/ranking"
	"sparrow/wasm/retrieval"
)

// gates are what is tried of how much the profile counts where all are likes of one
// sitting. The weight is not tried: it orders a set as another share does.
var gates = []float32{0.1, 0.2, 0.3, 0.4, 0.5, 0.6}

const (
	gateUsers = 1000 // that it is chosen by, at most
	gateLeast = 100  // sets that a choice takes
)

// gate chooses how much the profile of r counts by what from, which has seen none of the
// ranker's targets, and the ranker m make of them: the next item of each user, and of their
// likes as a set those that are among the targets. Both count alike, as shares of the best
// that each reaches. m has learned from the targets, so the profile is rather taken to be
// less than it is.
func (o Options) gate(ctx context.Context, p Progress, seen, known *dataset.Dataset, from *listwise.Retrieval, m *ranking.Model, r *Retrieved) error {
	if r.Profile == nil || from.Profile == nil {
		return nil
	}
	sets := evaluation.Evenly(setsOf(seen, known, o.Seed), gateUsers)
	if len(sets) < gateLeast {
		p.Say("the gate of the profile is %.1f: %d sets of likes are too few to choose it by", r.Profile.Gate.Most, len(sets))
		return nil
	}
	b := &bundle.Bundle{
		Catalog: seen.Catalog, Statistics: *from.Statistics, Retrieval: *from.Model,
		Transition: *from.Transition, Profile: from.Profile, Ranking: *m,
	}
	stage := p.Stage("choose the gate of the profile")
	defer p.Stop()
	var quality [2][]float64
	for i, cases := range [][]evaluation.Case{evaluation.Evenly(nextOf(seen, known), gateUsers), sets} {
		quality[i] = make([]float64, len(gates))
		e, scores := engine.New(b), make([]float32, seen.Catalog.Len())
		for k, c := range cases {
			if err := ctx.Err(); err != nil {
				return err
			}
			list := e.Recommend(engine.Query{History: c.History, Filter: engine.Filter{Genre: engine.AllGenres}, K: engine.Candidates})
			for g, most := range gates {
				quality[i][g] += evaluation.NDCG(regated(from.Profile, most, list, c.History, scores), c.Relevant, 10) / float64(len(cases))
			}
			stage(i*gateUsers+k+1, 2*gateUsers)
		}
	}
	best := bestGate(quality[0], quality[1])
	r.Profile.Gate.Most = gates[best]
	p.Stop()
	p.Say("the profile counts up to %.1f, by NDCG@10 of the next item and of %d sets of likes:", gates[best], len(sets))
	for g, most := range gates {
		p.Say("  %.1f  %.4f  %.4f", most, quality[0][g], quality[1][g])
	}
	return nil
}

// bestGate returns which gate has the highest sum of shares of what each of the two
// reaches at best, the first of several.
func bestGate(next, sets []float64) (best int) {
	sum := func(g int) float64 { return next[g]/slices.Max(next) + sets[g]/slices.Max(sets) }
	for g := range next {
		if sum(g) > sum(best) {
			best = g
		}
	}
	return best
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
