package pipeline

import (
	"context"
	"fmt"
	"math"
	"slices"

	"sparrow/build/crowd"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/build/plural"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// Choice is what the models of retrieval were chosen by, on interactions that none
// of them was trained on; empty where there was one alone.
type Choice struct {
	Users int
	Tried []Tried
	Words string // which was taken, and why
}

// Tried is what one model of retrieval, or what it is measured beside, reached.
type Tried struct {
	Name          string
	NDCG, Half    float64 // NDCG@10, and half its 95 % interval over users
	Mixed, Weight float64 // NDCG@10 with transitions added in their best weight; 0 for none

	better evaluation.Result // of the better mix
}

// Where auto trains the model of sequences beside pooling, and takes what was
// measured to be better. From fewer interactions there is no order to learn; above,
// its passes take long, and with more items its tables much memory: four of 256
// bytes an item.
const (
	fewestInteractions = 30_000
	mostInteractions   = 5_000_000
	mostItems          = 200_000
	choosingUsers      = 4000 // that models are chosen by, at most
)

// kinds returns the models of retrieval that are trained on seen, and where auto
// has one alone, why.
func (o Options) kinds(seen *dataset.Dataset) (kinds []string, why string) {
	if o.Retrieval != "auto" {
		return []string{o.Retrieval}, ""
	}
	n := 0
	for u := range seen.Start {
		n += len(seen.Of(u))
	}
	switch {
	case seen.Timeless():
		why = "no order is known"
	case o.Little >= noRanker || n < fewestInteractions:
		why = fmt.Sprintf("%s are too few to learn an order from", plural.Of(n, "interaction"))
	case n > mostInteractions:
		why = fmt.Sprintf("with over %s it takes too long", plural.Of(mostInteractions, "interaction"))
	case seen.Catalog.Len() > mostItems:
		why = fmt.Sprintf("with over %s it takes too much memory", plural.Of(mostItems, "item"))
	default:
		return []string{"pool", "sequence"}, ""
	}
	return []string{"pool"}, why
}

// forgetOrder counts what occurs together, in any order, beside the transitions in
// r. Where the next items of cases are found by that, by more than chance, the order
// says nothing: r gets these lists, and no model of sequences is worth its time.
func forgetOrder(ctx context.Context, p Progress, seen *dataset.Dataset, cases []evaluation.Case, r *Retrieved) (c Choice, err error) {
	p.Stage("count what occurs together")
	together := crowd.Transition(seen, crowd.OrderFreeOptions())
	c.Users = len(cases)
	var results [2]evaluation.Result
	for i, l := range []*retrieval.Lists{&r.Transition, &together} {
		name := [2]string{"transitions", "together"}[i]
		if results[i], err = evaluation.Evaluate(ctx, evaluation.Transitions(l), cases, 10, seen.Catalog.Len(), p.Stage("measure "+name)); err != nil {
			return c, err
		}
		c.Tried = append(c.Tried, tried(name, results[i]))
	}
	p.Stop()
	if d, ok := evaluation.Difference(&results[1], &results[0], ndcg); ok && d.Low > 0 {
		r.Transition, r.orderFree = together, true
		c.Words = fmt.Sprintf("pool is taken, and the order is not used: what occurs together finds the next item better than what follows by %.4f (%.4f to %.4f)", d.Mean, d.Low, d.High)
		c.say(p)
	}
	return c, nil
}

// choose trains pooling and the model of sequences on seen, and puts the better one
// into r, by cases of what none of them saw. The one of sequences is larger and
// slower: it must be better by more than chance, alone or mixed with transitions,
// which is what the ranker is given. c is what was tried before.
func (o Options) choose(ctx context.Context, p Progress, seen *dataset.Dataset, cases []evaluation.Case, kinds []string, c Choice, r *Retrieved) error {
	var models []*Retrieved
	var all []Tried
	for _, kind := range kinds {
		m := &Retrieved{Transition: r.Transition}
		if err := o.train(ctx, p, kind, seen, m); err != nil {
			return err
		}
		t, err := try(ctx, p, kind, m, cases)
		if err != nil {
			return err
		}
		models, all = append(models, m), append(all, t)
	}
	best, words := preferred(all)
	c.Tried, c.Words = append(all, c.Tried...), words
	*r = *models[best]
	r.Choice = c
	c.say(p)
	return nil
}

// preferred returns which of pool and sequence is taken, in that order in t, and
// says why.
func preferred(t []Tried) (best int, words string) {
	d, ok := evaluation.Difference(&t[1].better, &t[0].better, ndcg)
	if ok && d.Low > 0 {
		return 1, fmt.Sprintf("%s is taken: with transitions it is better than %s by %.4f (%.4f to %.4f)", t[1].Name, t[0].Name, d.Mean, d.Low, d.High)
	}
	return 0, fmt.Sprintf("%s is taken, the smaller one: with transitions %s is better by %.4f (%.4f to %.4f), which chance can make", t[0].Name, t[1].Name, d.Mean, d.Low, d.High)
}

const ndcg = "NDCG@10"

// weights of transitions that a model is tried with, beside its scores in standard
// deviations: the strongest follower gains so many.
var weights = []float32{0, 1, 2, 4}

// try measures a model alone and mixed with transitions.
func try(ctx context.Context, p Progress, name string, m *Retrieved, cases []evaluation.Case) (t Tried, err error) {
	n := m.Model.Out.Rows
	all, err := evaluation.Ask(ctx, mixed(name, m, n), cases, nil, 10, n, p.Stage("measure "+name))
	p.Stop()
	if err != nil {
		return t, err
	}
	lists := make([][]catalog.Row, len(all))
	for i, w := range weights {
		for u, l := range all {
			each := len(l) / len(weights) // each lacks the same items
			lists[u] = l[i*each:][:each]
		}
		x := evaluation.Lists(name, cases, lists, evaluation.ListOptions{K: 10, Items: n})
		if w == 0 {
			t = tried(name, x)
			t.better, t.Mixed = x, t.NDCG
		} else if e, _ := x.Get(ndcg); e.Mean > t.Mixed {
			t.better, t.Mixed, t.Weight = x, e.Mean, float64(w)
		}
	}
	return t, nil
}

func tried(name string, x evaluation.Result) Tried {
	e, _ := x.Get(ndcg)
	return Tried{Name: name, NDCG: e.Mean, Half: (e.High - e.Low) / 2}
}

// mixed returns a method whose answer is a list for each of weights, one behind the
// other: the scores of a large catalog, which take the time, are asked for once.
func mixed(name string, m *Retrieved, n int) evaluation.Method {
	return evaluation.Method{Name: name, New: func() evaluation.Recommender {
		x := &mixer{
			m: m, encoder: retrieval.NewEncoder(&m.Model), user: make([]float32, m.Model.Out.Cols),
			own: make([]float32, n), follow: make([]float32, n),
		}
		for _, w := range weights {
			x.each = append(x.each, evaluation.Scored(name, n, func() evaluation.Scores {
				return func(dst []float32, _ feature.History) { x.add(dst, w) }
			}).New())
		}
		return x
	}}
}

// mixer answers with the lists of all weights.
type mixer struct {
	m       *Retrieved
	encoder *retrieval.Encoder
	user    []float32
	own     []float32 // the model's scores
	follow  []float32 // those of transitions
	unit    float32   // standard deviation of own over the strongest of follow; 0 where nothing follows
	each    []evaluation.Recommender
}

// Recommend returns k items, outside h, for each of weights.
func (x *mixer) Recommend(h feature.History, k int) (rows []catalog.Row) {
	x.encoder.UserVector(x.user, h)
	x.m.Model.Scores(x.own, x.user)
	x.m.Transition.Scores(x.follow, h)
	x.unit = 0
	if strongest := slices.Max(x.follow); strongest > 0 {
		x.unit = deviation(x.own) / strongest
	}
	for _, r := range x.each {
		rows = append(rows, r.Recommend(h, k)...)
	}
	return rows
}

// add stores in dst the model's scores with w times the transitions.
func (x *mixer) add(dst []float32, w float32) {
	gain := w * x.unit
	for r, s := range x.own {
		dst[r] = s + float32(gain*x.follow[r])
	}
}

// deviation returns the standard deviation of scores.
func deviation(scores []float32) float32 {
	var sum, squares float64
	for _, s := range scores {
		sum, squares = sum+float64(s), squares+float64(float64(s)*float64(s))
	}
	n := float64(len(scores))
	mean := sum / n
	return float32(math.Sqrt(max(0, squares/n-float64(mean*mean))))
}

// nextOf returns a case for each user of whom known has an opinion behind what seen
// has: what comes next.
func nextOf(seen, known *dataset.Dataset) []evaluation.Case {
	var cases []evaluation.Case
	for u := range seen.Users {
		if at := seen.End[u]; at > seen.Start[u] && at < known.End[u] && known.Interactions[at].Part == 0 {
			cases = append(cases, evaluation.Case{User: u, History: evaluation.History(seen.Of(u)), Relevant: []catalog.Row{known.Interactions[at].Row}})
		}
	}
	return cases
}

// say prints the table.
func (c *Choice) say(p Progress) {
	p.Say("retrieval, by the next interaction of %s, NDCG@10 ± 95 %%:", plural.Of(c.Users, "user"))
	for _, t := range c.Tried {
		p.Say("  %s", t)
	}
	p.Say("  %s", c.Words)
}

// String is a row of the table.
func (t Tried) String() string {
	s := fmt.Sprintf("%-12s %.4f ± %.4f", t.Name, t.NDCG, t.Half)
	if t.Weight > 0 {
		s += fmt.Sprintf(" · %.4f with transitions", t.Mixed)
	}
	return s
}
