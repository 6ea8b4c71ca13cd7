package command

import (
	"fmt"
	"io"
	"strings"

	"sparrow/build/clickstream"
	"sparrow/build/console"
	"sparrow/build/plural"
	"sparrow/edge/durable"
)

type importEventsVerb struct {
	Format     string    `required:"" enum:"retailrocket,snowplow,ga4" placeholder:"NAME" help:"What wrote the files: ${enum}."`
	Files      []string  `arg:"" type:"existingfile" placeholder:"FILE" help:"Files with events, plain or gzip, in the order of their time where that matters."`
	Out        outStream `required:"" placeholder:"FILE" help:"interactions.csv to write; - is the standard output."`
	Properties []string  `type:"existingfile" placeholder:"FILE" help:"item_properties_part1.csv and the like, of Retailrocket: with --items. May be given many times."`
	Items      outFile   `placeholder:"FILE" help:"items.csv to write, of --properties: each item with its newest category and whether it is available."`
	MaxBad     share     `default:"0.1%" placeholder:"SHARE" help:"Fail when more events are bad, and more than 10: 0.1% or 0.001 (${default})."`
	JSON       bool      `name:"json" help:"Print the figures as JSON."`
}

func (importEventsVerb) Help() string {
	return `Makes interactions.csv of events as other programs export them, a row for each item that an event is about:

  retailrocket  events.csv of its data set: timestamp, visitorid, event, itemid, transactionid
  snowplow      enriched events, tab-separated, with the product entities of its ecommerce tracking
  ga4           the export of Google Analytics 4 to BigQuery, as JSON, an event a line

Which name of an event is of which kind is the table in build/README.md. What is not known, and what cannot be read, is left
out, counted, and named with its first places. Copies of an event or an order are left out where they follow within 262,144 others.

Examples:
  go run ./build import-events --format ga4 events-*.json.gz --out mine/interactions.csv
  go run ./build import-events --format retailrocket events.csv --out mine/interactions.csv --properties item_properties_part1.csv --properties item_properties_part2.csv --items mine/items.csv`
}

// importedEvents are the figures of a run.
type importedEvents struct {
	Events *clickstream.Report      `json:"events"`
	Items  *clickstream.ItemsReport `json:"items,omitempty"`
}

func (v *importEventsVerb) Run(c *console.Console) error {
	switch {
	case (len(v.Properties) > 0) != (v.Items != ""):
		return console.Usagef("--properties and --items go together: what is known of items, and the file to write it to")
	case len(v.Properties) > 0 && v.Format != "retailrocket":
		return console.Usagef("--properties are of --format retailrocket; items.csv of a %s shop comes from its catalog", v.Format)
	case v.JSON && v.Out.isStdout():
		return console.Usagef("--json and --out - would mix in the standard output: write one of them to a file")
	}
	f := importedEvents{}
	stage := c.Stage("read events")
	convert := func(w io.Writer) (err error) {
		o := clickstream.Options{Format: v.Format, Progress: func(_ string, read, all int64) { stage(int(read), int(all)) }}
		f.Events, err = clickstream.Convert(c.Ctx, w, v.Files, o)
		if err == nil && f.Events.Bad > 10 && float64(f.Events.Bad) > float64(v.MaxBad)*float64(f.Events.Lines) {
			err = fmt.Errorf("%d of %s are bad, more than --max-bad %.2g %%: nothing is written; look at the places above, or raise it", f.Events.Bad, plural.Of(f.Events.Lines, "event"), 100*float64(v.MaxBad))
		}
		return err
	}
	var err error
	if v.Out.isStdout() {
		err = convert(c.Data())
	} else {
		err = durable.WriteFile(c.Ctx, string(v.Out), convert)
	}
	c.Stop()
	if f.Events != nil {
		v.say(c, f.Events)
	}
	if err != nil {
		return err
	}
	if v.Items != "" {
		stage = c.Stage("read properties")
		err := durable.WriteFile(c.Ctx, string(v.Items), func(w io.Writer) (err error) {
			f.Items, err = clickstream.WriteItems(c.Ctx, w, v.Properties, func(_ string, read, all int64) { stage(int(read), int(all)) })
			return err
		})
		c.Stop()
		if err != nil {
			return err
		}
		c.Say("%s: %s, of %s; %d of other properties are not used", v.Items, plural.Of(f.Items.Items, "item"), plural.Of(f.Items.Rows, "row"), f.Items.Other)
		if f.Items.Bad > 0 {
			c.Say("bad: %s that cannot be read, the first at %s", plural.Of(f.Items.Bad, "row"), f.Items.First)
		}
	}
	if v.JSON {
		return c.JSON(f)
	}
	return nil
}

// say says what was written and what left out.
func (v *importEventsVerb) say(c *console.Console, r *clickstream.Report) {
	var kinds []string
	for _, k := range r.KindNames() {
		kinds = append(kinds, fmt.Sprintf("%s %d", k, r.Kinds[k]))
	}
	c.Say("%s of %s: %s", plural.Of(r.Rows, "row"), plural.Of(r.Lines, "event"), strings.Join(kinds, ", "))
	for _, l := range r.Sorted() {
		word := ""
		if l.Bad {
			word = "bad: "
		}
		more := ""
		if l.Count > len(l.Places) {
			more = ", …"
		}
		c.Say("%s%s: %d (%s%s)", word, l.Reason, l.Count, strings.Join(l.Places, ", "), more)
	}
}
