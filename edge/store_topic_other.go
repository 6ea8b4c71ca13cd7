//go:build !js

package main

import (
	"context"
	"sync"
	"sync/atomic"

	"sparrow/edge/topic"
	"sparrow/wasm/event"
)

// producer is a topic that takes messages.
type producer interface {
	// produce returns nil when the messages will outlive the broker.
	produce(messages []topic.Message) error
	// up returns nil when the topic takes messages.
	up(ctx context.Context) error
	// settle returns nil when no message is under way.
	settle(ctx context.Context) error
}

// topicStore keeps records in a topic. While that cannot be reached they go to a
// folder of segments, the spill, from where they are replayed in their order: until
// the last of them is in the topic all others go to the spill, too.
type topicStore struct {
	topic  producer
	spill  *diskStore
	wished *diskStore // keeps wishes to be forgotten, also for the feedback that was there before the topic
	failed func(error)

	// turn is held for reading by each Append, and for writing by the replayer as
	// long as it finds out that the spill is empty.
	turn sync.RWMutex
	away atomic.Bool   // records go to the spill
	wake chan struct{} // has room for one signal: away was set
}

// newTopicStore returns a store that begins with what an earlier process left in
// the spill.
func newTopicStore(topic producer, spill, wished *diskStore, failed func(error)) *topicStore {
	s := &topicStore{topic: topic, spill: spill, wished: wished, failed: failed, wake: make(chan struct{}, 1)}
	s.spillOver()
	return s
}

// spillOver sends records to the spill from now on.
func (s *topicStore) spillOver() {
	s.away.Store(true)
	select {
	case s.wake <- struct{}{}:
	default: // it is woken already
	}
}

// Append implements store. A record whose messages the topic has in part goes to
// the spill as a whole: readers keep one event of each id. A wish is also kept
// where the edge keeps those of an edge without a topic: there it keeps out what
// arrives late, and takes out what was stored before there was a topic.
func (s *topicStore) Append(ctx context.Context, record *event.Record) error {
	wish := record.Erase
	if wish != nil && s.wished.wishes.repeated(*wish, record.Received) {
		return nil
	}
	if wish == nil && s.wished.wishes.forget(record, encode(*record)) == nil {
		return nil
	}
	if err := s.keep(ctx, record); err != nil || wish == nil {
		return err
	}
	return s.wished.Append(ctx, record)
}

// keep puts a record into the topic, or else into the spill.
func (s *topicStore) keep(ctx context.Context, record *event.Record) error {
	s.turn.RLock()
	defer s.turn.RUnlock()
	if !s.away.Load() {
		err := s.topic.produce(topic.Messages(record))
		if err == nil {
			return nil
		}
		s.spillOver()
		s.failed(spilled{err, s.spill.folder})
	}
	return s.spill.Append(ctx, record)
}

// spilled is the error of a topic whose records go to the disk.
type spilled struct {
	error
	folder string
}

func (e spilled) Error() string {
	return e.error.Error() + "; feedback is kept in " + e.folder + " until the topic is back"
}

// Ready returns nil when a record can be kept: on the disk or, should that not
// take any, in the topic.
func (s *topicStore) Ready(ctx context.Context) error {
	err := s.spill.Ready(ctx)
	if err == nil || s.away.Load() {
		return err
	}
	return s.topic.up(ctx)
}
