package command

import (
	"io"
	"os"
	"path/filepath"
	"time"

	"sparrow/build/abtest"
	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/feedback"
	"sparrow/build/pipeline"
	"sparrow/build/report"
	"sparrow/edge/durable"
)

type reportVerb struct {
	Feedback    place      `required:"" placeholder:"PLACE" help:"Folder of the edge's segments, or s3://bucket/prefix."`
	Bundle      bundlePath `required:"" placeholder:"DIR" help:"Folder of the bundles that are served; or one bundle, of which less can be told."`
	Experiments string     `type:"existingfile" placeholder:"FILE" help:"experiments.json; the folder's own when left out."`
	Days        int        `default:"30" placeholder:"D" help:"Days up to now that are told of (${default})."`
	Visitors    int        `placeholder:"N" help:"Visitors whom your site had on these days, by a count of yours: with it the share that agreed to share is told."`
	guardFlags
	HTML outFile   `name:"html" placeholder:"FILE" help:"Also write a page with plots, which holds the tables, too. As owner.html of the folder of bundles an edge serves it at /owner."`
	CSV  outFolder `name:"csv" placeholder:"DIR" help:"Also write the tables as CSV into that folder."`
	JSON bool      `name:"json" help:"Print the report as JSON."`
}

func (reportVerb) Help() string {
	return `Tells the owner of a site what became of its lists: cards seen, clicked and what was liked, put into baskets and bought
after that, by list, by place on the list and by day; how much of the catalog was seen; how old model, overlay and trending
items are, and which models visitors still have; experiments; what arrived late, broken or not at all.

All of it is of visitors who agreed to share. What is not recorded is named in the report and nowhere guessed: how many
agreed, unless --visitors says how many there were, and how long starts take. A rate is told from 10 visitors on. A list has
led to a purchase when its card of the item was clicked on the same device within 7 days before.

Examples:
  go run ./build report --feedback data/feedback --bundle data/mine
  go run ./build report --feedback data/feedback --bundle data/mine --html data/mine/owner.html
  go run ./build report --feedback s3://sparrow-feedback --bundle data/mine --days 7 --visitors 12000 --csv report`
}

func (v *reportVerb) Run(c *console.Console) error {
	if v.Days < 1 || v.Days > 3650 {
		return console.Usagef("--days must be 1 to 3650")
	}
	if v.Visitors < 0 {
		return console.Usagef("--visitors must not be negative")
	}
	guard, err := v.guard(feedback.DefaultGuard)
	if err != nil {
		return err
	}
	b, _, err := bundledir.Open(string(v.Bundle))
	if err != nil {
		return err
	}
	now := time.Now()
	s := report.Sources{Catalog: b.Catalog, From: now.AddDate(0, 0, -v.Days), Until: now, Guard: guard, Visitors: v.Visitors}
	if s.Service, err = serviceOf(c, string(v.Bundle), b.Statistics.AsOf); err != nil {
		return err
	}
	layers, err := v.layers()
	if err != nil {
		return err
	}
	since := s.From
	if first := abtest.Since(layers); !first.IsZero() && first.Before(since) {
		since = first
	}
	if s.Log, s.Read, err = pipeline.Feedback(c.Ctx, c, string(v.Feedback), since); err != nil {
		return err
	}
	sample, guarded := s.Log.Guard(abtest.DefaultGuard)
	for i := range layers {
		o := abtest.DefaultOptions()
		o.Guarded = guarded
		s.Experiments = append(s.Experiments, abtest.Collect(sample, &layers[i]).Analyze(&layers[i], o))
	}
	r := report.New(s)
	if v.HTML != "" {
		if err := durable.WritePrivate(c.Ctx, string(v.HTML), r.WritePage); err != nil {
			return err
		}
	}
	if v.CSV != "" {
		if err := os.MkdirAll(string(v.CSV), 0o755); err != nil {
			return err
		}
		for _, t := range r.Tables() {
			if err := durable.WritePrivate(c.Ctx, filepath.Join(string(v.CSV), t.Name), func(w io.Writer) error { return t.WriteCSV(w) }); err != nil {
				return err
			}
		}
	}
	if v.JSON {
		return c.JSON(r)
	}
	return r.WriteTable(c.Out)
}
