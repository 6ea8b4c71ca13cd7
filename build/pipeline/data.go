package pipeline

import (
	"context"
	"fmt"
	"strings"
	"time"

	"sparrow/build/dataset"
	"sparrow/build/feedback"
	"sparrow/build/plural"
)

// Input is which data set is read, and how strictly.
type Input struct {
	Dir                     string // with items.csv and interactions.csv[.gz], or of MovieLens
	Name, Licence, Citation string // of the data set, kept in the bundle
	MaxBad                  float64
	MaxUnknown              float64           // share of rows whose item is not in the catalog
	Encoding                string            // of files that are not UTF-8
	Scale                   dataset.Scale     // of ratings; the zero value for what they look like
	Events                  map[string]string // unknown names of events, and what they stand for
	Feedback                string            // folder with segments, or s3://bucket/prefix; "" for none
	Guard                   feedback.Guard
	Click                   float64            // weight of a click or a view beside a rating, on average
	Repeats                 string             // of a user and an item: see [dataset.Options]
	Weights                 map[string]float64 // of kinds of events, in place of the defaults
	HalfLife                float64            // of repeats, in days: see [dataset.Options]
	DropLast                int                // newest interactions of each user that are removed first

	Attributes []dataset.Declared // columns of items.csv that are kept for filters
	Vocabulary string             // file of what things are called; "" for vocabulary.json in Dir, where there is one
	Titles     string             // file of further names of items; "" for titles.csv in Dir, where there is one
}

// DefaultInput returns the input of a user who names nothing but the folder.
func DefaultInput(dir string) *Input {
	return &Input{Dir: dir, MaxBad: 0.001, MaxUnknown: dataset.DefaultMaxUnknown, Guard: feedback.DefaultGuard, Click: 0.25, HalfLife: dataset.DefaultHalfLife}
}

// Read reads the data set and joins the feedback to it, reports what was dropped
// and why, and fails when a larger share of its rows than MaxBad was bad, or than
// MaxUnknown had items that are not in the catalog.
func (in *Input) Read(ctx context.Context, p Progress) (*dataset.Dataset, DataFigures, error) {
	v, spoken, err := in.vocabulary()
	if err != nil {
		return nil, DataFigures{}, err
	}
	stage := p.Stage("read " + in.Dir)
	d, r, err := dataset.Open(ctx, in.Dir, dataset.Options{
		Name: in.Name, Licence: in.Licence, Citation: in.Citation, Encoding: in.Encoding, Scale: in.Scale, Events: in.Events, Repeats: in.Repeats, Weights: in.Weights, HalfLife: in.HalfLife,
		Attributes: in.Attributes, Currency: v.Currency,
		Lines:    func(line string) { p.Say("%s", line) },
		Progress: func(_ string, read, all int64) { stage(int(read), int(all)) },
	})
	p.Stop()
	if r != nil && len(r.Files) > 0 {
		var table strings.Builder
		r.WriteTable(&table)
		p.Say("%s", table.String())
	}
	if r != nil { // the reason why there may be no data
		if err := r.CheckUnknown(in.MaxUnknown); err != nil {
			return nil, DataFigures{}, err
		}
	}
	if err != nil {
		return nil, DataFigures{}, err
	}
	if err := r.Check(in.MaxBad); err != nil {
		return nil, DataFigures{}, err
	}
	p.Say("%s: %s, %s, %s", d.Name, plural.Of(d.Catalog.Len(), "item"), plural.Of(len(d.Users), "user"), plural.Of(len(d.Interactions), "interaction"))
	if d.Order.Users > 0 { // else there is no order
		p.Say("%s", d.Order)
	}
	if r.Weights != nil {
		p.Say("%s", r.Weights)
	}
	if spoken != "" {
		d.Vocabulary = spoken
		if err := in.name(p, d, v); err != nil {
			return nil, DataFigures{}, err
		}
	}
	if err := in.titles(p, d); err != nil {
		return nil, DataFigures{}, err
	}
	d, joined, err := in.join(ctx, p, d)
	if err != nil {
		return nil, DataFigures{}, err
	}
	if in.DropLast > 0 {
		d = d.WithoutLast(in.DropLast)
		p.Say("the %s %d of each user are left out", newest(d), in.DropLast)
	}
	figures := FiguresOf(d, r)
	figures.Feedback = joined
	return d, figures, nil
}

