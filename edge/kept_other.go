//go:build !js

package main

import (
	"context"
	"path/filepath"
	"sync"
	"time"

	"sparrow/edge/topic"
)

// eventsFlag is the topic that feedback is written to; without a name for none.
type eventsFlag struct{ topic.Address }

// UnmarshalText reads an address.
func (e *eventsFlag) UnmarshalText(text []byte) (err error) {
	e.Address, err = topic.ParseAddress(string(text))
	return err
}

// kept is where feedback goes, and what must run and end with it.
type kept struct {
	store
	place string // in words
	ready func(context.Context) error
	run   func(ctx context.Context, keep time.Duration)
	close func()
}

// spillFolder is the part of the folder of feedback that takes what Kafka does not.
const spillFolder = "spill"

// openStore returns the disk as it is, or with --events a topic with its spill.
func (o *options) openStore(disk *diskStore) (kept, error) {
	if o.Events.Name == "" {
		return kept{disk, o.Feedback, disk.Ready, func(context.Context, time.Duration) {}, func() {}}, nil
	}
	client, err := newKafka(o.Events.Address)
	if err != nil {
		return kept{}, err
	}
	spill, err := newDiskStore(filepath.Join(o.Feedback, spillFolder), time.Now)
	if err != nil {
		client.close()
		return kept{}, err
	}
	spill.room.quota, spill.room.folder = int64(o.FeedbackQuota), o.Feedback
	s := newTopicStore(client, spill, disk, newComplaints(logged, "edge", aMinute).fail)
	return kept{
		store: s, place: o.Events.String() + ", as long as the topic keeps it, and while Kafka is away in " + spill.folder,
		ready: s.Ready,
		run: func(ctx context.Context, keep time.Duration) {
			var group sync.WaitGroup
			group.Go(func() { s.run(ctx) })
			group.Go(func() { client.checkKeep(ctx, keep, newComplaints(logged, "edge", aMinute).fail) })
			group.Go(func() { (&sweeper{spill, keep, newComplaints(logged, "edge", aMinute).fail}).run(ctx) })
			group.Wait()
		},
		close: func() {
			client.close()
			spill.Close()
		},
	}, nil
}
