// Package challenger judges a bundle that is to replace the last one beside it.
package challenger

import (
	"context"
	"fmt"
	"strings"

	"sparrow/build/answers"
	"sparrow/build/dataset"
	"sparrow/build/evaluation"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// Options are what a bundle may lose against the last one.
type Options struct {
	Shrink  float64               // share of the last one's items, and of its interactions
	Worse   float64               // share of the last one's NDCG@10
	Holdout int                   // newest opinions of each user that the bundle was trained without
	Rounds  evaluation.Resampling // of the interval

	// Stage is told what begins, and returns what is told how far that is; nil for
	// none.
	Stage func(name string) func(done, total int)
}

// DefaultOptions returns the options that the builder uses.
func DefaultOptions() Options {
	return Options{Shrink: 0.1, Worse: 0.05, Holdout: 1, Rounds: evaluation.DefaultResampling}
}

const (
	length = 10     // of the lists that are judged
	most   = 10_000 // users who judge, as in the figures of a bundle
	fewest = 30     // users, below whom an interval says nothing
)

// Report is what a bundle is beside the last one.
type Report struct {
	Items            int `json:"items"`
	New              int `json:"new"`  // items that the last one has not
	Gone             int `json:"gone"` // items of the last one that are no more
	Interactions     int `json:"interactions"`
	LastInteractions int `json:"last_interactions"`

	Users      int                  `json:"users"`     // by whose held-out choice both were judged
	NewChoice  int                  `json:"new_items"` // users whose held-out choice only one of the two can know
	NDCG       float64              `json:"ndcg"`
	LastNDCG   float64              `json:"last_ndcg"`
	Difference *evaluation.Estimate `json:"difference,omitempty"` // nil where too few users can judge

	Notes   []string `json:"notes,omitempty"`
	Refused []string `json:"refused,omitempty"` // why the last one should stay
}

// Judge judges the bundle next, which was trained on d without each user's newest
// Holdout opinions, beside the last one.
//
// Both answer the same people with the same histories up to now, and are looked
// for the opinion that was held out; what they may list are the items that both know.
// The last one, too, has not seen it: it was trained on less of the same log, and
// without the newest opinion of that. One that held nothing out, as its missing
// figures tell or that they are of a sibling, is judged by what is newer than all that it was trained on. Of a
// user whose newest opinion was of an item that is gone, the last one has seen the
// one before: that speaks for it, and the more items are gone the more. The
// comparison cannot tell what new items are worth, nor that a bundle is worse by
// less than the noise, nor how people take to it: for that there are experiments.
func Judge(ctx context.Context, last, next []byte, d *dataset.Dataset, o Options) (*Report, error) {
	r := new(Report)
	n, err := bundle.Decode(next)
	if err != nil {
		r.refuse("no engine can read it: %v", err)
		return r, nil
	}
	if _, err := engine.Open(next); err != nil {
		r.refuse("its engine does not give the answers that it was packed with: %v", err)
		return r, nil
	}
	l, err := bundle.Decode(last)
	if err != nil {
		r.Notes = append(r.Notes, fmt.Sprintf("the last bundle cannot be read, so that nothing was compared: %v", err))
		r.Items, r.New, r.Interactions = n.Catalog.Len(), n.Catalog.Len(), interactions(n)
		return r, nil
	}
	r.sizes(l, n, o.Shrink)
	return r, r.quality(ctx, l, n, d, o)
}

// refuse adds a reason why the last bundle should stay.
func (r *Report) refuse(format string, args ...any) {
	r.Refused = append(r.Refused, fmt.Sprintf(format, args...))
}

// Reasons returns the reasons why the last bundle should stay, in one line.
func (r *Report) Reasons() string { return strings.Join(r.Refused, "; ") }

// sizes compares catalogs and crowds: half a file is a smaller one.
func (r *Report) sizes(last, next *bundle.Bundle, shrink float64) {
	r.Items, r.Interactions, r.LastInteractions = next.Catalog.Len(), interactions(next), interactions(last)
	for _, id := range last.Catalog.IDs {
		if _, both := next.Catalog.Row(id); !both {
			r.Gone++
		}
	}
	all := last.Catalog.Len()
	r.New = r.Items - (all - r.Gone)
	if float64(r.Gone) > shrink*float64(all) {
		r.refuse("%d of %d items are gone, more than %g %%; if they are to be, --shrink %d%% lets them go", r.Gone, all, 100*shrink, percent(r.Gone, all))
	}
	if lost := r.LastInteractions - r.Interactions; float64(lost) > shrink*float64(r.LastInteractions) {
		r.refuse("%d of %d interactions are gone, more than %g %%; if they are to be, --shrink %d%% lets them go", lost, r.LastInteractions, 100*shrink, percent(lost, r.LastInteractions))
	}
}

// percent returns part of all in whole percent, rounded up.
func percent(part, all int) int { return (100*part + all - 1) / all }

// interactions returns how many interactions a bundle was trained on.
func interactions(b *bundle.Bundle) (n int) {
	for _, count := range b.Statistics.Count {
		n += int(count)
	}
	return n
}

// quality compares lists by what was held out.
func (r *Report) quality(ctx context.Context, last, next *bundle.Bundle, d *dataset.Dataset, o Options) error {
	if o.Holdout == 0 {
		r.Notes = append(r.Notes, "nothing was held out, so that nothing could be judged by it")
		return nil
	}
	q := questionsFor(last, next, d, o.Holdout)
	if r.Users, r.NewChoice = len(q.next), q.newChoice; r.Users < fewest {
		r.Notes = append(r.Notes, fmt.Sprintf("%d users can judge the two bundles, and fewer than %d say nothing of quality", r.Users, fewest))
		return nil
	}
	stage := o.Stage
	if stage == nil {
		stage = func(string) func(int, int) { return nil }
	}
	ask := func(name string, b *bundle.Bundle, cases []evaluation.Case, pool []catalog.Row) ([][]catalog.Row, error) {
		pools := make([][]catalog.Row, len(cases))
		for i := range pools {
			pools[i] = pool
		}
		return evaluation.Ask(ctx, answers.Methods(b, "ranking")[0], cases, pools, length, b.Catalog.Len(), stage("judge "+name))
	}
	now, err := ask("next", next, q.next, q.shared)
	if err != nil {
		return err
	}
	then, err := ask("last", last, q.last, q.sharedLast)
	if err != nil {
		return err
	}
	for _, list := range then { // each row in the next one's catalog
		for i, row := range list {
			list[i], _ = next.Catalog.Row(last.Catalog.IDs[row])
		}
	}
	lo := evaluation.ListOptions{K: length, Items: next.Catalog.Len()}
	results := []evaluation.Result{evaluation.Lists("next", q.next, now, lo), evaluation.Lists("last", q.next, then, lo)}
	compared, err := evaluation.Compare(results, "NDCG@10", o.Rounds)
	if err != nil {
		return err
	}
	a, _ := results[0].Get("NDCG@10")
	b, _ := results[1].Get("NDCG@10")
	r.NDCG, r.LastNDCG, r.Difference = a.Mean, b.Mean, &compared[0].Difference
	if r.Difference.High < -o.Worse*r.LastNDCG {
		r.refuse("NDCG@10 is %.4f, that of the last one %.4f: worse by %.4f (95 %% interval %.4f to %.4f), more than %g %% of it; if that is to be, --worse 100%% lets it",
			r.NDCG, r.LastNDCG, -r.Difference.Mean, -r.Difference.High, -r.Difference.Low, 100*o.Worse)
	}
	return nil
}

// questions are the same cases in the rows of either catalog.
type questions struct {
	next, last         []evaluation.Case
	shared, sharedLast []catalog.Row // items that both know
	newChoice          int           // users left out, since not both know what they chose
}

// questionsFor returns the cases by which both bundles can be judged.
func questionsFor(last, next *bundle.Bundle, d *dataset.Dataset, holdout int) *questions {
	q := new(questions)
	for row, id := range next.Catalog.IDs {
		if old, both := last.Catalog.Row(id); both {
			q.shared, q.sharedLast = append(q.shared, catalog.Row(row)), append(q.sharedLast, old)
		}
	}
	heldOut := d.WithoutOpinions(holdout - 1)
	var cases []evaluation.Case
	for _, c := range evaluation.LeaveOneOut(heldOut) {
		_, both := last.Catalog.Row(next.Catalog.IDs[c.Relevant[0]])
		events := heldOut.Of(c.User)
		switch {
		case (len(last.Meta.Metrics) == 0 || last.Meta.Sibling > 0) && int64(events[len(events)-1].At) <= last.Statistics.AsOf:
		case !both:
			q.newChoice++
		default:
			cases = append(cases, c)
		}
	}
	q.next = evaluation.Evenly(cases, most)
	for _, c := range q.next {
		old := evaluation.Case{User: c.User}
		for _, e := range c.History {
			if row, known := last.Catalog.Row(next.Catalog.IDs[e.Row]); known {
				old.History = append(old.History, feature.Event{Row: row, Stars: e.Stars, At: e.At})
			}
		}
		old.Relevant = make([]catalog.Row, len(c.Relevant))
		for i, relevant := range c.Relevant {
			old.Relevant[i], _ = last.Catalog.Row(next.Catalog.IDs[relevant])
		}
		q.last = append(q.last, old)
	}
	return q
}
