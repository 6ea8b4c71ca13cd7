package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"sparrow/build/feedback"
	"sparrow/build/simulation"
	"sparrow/wasm/event"
)

// stage is a world with its first bundle, on which experiments are played.
type stage struct {
	world  *simulation.World
	bundle []byte
}

// stage trains the first bundle of a world as it is at a moment in Unix seconds.
func (t *tools) stage(ctx context.Context, s Setting, seed uint64, now int64) (*stage, error) {
	dir, err := os.MkdirTemp(t.work, "stage-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	s.Plan.Seed = seed
	w := simulation.New(simulation.Small(s.Items, s.Genres, seed), nil, s.Plan)
	if err := w.Write(ctx, dir, s.survey(now)); err != nil {
		return nil, err
	}
	data, err := t.bundle(ctx, dir, dir, "", 1)
	return &stage{w, data}, err
}

// record simulates and returns the log as the builder reads it: the events are
// written as an edge writes them, without a network in between, and read back.
func (t *tools) record(ctx context.Context, p *stage, o simulation.Options) (*feedback.Log, error) {
	dir, err := os.MkdirTemp(t.work, "log-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var mu sync.Mutex
	var segment []byte
	o.Bundles = [][]byte{p.bundle}
	o.Emit = func(events []event.Event) error {
		last := events[len(events)-1].At
		r := event.Record{Site: "self", Received: last, Sent: last}
		for i := range events {
			r.Events = append(r.Events, events[i].Append(nil))
		}
		record := r.Append(nil)
		mu.Lock()
		segment = event.AppendSegment(segment, record)
		mu.Unlock()
		return nil
	}
	if _, err := simulation.Run(ctx, p.world, o); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, strconv.FormatInt(o.End, 10)+".seg")
	if err := os.WriteFile(path, segment, 0o644); err != nil {
		return nil, err
	}
	log, _, err := feedback.Open(ctx, dir, feedback.Options{})
	return log, err
}
