package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"

	"sparrow/build/answers"
	"sparrow/build/chart"
	"sparrow/build/console"
	"sparrow/build/evaluation"
	"sparrow/build/pipeline"
	"sparrow/wasm/bundle"
)

// Mixes measures what the engine gives for how much the profile counts, by three protocols,
// on validation: each user's newest interaction is taken away first.
type Mixes struct {
	Data    string `required:"" type:"existingdir" help:"Folder with a data set."`
	Seeds   int    `default:"3" help:"Trainings that are averaged."`
	Picture string `placeholder:"FILE" help:"Draw them, as SVG."`
}

// mixes are the values of [retrieval.Gate.Most] that are tried beside the default. The ranker is not
// trained again for each: it reads the profile's score, but not how much that counts.
var mixes = []float32{0, .2, .4, .6, .8, .9, 1}

// strangerShare is the share of the users who are strangers.
const strangerShare = 0.2

// mixed is what one mix reached, summed over seeds.
type mixed struct{ next, strangers, replaced, kind float64 }

// Run trains, measures, prints the table and draws.
func (m Mixes) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	c := newConsole(ctx)
	s, err := read(c, m.Data)
	if err != nil {
		return err
	}
	s.Dataset = s.WithoutLast(1)
	reached := make([]mixed, len(mixes))
	own := float32(-1)
	for seed := 1; seed <= m.Seeds; seed++ {
		if own, err = m.measure(c, s, uint64(seed), reached); err != nil {
			return err
		}
	}
	fmt.Printf("%s, validation, mean of %d seeds; at %g ships\nprofile  next item  strangers  replaced  new kind  on the Pareto line\n", s.Name, m.Seeds, own)
	for i := range reached {
		for _, v := range []*float64{&reached[i].next, &reached[i].strangers, &reached[i].replaced, &reached[i].kind} {
			*v /= float64(m.Seeds)
		}
	}
	for i, r := range reached {
		fmt.Printf("%-7g  %.4f     %.4f     %-8.2f  %-8.2f  %t\n", mixes[i], r.next, r.strangers, r.replaced, r.kind, onLine(reached, i))
	}
	if m.Picture == "" {
		return nil
	}
	return drawMixes(m.Picture, s.Name, own, reached)
}

// measure adds to reached what bundles of one seed give, and returns how much the profile counts
// in them as they are.
func (m Mixes) measure(c *console.Console, s *source, seed uint64, reached []mixed) (own float32, err error) {
	work, err := os.MkdirTemp("", "sparrow-mixes-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(work)
	o := pipeline.DefaultOptions()
	o.Seed, o.Retrieval, o.Holdout = seed, "pool", 0 // the data lack what is asked about
	f, err := (&source{Dataset: s.WithoutOpinions(1)}).bundle(c, o, filepath.Join(work, "of.bundle"))
	if err != nil {
		return 0, err
	}
	b, err := bundleIn(f.Bundle)
	if err != nil {
		return 0, err
	}
	if b.Profile == nil {
		return 0, fmt.Errorf("%s has too little for a profile", s.Name)
	}
	own = b.Profile.Gate.Most
	x, err := evaluation.Examine(s.Dataset, "strangers", strangerShare, 0)
	if err != nil {
		return 0, err
	}
	without, err := pipeline.Retrain(c.Ctx, c, b, x.Train)
	if err != nil {
		return 0, err
	}
	orders := evaluation.DefaultOrdersOptions()
	orders.Orders = 2 // the fewest: what one like replaces takes no more
	test, err := evaluation.Orders(s.Dataset, orders)
	if err != nil {
		return 0, err
	}
	for i, most := range mixes {
		next, err := ndcgOf(c, b, most, evaluation.LeaveOneOut(s.Dataset))
		if err != nil {
			return 0, err
		}
		strangers, err := ndcgOf(c, without, most, x.Cases)
		if err != nil {
			return 0, err
		}
		r, err := test.Measure(c.Ctx, engineOf(b, most), 10, c.Stage("measure orders"))
		if err != nil {
			return 0, err
		}
		reached[i].next += next
		reached[i].strangers += strangers
		reached[i].replaced += mean(&r, "Replaced@10")
		reached[i].kind += mean(&r, "NewKind@10")
	}
	c.Stop()
	return own, nil
}

// engineOf returns the engine of b with a profile that counts that much.
func engineOf(b *bundle.Bundle, most float32) evaluation.Method {
	with, profile := *b, *b.Profile
	profile.Gate.Most = most
	with.Profile = &profile
	return answers.Methods(&with, "ranking")[0]
}

// ndcgOf returns NDCG@10 of that engine.
func ndcgOf(c *console.Console, b *bundle.Bundle, most float32, cases []evaluation.Case) (float64, error) {
	m := engineOf(b, most)
	r, err := evaluation.Evaluate(c.Ctx, m, cases, 10, b.Catalog.Len(), c.Stage("measure "+m.Name))
	return mean(&r, ndcg), err
}

// drawMixes draws the protocols against each other; what ships has its name.
func drawMixes(file, data string, own float32, reached []mixed) error {
	var strangers, stays []chart.Point
	for i, r := range reached {
		name := fmt.Sprintf("%g", mixes[i])
		if mixes[i] == own {
			name += " ships"
		}
		strangers = append(strangers, chart.Point{Name: name, X: r.next, Y: r.strangers})
		stays = append(stays, chart.Point{Name: name, X: r.next, Y: 10 - r.replaced})
	}
	one, err := chart.Points("People whose likes are a set", "NDCG@10 of the next item", "NDCG@10 of strangers", strangers, false)
	if err != nil {
		return err
	}
	two, err := chart.Points("Ten likes and one off the path", "NDCG@10 of the next item", "of ten places stay", stays, false)
	if err != nil {
		return err
	}
	w, err := os.Create(file)
	if err != nil {
		return err
	}
	defer w.Close()
	if err := chart.Panels(w, fmt.Sprintf("%s: how much the profile counts, from 0 to 1, by three protocols; %g ships", data, own), one, two); err != nil {
		return err
	}
	return w.Close()
}

// onLine reports whether no other mix is better in one of the three protocols and as good in the others.
func onLine(reached []mixed, i int) bool {
	return !slices.ContainsFunc(reached, func(r mixed) bool {
		a := reached[i]
		return r.next >= a.next && r.strangers >= a.strangers && r.replaced <= a.replaced && (r.next > a.next || r.strangers > a.strangers || r.replaced < a.replaced)
	})
}
