package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"sparrow/build/console"
	"sparrow/build/feedback"
	"sparrow/build/pipeline"
	"sparrow/build/simulation"
	"sparrow/wasm/event"
)

// Setting is the size of a world in which the loop is closed.
type Setting struct {
	Items, Genres int
	Raters, Each  int // the old ratings
	Visitors      int // whose feedback is learned from
	Judges        int // fresh people on whom bundles are compared
	Days, Length  int
	Plan          simulation.Plan
}

// Common is the setting of the figures. The first bundle learns from 150 people
// of years ago; since then half of what is famous has changed, the crowd likes
// other genres, and one item in seven is new to it.
var Common = Setting{
	Items: 240, Genres: 8, Raters: 150, Each: 25, Visitors: 500, Judges: 400, Days: 10, Length: 12,
	Plan: simulation.Plan{Shift: 0.5, Young: 0.15},
}

// survey is how the old ratings were collected.
func (s *Setting) survey(now int64) simulation.Survey {
	return simulation.Survey{Raters: s.Raters, Each: s.Each, From: now - 1000*86400, To: now - 200*86400}
}

// outcome is what one closed loop came to.
type outcome struct {
	first, second float64 // value of a list to fresh people, by bundle
	sent, read    int     // events

	controlled bool
	reseeded   float64 // of the first bundle trained again with another seed
	placeless  float64 // of the second bundle trained as if no one knew where the clicked cards stood
}

// circles closes the loop in several worlds, the first few with controls.
func circles(ctx context.Context, t *tools, s Setting, seeds, controls int) ([]Figure, error) {
	all := make([]outcome, seeds)
	begun := time.Now()
	err := each(ctx, "closed loop", seeds, func(ctx context.Context, i int) error {
		var err error
		all[i], err = t.circle(ctx, s, uint64(i+1), i < controls)
		return err
	})
	if err != nil {
		return nil, err
	}
	var gain, reseeded, placeless, first, second sample
	lost := 0
	for _, o := range all {
		gain = append(gain, 100*(o.second/o.first-1))
		if o.controlled {
			reseeded = append(reseeded, 100*(o.reseeded/o.first-1))
			placeless = append(placeless, 100*(o.placeless/o.first-1))
		}
		first, second = append(first, o.first), append(second, o.second)
		lost += o.sent - o.read
	}
	fmt.Printf("the loop closed in %d worlds of %d items, %d raters, %d visitors (%.0f s): a list is worth %.3f before, %.3f after\n",
		seeds, s.Items, s.Raters, s.Visitors, time.Since(begun).Seconds(), first.mean().Value, second.mean().Value)
	gain.say("bundle 2, ratings and feedback, over bundle 1", "%")
	if len(reseeded) > 1 {
		fmt.Printf("  controls, in %d of these worlds:\n", len(reseeded))
		reseeded.say("bundle 1 with another seed over bundle 1", "%")
		placeless.say("bundle 2 without the positions of clicks over bundle 1", "%")
	}
	runs := strconv.Itoa(seeds) + " seeds"
	return []Figure{
		{Name: "closed loop: gain in value of bundle 2, low end of 95 %", Unit: "%", Bar: 0, AtLeast: true, Measured: gain.mean().Low, Runs: runs},
		{Name: "… events that visitors sent and the builder did not read", Unit: "events", Bar: 0, Measured: float64(lost), Runs: runs},
	}, nil
}

