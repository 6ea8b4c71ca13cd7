package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	"sparrow/build/abtest"
	"sparrow/build/pipeline"
	"sparrow/build/simulation"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
)

const (
	plantedVisitors = 10000
	plantedDays     = 6
	plantedLift     = 1.12 // of following what one looks at; the run prints how much more that makes of clicks per impression
)

// lifted makes people follow cards more readily where the better arm is theirs,
// or chose the card.
func lifted(arms []event.Arm, c *protocol.Card) float64 {
	if c.Origin != nil && c.Origin.Team != "" {
		if c.Origin.Team == "better" {
			return plantedLift
		}
		return 1
	}
	for _, a := range arms {
		if a.Name == "better" {
			return plantedLift
		}
	}
	return 1
}

// planted plays experiments in which the people of one arm follow what they look
// at 10 % more readily, the first through a real edge.
func planted(ctx context.Context, t *tools, runs int) ([]Figure, error) {
	begun := time.Now()
	end := begun.Unix()
	p, err := t.stage(ctx, Common, 1, end)
	if err != nil {
		return nil, err
	}
	lift, err := trueLift(ctx, p, end)
	if err != nil {
		return nil, err
	}
	options := func(i int, l experiment.Layer) simulation.Options {
		return simulation.Options{
			Visitors: plantedVisitors, First: (i + 1) * 100_000, Days: plantedDays, End: end, Length: Common.Length, Consent: 1,
			Layers: []experiment.Layer{l}, Lift: lifted,
		}
	}
	byReport := make([]*abtest.Comparison, runs)
	err = each(ctx, "planted arm", runs, func(ctx context.Context, i int) error {
		l := twins("planted", "planted-"+strconv.Itoa(i), end-plantedDays*86400, end+86400)
		if i == 0 {
			r, err := t.overEdge(ctx, p, options(i, l))
			if err != nil {
				return err
			}
			byReport[i] = r.Get("ctr", "better")
			return nil
		}
		log, err := t.record(ctx, p, options(i, l))
		if err != nil {
			return err
		}
		o := abtest.DefaultOptions()
		byReport[i] = abtest.Collect(log, &l).Analyze(&l, o).Get("ctr", "better")
		return nil
	})
	if err != nil {
		return nil, err
	}
	found := 0
	var seen, days sample
	for i, c := range byReport {
		if c == nil || c.Hidden {
			return nil, fmt.Errorf("experiment %d has no figure for clicks per impression", i+1)
		}
		if c.Found && c.Difference.Value > 0 {
			found++
		}
		if c.Lift != nil {
			seen = append(seen, 100*c.Lift.Value)
		}
		for _, d := range c.Days {
			if d.Always.Excludes(0) {
				days = append(days, float64(d.Day+1))
				break
			}
		}
	}
	fmt.Printf("%d experiments with a planted arm on %d visitors and %d days each (%.0f s): %+.1f %% clicks per impression, measured on average as %+.1f %%\n",
		runs, plantedVisitors, plantedDays, time.Since(begun).Seconds(), lift, seen.mean().Value)
	if len(days) > 0 {
		fmt.Printf("  who looks every day knows after %.1f days on average (%d of %d experiments)\n", days.mean().Value, len(days), runs)
	}
	return []Figure{
		{Name: "10 % better arm: found before the end, safe against peeking", Unit: "%", Bar: 80, AtLeast: true, Measured: 100 * float64(found) / float64(runs), Runs: strconv.Itoa(runs) + " experiments"},
	}, nil
}

// trueLift returns by how many percent clicks per impression rise when the same
// people are all in the better arm instead of all in control.
func trueLift(ctx context.Context, p *stage, end int64) (float64, error) {
	var ctr [2]float64
	for i, arm := range []string{"control", "better"} {
		r, err := simulation.Run(ctx, p.world, simulation.Options{
			Bundles: [][]byte{p.bundle}, Visitors: plantedVisitors, Days: plantedDays, End: end, Length: Common.Length,
			Lift: func(_ []event.Arm, c *protocol.Card) float64 { return lifted([]event.Arm{{Name: arm}}, c) },
		})
		if err != nil {
			return 0, err
		}
		clicks, impressions := 0, 0
		for k := range r.Positions.Clicks {
			clicks += r.Positions.Clicks[k]
			impressions += r.Positions.Impressions[k]
		}
		ctr[i] = float64(clicks) / float64(impressions)
	}
	return 100 * (ctr[1]/ctr[0] - 1), nil
}

// overEdge plays an experiment of one layer through the edge and analyzes what it
// has stored, by the layer as experiments.json states it.
func (t *tools) overEdge(ctx context.Context, p *stage, o simulation.Options) (*abtest.Report, error) {
	dir, err := os.MkdirTemp(t.work, "planted-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	e, err := t.startEdge(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer e.kill()
	client, err := simulation.NewClient(e.url)
	if err != nil {
		return nil, err
	}
	o.Bundles = [][]byte{p.bundle}
	o.Emit = func(events []event.Event) error { return client.Send(ctx, events) }
	if _, err := simulation.Run(ctx, p.world, o); err != nil {
		return nil, err
	}
	text, err := json.Marshal(experiment.File{Version: experiment.Version, Layers: o.Layers})
	if err != nil {
		return nil, err
	}
	file, err := abtest.Parse(text)
	if err != nil {
		return nil, err
	}
	log, _, err := pipeline.Feedback(ctx, silent(ctx), dir, abtest.Since(file.Layers))
	if err != nil {
		return nil, err
	}
	l := &file.Layers[0]
	return abtest.Collect(log, l).Analyze(l, abtest.DefaultOptions()), nil
}
