package main

import (
	"fmt"
	"strconv"
	"strings"

	"sparrow/build/dataset"
	"sparrow/build/feedback"
)

// dataFlags say which data set is read, and how strictly.
type dataFlags struct {
	Input    string `required:"" type:"existingdir" placeholder:"DIR" help:"Folder with items.csv and interactions.csv[.gz], or a MovieLens folder."`
	Name     string `placeholder:"TEXT" help:"Name of the data set, shown to people."`
	Licence  string `placeholder:"TEXT" help:"Terms of the data, one sentence, kept in the bundle."`
	Citation string `placeholder:"TEXT" help:"How the data's makers want to be cited, kept in the bundle."`
	MaxBad   share  `default:"0.1%" placeholder:"SHARE" help:"Fail when more rows are bad: 0.1% or 0.001 (${default})."`
	Feedback string `placeholder:"PLACE" help:"Also learn from visitors' feedback: a folder with segments, or s3://bucket/prefix."`
	Click    share  `default:"25%" placeholder:"SHARE" help:"How much a click or a view without an opinion counts beside a rating, on average (${default})."`
	DropLast int    `default:"0" placeholder:"N" help:"Remove each user's newest N interactions before anything else, to tune without seeing them (${default})."`
}

// share is a part of all, 0 to 1, written as 0.1% or 0.001.
type share float64

// UnmarshalText reads a share.
func (s *share) UnmarshalText(text []byte) error {
	number, percent := strings.CutSuffix(strings.TrimSpace(string(text)), "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		v /= 100
	}
	if err != nil || !(v >= 0 && v <= 1) {
		return fmt.Errorf("%q is not a share; write 0.1%% or 0.001", text)
	}
	*s = share(v)
	return nil
}

func (f *dataFlags) options() dataset.Options {
	return dataset.Options{Name: f.Name, Licence: f.Licence, Citation: f.Citation}
}

// read reads the data set and joins the feedback to it, reports what was
// dropped and why, and fails when too much of it was bad.
func (f *dataFlags) read(c *console) (*dataset.Dataset, dataFigures, error) {
	if f.DropLast < 0 {
		return nil, dataFigures{}, misusef("--drop-last must not be negative")
	}
	if f.Click <= 0 {
		return nil, dataFigures{}, misusef("--click must be above 0; leave --feedback out to do without it")
	}
	p := c.stage("read " + f.Input)
	o := f.options()
	o.Lines = func(line string) { c.say("%s", line) }
	o.Progress = func(_ string, read, all int64) { p.set(read, all) }
	d, r, err := dataset.Open(c.ctx, f.Input, o)
	c.stop()
	if r != nil && len(r.Files) > 0 {
		c.mu.Lock()
		r.WriteTable(c.err)
		c.mu.Unlock()
	}
	if err != nil {
		return nil, dataFigures{}, err
	}
	if err := r.Check(float64(f.MaxBad)); err != nil {
		return nil, dataFigures{}, err
	}
	c.say("%s: %d movies, %d users, %d interactions", d.Name, d.Catalog.Len(), len(d.Users), len(d.Interactions))
	d, joined, err := f.join(c, d)
	if err != nil {
		return nil, dataFigures{}, err
	}
	if f.DropLast > 0 {
		d = d.WithoutLast(f.DropLast)
		c.say("the newest %d of each user are left out", f.DropLast)
	}
	figures := figuresOf(d, r)
	figures.Feedback = joined
	return d, figures, nil
}

// join joins the feedback to d, if there is to be any.
func (f *dataFlags) join(c *console, d *dataset.Dataset) (*dataset.Dataset, *joinedFigures, error) {
	if f.Feedback == "" {
		return d, nil, nil
	}
	log, report, err := openFeedback(c, f.Feedback)
	if err != nil {
		return nil, nil, err
	}
	c.stage("join feedback")
	d, joined := log.Join(d, feedback.JoinOptions{Click: float64(f.Click)})
	c.stop()
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintf(c.err, "%s: %d events of %d visitors (%d duplicates, %d late, %d dead letters, %d torn or damaged segments)\n",
		f.Feedback, report.Events, report.Visitors, report.Duplicates, report.Late, feedback.Total(report.Dead), len(report.Torn)+len(report.Damaged))
	return d, &joinedFigures{report, joined}, joined.WriteTable(c.err)
}

// dataFigures are the figures of a data set that --json prints.
type dataFigures struct {
	Name         string       `json:"name"`
	Movies       int          `json:"movies"`
	Users        int          `json:"users"`
	Interactions int          `json:"interactions"`
	Rows         int          `json:"rows"`
	Bad          int          `json:"bad"`
	Dropped      []dropFigure `json:"dropped"`

	Feedback *joinedFigures `json:"feedback,omitempty"`
}

// joinedFigures are the figures of the feedback that was joined.
type joinedFigures struct {
	Read *feedback.Report `json:"read"`
	Used *feedback.Joined `json:"used"`
}

type dropFigure struct {
	File   string `json:"file"`
	Reason string `json:"reason"`
	Count  int    `json:"count"`
	Bad    bool   `json:"bad"`
}

func figuresOf(d *dataset.Dataset, r *dataset.Report) dataFigures {
	f := dataFigures{Name: d.Name, Movies: d.Catalog.Len(), Users: len(d.Users), Dropped: []dropFigure{}}
	for u := range d.Users {
		f.Interactions += len(d.Of(u))
	}
	f.Rows, f.Bad = r.Rows()
	for _, x := range r.Drops {
		f.Dropped = append(f.Dropped, dropFigure{x.File, x.Reason, x.Count, x.Bad})
	}
	return f
}
