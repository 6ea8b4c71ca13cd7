package command

import (
	"fmt"
	"math"
	"text/tabwriter"

	"sparrow/build/abtest"
	"sparrow/build/console"
	"sparrow/wasm/experiment"
)

type experimentVerb struct {
	New    newVerb              `cmd:"" help:"Write an experiments.json to begin with."`
	Check  checkVerb            `cmd:"" help:"Check experiments.json and show what it does."`
	Report experimentReportVerb `cmd:"" help:"Judge the experiments by the feedback."`
}

type checkVerb struct {
	File        string  `arg:"" type:"existingfile" placeholder:"FILE" help:"experiments.json."`
	Rate        share   `default:"8%" placeholder:"SHARE" help:"Clicks per impression today (${default}), for the number of visitors that are needed."`
	Effect      share   `default:"10%" placeholder:"SHARE" help:"Change of that rate that is to be found, as a share of it (${default})."`
	Impressions float64 `default:"20" placeholder:"N" help:"Impressions a visitor (${default})."`
	JSON        bool    `name:"json" help:"Print it as JSON."`
}

func (checkVerb) Help() string {
	return `Reads experiments.json strictly and shows its layers, the shares of visitors that their arms will get, and how many
visitors a day they need to find an effect with a power of 80 % by their end. An error names the line and what
to do; the exit code is then 1.

Examples:
  go run ./build experiment check data/demo/experiments.json
  go run ./build experiment check experiments.json --rate 5% --effect 4% --json`
}

// checked is what is shown of a layer.
type checked struct {
	Layer  string       `json:"layer"`
	Start  string       `json:"start"`
	End    string       `json:"end"`
	Days   float64      `json:"days"`
	Share  float64      `json:"share"`
	Arms   []checkedArm `json:"arms"`
	Needed float64      `json:"visitors_needed"` // of the layer, in all
	PerDay float64      `json:"visitors_a_day"`  // new ones of the site, in the layer or not
}

type checkedArm struct {
	Name    string   `json:"name"`
	Share   float64  `json:"share"` // of the site's visitors
	Changes []string `json:"changes"`
}

func (v *checkVerb) Run(c *console.Console) error {
	if v.Rate <= 0 || v.Effect <= 0 || float64(v.Rate)*(1+float64(v.Effect)) >= 1 || v.Impressions <= 0 {
		return console.Usagef("--rate, --effect and --impressions must be above 0, and the changed rate below 100 %%")
	}
	f, err := readExperiments(v.File)
	if err != nil {
		return err
	}
	list := []checked{}
	for i := range f.Layers {
		list = append(list, v.check(&f.Layers[i]))
	}
	if v.JSON {
		return c.JSON(list)
	}
	if len(list) == 0 {
		fmt.Fprintln(c.Out, "valid; no layers: nothing is tried out")
		return nil
	}
	t := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "layer\tarm\tvisitors\tchanges\tfrom\tuntil")
	for _, l := range list {
		for _, a := range l.Arms {
			fmt.Fprintf(t, "%s\t%s\t%.1f %%\t%s\t%s\t%s\n", l.Layer, a.Name, 100*a.Share, joined(a.Changes), l.Start, l.End)
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(c.Out)
	for _, l := range list {
		fmt.Fprintf(c.Out, "%s: to see %.1f %% clicks per impression change by %.0f %% of itself, at %.0f impressions a visitor: %.0f visitors in the layer, %.0f new ones a day on the site for %.1f days\n",
			l.Layer, 100*float64(v.Rate), 100*float64(v.Effect), v.Impressions, l.Needed, l.PerDay, l.Days)
	}
	return nil
}

func joined(changes []string) string {
	text := ""
	for i, c := range changes {
		if i > 0 {
			text += ", "
		}
		text += c
	}
	if text == "" {
		return "nothing"
	}
	return text
}

func (v *checkVerb) check(l *experiment.Layer) checked {
	k := checked{Layer: l.Name, Start: moment(l.Start), End: moment(l.End), Days: float64(l.End-l.Start) / 86400, Share: l.Share}
	var sum float64
	for _, a := range l.Arms {
		sum += a.Weight
	}
	for _, a := range l.Arms {
		out := checkedArm{Name: a.Name, Share: l.Share * a.Weight / sum, Changes: []string{}}
		add := func(does bool, format string, args ...any) {
			if does {
				out.Changes = append(out.Changes, fmt.Sprintf(format, args...))
			}
		}
		add(a.Bundle != "", "bundle %.8s", a.Bundle)
		if m := a.Mix; m != nil {
			add(true, "mix %g transition %g popular %g trending", m.Transition, m.Popular, m.Trending)
		}
		if a.Variety != nil {
			add(true, "variety %g", *a.Variety)
		}
		if a.Explore != nil {
			add(true, "explore %g", *a.Explore)
		}
		if len(a.Interleave) == 2 {
			add(true, "interleaves %s and %s", a.Interleave[0], a.Interleave[1])
		}
		k.Arms = append(k.Arms, out)
	}
	k.Needed = abtest.VisitorsNeeded(l, float64(v.Rate), float64(v.Effect), v.Impressions)
	if l.Share > 0 {
		k.PerDay = math.Ceil(k.Needed / l.Share / k.Days)
	}
	return k
}

func moment(m experiment.Moment) string {
	text, err := m.MarshalText()
	if err != nil {
		return err.Error()
	}
	return string(text)
}
