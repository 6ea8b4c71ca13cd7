package command

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/plural"
	"sparrow/build/simulation"
	"sparrow/wasm/bundle"
	"sparrow/wasm/event"
)

type simulateVerb struct {
	Bundle      []bundlePath `required:"" placeholder:"PATH" help:"Bundle, or folder with a latest.json; named again, one that an arm of an experiment wants."`
	Edge        string       `placeholder:"URL" help:"Edge that takes the events; without one they are only counted."`
	Visitors    int          `default:"200" placeholder:"N" help:"People who come (${default})."`
	Days        int          `default:"7" placeholder:"D" help:"Days up to now on which they come, 13 at most: an edge takes no older events (${default})."`
	Seed        uint64       `default:"1" placeholder:"N" help:"Seed of the people and of all they do (${default})."`
	Consent     share        `default:"80%" placeholder:"SHARE" help:"Share of the people who share what they do (${default})."`
	Shift       float64      `default:"0.5" placeholder:"0..1" help:"How far the crowd's taste has moved since the bundle's data (${default})."`
	Length      int          `default:"20" placeholder:"K" help:"Items of a list (${default})."`
	Experiments string       `type:"existingfile" placeholder:"FILE" help:"experiments.json with the layers that run."`
	JSON        bool         `name:"json" help:"Print the figures as JSON."`
}

func (simulateVerb) Help() string {
	return `Lets people with made-up tastes use the real engine over a bundle: they look at the top of a list more than at its end,
tire of what they have seen, click, rate, and come back another day. What they do is sent to an edge as a browser would
send it, so that there is a log to try the rest of the way on. The same seed makes the same people.

Beside clicks it prints what the lists were worth: as the tastes are known, the expected number of items a visit
leads to that people follow and are satisfied with, without the noise of who clicked.

All of them come from one address, which an edge slows down after a while unless it was started with --rate 0.

Examples:
  go run ./build simulate --bundle data/demo
  go run ./build simulate --bundle data/demo --edge http://127.0.0.1:8080 --visitors 2000 --days 10
  go run ./build simulate --bundle data/demo --edge http://127.0.0.1:8080 --experiments experiments.json --json`
}

// Validate is called by kong.
func (v *simulateVerb) Validate() error {
	for _, p := range v.Bundle { // kong does not look into lists
		if err := p.Validate(); err != nil {
			return fmt.Errorf("--bundle: %w", err)
		}
	}
	switch {
	case v.Days < 1 || v.Days > 13:
		return fmt.Errorf("--days must be 1 to 13")
	case v.Visitors < 1 || v.Length < 1:
		return fmt.Errorf("--visitors and --length must be at least 1")
	case !(v.Shift >= 0 && v.Shift <= 1):
		return fmt.Errorf("--shift must be 0 to 1")
	}
	return nil
}

// simulated are the figures that the verb prints.
type simulated struct {
	Visitors  int              `json:"visitors"`
	Sharers   int              `json:"sharers"`
	Visits    int              `json:"visits"`
	Lists     int              `json:"lists"`
	Events    int              `json:"events"`
	Stored    int64            `json:"stored"`
	Dead      int64            `json:"dead"`
	Retries   int64            `json:"retries"`
	Clicks    int              `json:"clicks"`
	Value     float64          `json:"value"`
	Positions []positionFigure `json:"positions"`
	Seconds   float64          `json:"seconds"`
}

type positionFigure struct {
	Position    int     `json:"position"`
	Impressions int     `json:"impressions"`
	Clicks      int     `json:"clicks"`
	CTR         float64 `json:"ctr"`
}

func (v *simulateVerb) Run(c *console.Console) error {
	begun := time.Now()
	first, opt, err := v.options()
	if err != nil {
		return err
	}
	sayShort(c, "--length", v.Length, "ranking", first.Catalog.Len())
	var client *simulation.Client
	if v.Edge != "" {
		if client, err = simulation.NewClient(v.Edge); err != nil {
			return console.Usage(err)
		}
		if err := client.Reach(c.Ctx); err != nil {
			return err
		}
		opt.Emit = func(e []event.Event) error { return client.Send(c.Ctx, e) }
	}
	p := c.Stage("simulate visitors")
	opt.Progress = p
	world := simulation.New(first.Catalog, first.Statistics.Count, simulation.Plan{Seed: v.Seed, Shift: v.Shift})
	r, err := simulation.Run(c.Ctx, world, opt)
	c.Stop()
	if err != nil {
		return err
	}
	f := figuresOfVisits(r, v.Visitors)
	if client != nil {
		d := client.Delivered()
		f.Stored, f.Dead, f.Retries = d.Stored, d.Dead, d.Retries
	}
	if f.Seconds = time.Since(begun).Seconds(); v.JSON {
		return c.JSON(f)
	}
	return f.print(c.Out, v.Edge)
}

// options reads what the flags name. The first bundle is also returned decoded.
func (v *simulateVerb) options() (first *bundle.Bundle, o simulation.Options, err error) {
	for i, path := range v.Bundle {
		b, data, err := bundledir.Open(string(path))
		if err != nil {
			return nil, o, err
		}
		if i == 0 {
			first = b
		}
		o.Bundles = append(o.Bundles, data)
	}
	if v.Experiments != "" {
		file, err := readExperiments(v.Experiments)
		if err != nil {
			return nil, o, err
		}
		o.Layers = file.Layers
	}
	o.Visitors, o.Days, o.Length, o.Consent = v.Visitors, v.Days, v.Length, float64(v.Consent)
	o.End = time.Now().Unix()
	return first, o, nil
}

func figuresOfVisits(r *simulation.Result, visitors int) *simulated {
	f := &simulated{Visitors: visitors, Sharers: r.Sharers, Visits: len(r.Visits), Events: r.Events, Value: r.Value()}
	for _, v := range r.Visits {
		f.Lists += v.Lists
		f.Clicks += v.Clicks
	}
	for i, n := range r.Positions.Impressions {
		p := positionFigure{Position: i + 1, Impressions: n, Clicks: r.Positions.Clicks[i]}
		if n > 0 {
			p.CTR = float64(p.Clicks) / float64(n)
		}
		f.Positions = append(f.Positions, p)
	}
	return f
}

func (f *simulated) print(out io.Writer, edge string) error {
	fmt.Fprintf(out, "%s, of whom %d share; %s, %s, %s, %s\n", plural.Of(f.Visitors, "person"), f.Sharers,
		plural.Of(f.Visits, "visit"), plural.Of(f.Lists, "list"), plural.Of(f.Clicks, "click"), plural.Of(f.Events, "event"))
	if edge != "" {
		fmt.Fprintf(out, "%s stored %s and refused %d; repeated: %s\n", edge, plural.Of(f.Stored, "event"), f.Dead, plural.Of(f.Retries, "request"))
	}
	fmt.Fprintf(out, "a visit was worth %.3f followed and satisfying items\n", f.Value)
	most := 0.0
	for _, p := range f.Positions {
		most = max(most, p.CTR)
	}
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "position\timpressions\tclicks\tCTR\t")
	for _, p := range f.Positions {
		bar := ""
		if most > 0 {
			bar = strings.Repeat("▪", int(20*p.CTR/most+0.5))
		}
		fmt.Fprintf(t, "%d\t%d\t%d\t%.1f %%\t  %s\n", p.Position, p.Impressions, p.Clicks, 100*p.CTR, bar)
	}
	return t.Flush()
}
