package main

import (
	"errors"
	"fmt"
	"math"

	"sparrow/build/answers"
	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/evaluation"
)

// orderBars are what lists of the engine must keep when order means nothing.
var orderBars = []struct {
	likes                int
	stay, replaced, kind float64
}{
	{10, 7, 3.5, 1.5},
	{30, 5.5, 4, 1},
}

// orderFigures asks the bundle in a file what its lists owe to the order of likes, of s,
// and how they are balanced on each user's newest interaction.
func orderFigures(c *console.Console, s *source, file string) ([]Figure, error) {
	b, _, err := bundledir.Open(file)
	if err != nil {
		return nil, err
	}
	m := answers.Methods(b, "ranking")[0]
	var figures []Figure
	for _, bar := range orderBars {
		o := evaluation.DefaultOrdersOptions()
		o.Likes = bar.likes
		test, err := evaluation.Orders(s.Dataset, o)
		if errors.Is(err, evaluation.ErrNoLikes) { // of a small data set
			continue
		}
		if err != nil {
			return nil, err
		}
		r, err := test.Measure(c.Ctx, m, 10, c.Stage(fmt.Sprintf("%d likes in other orders", bar.likes)))
		if err != nil {
			return nil, err
		}
		c.Stop()
		for _, f := range []Figure{
			{Name: "Stay@10", Bar: bar.stay, AtLeast: true}, {Name: "Replaced@10", Bar: bar.replaced}, {Name: "NewKind@10", Bar: bar.kind, AtLeast: true},
		} {
			f.Measured, f.Runs = mean(&r, f.Name), fmt.Sprintf("%d people", r.Users)
			f.Name = fmt.Sprintf("%s of %d likes of one sitting, %s", s.Name, bar.likes, f.Name)
			figures = append(figures, f)
		}
	}
	train, cases := s.WithoutOpinions(1), evaluation.LeaveOneOut(s.Dataset)
	for _, m := range []evaluation.Method{m, answers.Shown(b)} {
		lists, err := evaluation.Ask(c.Ctx, m, cases, nil, 10, b.Catalog.Len(), c.Stage("balance"))
		if err != nil {
			return nil, err
		}
		c.Stop()
		r := evaluation.Lists(m.Name, cases, lists, evaluation.DefaultListOptions(train, 10))
		of := fmt.Sprintf("%s, %s", s.Name, m.Name)
		kl := Figure{Name: of + ": genres from the profile's, GenreKL@10, nats", Bar: math.NaN(), Measured: mean(&r, "GenreKL@10"), Runs: "1"}
		rare := Figure{Name: of + ": places of items with 5 ratings or fewer", Unit: "%", Bar: math.NaN(), AtLeast: true, Measured: 100 * mean(&r, "RareShare@10"), Runs: "1"}
		if m.Name == answers.Shown(b).Name { // what a person sees; the other stands beside it
			kl.Bar, rare.Bar = 0.7, 4
		}
		figures = append(figures, Figure{Name: of + ": NDCG@10", Bar: math.NaN(), AtLeast: true, Measured: mean(&r, ndcg), Runs: "1"}, kl, rare)
	}
	return figures, nil
}

// mean returns a metric of r, NaN where it could not be measured.
func mean(r *evaluation.Result, name string) float64 {
	if e, ok := r.Get(name); ok {
		return e.Mean
	}
	return math.NaN()
}