// join joins the feedback to d, if there is to be any.
func (in *Input) join(ctx context.Context, p Progress, d *dataset.Dataset) (*dataset.Dataset, *JoinedFigures, error) {
	if in.Feedback == "" {
		return d, nil, nil
	}
	log, report, err := Guarded(ctx, p, in.Feedback, time.Time{}, in.Guard)
	if err != nil {
		return nil, nil, err
	}
	p.Stage("join feedback")
	d, joined := log.Join(d, feedback.JoinOptions{Click: in.Click, Weights: in.Weights})
	p.Stop()
	p.Say("%s: %s of %s (%s, %d late, %s, %s)", in.Feedback, plural.Of(report.Events, "event"), plural.Of(report.Visitors, "visitor"),
		plural.Of(report.Duplicates, "duplicate"), report.Late, plural.Of(feedback.Total(report.Dead), "dead letter"), plural.Of(len(report.Torn)+len(report.Damaged), "torn or damaged segment"))
	var table strings.Builder
	if err := joined.WriteTable(&table); err != nil {
		return nil, nil, err
	}
	p.Say("%s", table.String())
	if err := joined.CheckUnknown(in.MaxUnknown); err != nil {
		return nil, nil, fmt.Errorf("%s: %w", in.Feedback, err)
	}
	return d, &JoinedFigures{report, joined}, nil
}

// Feedback reads feedback without the segments of days before since, and writes
// a line on every segment that is not whole.
func Feedback(ctx context.Context, p Progress, from string, since time.Time) (*feedback.Log, *feedback.Report, error) {
	stage := p.Stage("read " + from)
	defer p.Stop()
	return feedback.Open(ctx, from, feedback.Options{
		Since:    since,
		Progress: func(done, total int64) { stage(int(done), int(total)) },
		Lines:    func(line string) { p.Say("%s", line) },
	})
}

// Guarded reads feedback likewise, leaves out what guard does, and writes a line
// on that.
func Guarded(ctx context.Context, p Progress, from string, since time.Time, guard feedback.Guard) (*feedback.Log, *feedback.Report, error) {
	log, report, err := Feedback(ctx, p, from, since)
	if err != nil {
		return nil, nil, err
	}
	log, report.Guarded = log.Guard(guard)
	for _, line := range report.Guarded.Words() {
		p.Say("%s", line)
	}
	return log, report, nil
}

// DataFigures are the figures of a data set that --json prints.
type DataFigures struct {
	Name         string       `json:"name"`
	Items        int          `json:"items"`
	Users        int          `json:"users"`
	Interactions int          `json:"interactions"`
	Rows         int          `json:"rows"`
	Bad          int          `json:"bad"`
	Dropped      []DropFigure `json:"dropped"`

	Recognized []dataset.Note `json:"recognized,omitempty"` // what was read that is not in the plain form

	Order    dataset.Order    `json:"order"`             // what the times say
	Weights  *dataset.Weights `json:"weights,omitempty"` // where they differ
	Feedback *JoinedFigures   `json:"feedback,omitempty"`
}

// JoinedFigures are the figures of the feedback that was joined.
type JoinedFigures struct {
	Read *feedback.Report `json:"read"`
	Used *feedback.Joined `json:"used"`
}

// DropFigure counts rows of a file that were dropped for one reason.
type DropFigure struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
	Bad    bool   `json:"bad"`
	Items  int    `json:"items,omitempty"` // of rows with unknown items
}

// newest returns which interactions of a user are the last ones in d.
func newest(d *dataset.Dataset) string {
	if d.Timeless() {
		return "randomly drawn"
	}
	return "newest"
}

// FiguresOf returns the figures of d, which r reports on.
func FiguresOf(d *dataset.Dataset, r *dataset.Report) DataFigures {
	f := DataFigures{Name: d.Name, Items: d.Catalog.Len(), Users: len(d.Users), Dropped: []DropFigure{}, Order: d.Order, Weights: r.Weights}
	for u := range d.Users {
		f.Interactions += len(d.Of(u))
	}
	f.Rows, f.Bad = r.Rows()
	f.Recognized = r.Notes
	for _, x := range r.Drops {
		f.Dropped = append(f.Dropped, DropFigure{File: x.File, Reason: x.Reason, Count: x.Count, Bad: x.Bad, Items: r.UnknownItems(x)})
	}
	return f
}
