package command

import (
	"fmt"
	"io"

	"sparrow/build/abtest"
	"sparrow/build/console"
	"sparrow/build/feedback"
	"sparrow/build/pipeline"
	"sparrow/build/plural"
	"sparrow/edge/durable"
	"sparrow/wasm/experiment"
)

type experimentReportVerb struct {
	Experiments string   `required:"" type:"existingfile" placeholder:"FILE" help:"experiments.json, as the edge handed it out."`
	Feedback    place    `required:"" placeholder:"PLACE" help:"Folder of the edge's segments, or s3://bucket/prefix."`
	Layer       string   `placeholder:"NAME" help:"Report this layer alone."`
	List        []string `placeholder:"NAME" help:"Count what happened on these lists alone, for-you for one."`
	guardFlags
	Planned int     `default:"5000" placeholder:"N" help:"Visitors of two arms for which the intervals that are valid at every look are narrowest; to be chosen before the first look (${default})."`
	Force   bool    `help:"Show the figures though the arms do not have the visitors they should."`
	HTML    outFile `name:"html" placeholder:"FILE" help:"Also write a page with plots."`
	JSON    bool    `name:"json" help:"Print the report as JSON."`
}

func (experimentReportVerb) Help() string {
	return `Judges the layers of experiments.json: what was observed in every arm, the difference to the first one with two
intervals, one for a single look at the planned end and one that stays valid however often it is looked at, and who
won where lists were interleaved. A visitor counts once, in the arm they were first exposed to, and for no more than a
fence allows; of the new visitors of one network and day only the first does, or one in a thousand of the day's, so
that no machine that makes visitors up decides. Cells of fewer than 10 visitors are hidden.

Where an arm has so few or so many visitors that chance does not explain it (p < 0.001), no figure is shown and the
exit code is 3.

Examples:
  go run ./build experiment report --experiments experiments.json --feedback data/feedback
  go run ./build experiment report --experiments experiments.json --feedback s3://bucket/events --html report.html
  go run ./build experiment report --experiments experiments.json --feedback data/feedback --layer mix --list for-you --json`
}

func (v *experimentReportVerb) Run(c *console.Console) error {
	if v.Planned < 1 {
		return console.Usagef("--planned must be at least 1")
	}
	f, err := readExperiments(v.Experiments)
	if err != nil {
		return err
	}
	layers := f.Layers
	if v.Layer != "" {
		layers = nil
		for _, l := range f.Layers {
			if l.Name == v.Layer {
				layers = []experiment.Layer{l}
			}
		}
		if layers == nil {
			return console.Usagef("%s has no layer %q", v.Experiments, v.Layer)
		}
	}
	guard, err := v.guard(abtest.DefaultGuard)
	if err != nil {
		return err
	}
	log, read, err := pipeline.Feedback(c.Ctx, c, string(v.Feedback), abtest.Since(layers))
	if err != nil {
		return err
	}
	if read.Segments == 0 {
		return fmt.Errorf("%s holds no segment (*.seg): is it the folder of the edge's --feedback?", v.Feedback)
	}
	c.Say("%s of %s; %s, %d late, %s, %d dropped on devices", plural.Of(read.Events, "event"), plural.Of(read.Visitors, "visitor"),
		plural.Of(read.Duplicates, "duplicate"), read.Late, plural.Of(feedback.Total(read.Dead), "dead letter"), feedback.Total(read.Dropped))
	log, guarded := log.Guard(guard)
	reports := []*abtest.Report{}
	p := c.Stage("compare")
	for i := range layers {
		p(i, len(layers))
		o := abtest.DefaultOptions()
		o.Planned, o.Force, o.Guarded = v.Planned, v.Force, guarded
		s := abtest.Collect(log, &layers[i], v.List...)
		reports = append(reports, s.Analyze(&layers[i], o))
	}
	c.Stop()
	if v.HTML != "" {
		if err := durable.WriteFile(c.Ctx, string(v.HTML), func(w io.Writer) error { return abtest.WritePage(w, reports) }); err != nil {
			return err
		}
	}
	if v.JSON {
		err = c.JSON(reports)
	} else {
		err = tables(c.Out, reports)
	}
	if err != nil {
		return err
	}
	for _, r := range reports {
		if r.Ratio.Off {
			return console.Refusedf("layer %q: the arms do not have the visitors that their weights promise (p %.2g)", r.Layer, r.Ratio.P)
		}
	}
	return nil
}

func tables(w io.Writer, reports []*abtest.Report) error {
	if len(reports) == 0 {
		_, err := fmt.Fprintln(w, "experiments.json has no layer: there is nothing to report")
		return err
	}
	for i, r := range reports {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := r.WriteTable(w); err != nil {
			return err
		}
	}
	return nil
}