// circle closes the loop in one world.
func (t *tools) circle(ctx context.Context, s Setting, seed uint64, controlled bool) (o outcome, err error) {
	dir, err := os.MkdirTemp(t.work, "world-")
	if err != nil {
		return o, err
	}
	defer os.RemoveAll(dir)
	now := time.Now().Unix()
	s.Plan.Seed = seed
	w := simulation.New(simulation.Small(s.Items, s.Genres, seed), nil, s.Plan)
	ratings, folder := filepath.Join(dir, "ratings"), filepath.Join(dir, "feedback")
	for _, d := range []string{ratings, folder} {
		if err := os.Mkdir(d, 0o755); err != nil {
			return o, err
		}
	}
	if err := w.Write(ctx, ratings, s.survey(now)); err != nil {
		return o, err
	}
	first, err := t.bundle(ctx, dir, ratings, "", 1)
	if err != nil {
		return o, err
	}
	if o.sent, err = t.visit(ctx, w, s, first, folder, now); err != nil {
		return o, err
	}
	_, read, err := pipeline.Feedback(ctx, silent(ctx), folder, time.Time{})
	if err != nil {
		return o, err
	}
	o.read = read.Events
	second, err := t.bundle(ctx, dir, ratings, folder, 1)
	if err != nil {
		return o, err
	}
	judge := func(data []byte, value *float64) error {
		judged, err := simulation.Run(ctx, w, simulation.Options{
			Bundles: [][]byte{data}, First: 1_000_000, Visitors: s.Judges, Days: s.Days, End: now, Length: s.Length,
		})
		if err == nil {
			*value = sample(judged.ByPerson()).mean().Value
		}
		return err
	}
	if err := errors.Join(judge(first, &o.first), judge(second, &o.second)); err != nil || !controlled {
		return o, err
	}
	o.controlled = true
	reseeded, err := t.bundle(ctx, dir, ratings, "", 2)
	if err != nil {
		return o, err
	}
	unplaced := filepath.Join(dir, "unplaced.seg")
	if err := withoutPlaces(ctx, folder, unplaced); err != nil {
		return o, err
	}
	placeless, err := t.bundle(ctx, dir, ratings, unplaced, 1)
	if err != nil {
		return o, err
	}
	return o, errors.Join(judge(reseeded, &o.reseeded), judge(placeless, &o.placeless))
}

// withoutPlaces copies a log and turns its clicks into views, which the builder
// counts like clicks on cards that everybody examines.
func withoutPlaces(ctx context.Context, from, to string) error {
	log, _, err := feedback.Open(ctx, from, feedback.Options{})
	if err != nil {
		return err
	}
	for i := range log.Events {
		if e := &log.Events[i]; e.Kind == event.Click {
			e.Kind, e.Place = event.View, nil
		}
	}
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	return errors.Join(log.WriteSegment(f), f.Close())
}

// visit lets people use a bundle and sends what they do to an edge over HTTP.
// It returns how many events they made.
func (t *tools) visit(ctx context.Context, w *simulation.World, s Setting, data []byte, folder string, end int64) (int, error) {
	e, err := t.startEdge(ctx, folder)
	if err != nil {
		return 0, err
	}
	defer e.kill()
	client, err := simulation.NewClient(e.url)
	if err != nil {
		return 0, err
	}
	r, err := simulation.Run(ctx, w, simulation.Options{
		Bundles: [][]byte{data}, Visitors: s.Visitors, Days: s.Days, End: end, Length: s.Length, Consent: 0.8,
		Emit: func(events []event.Event) error { return client.Send(ctx, events) },
	})
	if err != nil {
		return 0, err
	}
	if d := client.Delivered(); d.Dead > 0 {
		return 0, fmt.Errorf("the edge refused %d of %d events", d.Dead, r.Events)
	}
	return r.Events, nil
}

// bundle trains a small bundle on the ratings in a folder, and on feedback if that
// is not "", and returns its bytes. An error carries the lines that were written on the way.
func (t *tools) bundle(ctx context.Context, dir, ratings, feedback string, seed uint64) ([]byte, error) {
	var said bytes.Buffer
	c := console.New(ctx, io.Discard, &said)
	in, o := pipeline.DefaultInput(ratings), pipeline.DefaultOptions()
	in.Feedback, o.Seed, o.Width, o.Ship = feedback, seed, 16, pipeline.ShipMeasured
	d, _, err := in.Read(ctx, c)
	if err != nil {
		return nil, fmt.Errorf("read: %w: %s", err, said.String())
	}
	f, err := o.Run(ctx, c, d, filepath.Join(dir, "of.bundle"))
	if err != nil {
		return nil, fmt.Errorf("bundle of seed %d: %w: %s", seed, err, said.String())
	}
	return os.ReadFile(f.Bundle)
}

// silent returns a console that shows nothing.
func silent(ctx context.Context) *console.Console { return console.New(ctx, io.Discard, io.Discard) }
