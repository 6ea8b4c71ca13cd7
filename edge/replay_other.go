//go:build !js

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sparrow/edge/topic"
	"sparrow/wasm/event"
)

const (
	// lastOfSpill is how many bytes of the spill are replayed while requests wait.
	lastOfSpill = 256 << 10
	// perProduce is how many bytes of records are given to the topic at once.
	perProduce = 256 << 10
	// damagedSuffix ends the name of a segment of the spill of which a part cannot
	// be read. It is not replayed again and deleted with its day.
	damagedSuffix = ".damaged"
)

// run replays the spill whenever there is one and the topic is back, until ctx ends.
func (s *topicStore) run(ctx context.Context) {
	bad := setback{most: 5 * time.Second}
	for ctx.Err() == nil {
		if !s.away.Load() {
			select {
			case <-ctx.Done():
				return
			case <-s.wake:
			}
			continue
		}
		err := s.replay(ctx)
		if err == nil || ctx.Err() != nil {
			bad.succeed()
			continue
		}
		s.failed(spilled{err, s.spill.folder})
		bad.fail(time.Now())
		sleep(ctx, max(firstSetback, bad.left(time.Now())), nil)
	}
}

// replay gives the topic what is in the spill, segment after segment, each of
// which it deletes when the topic has all of it. A process that ends before
// that replays the segment again: readers keep one event of each id. When little
// is left, requests wait for the rest, and go to the topic from then on.
func (s *topicStore) replay(ctx context.Context) error {
	if err := s.topic.up(ctx); err != nil {
		return err
	}
	if err := s.topic.settle(ctx); err != nil {
		return err
	}
	for {
		names, size, err := s.spilled()
		if err != nil {
			return err
		}
		if size <= lastOfSpill {
			return s.finish()
		}
		if err := s.replaySegments(ctx, names); err != nil {
			return err
		}
	}
}

// finish replays the rest of the spill while no record is taken in.
func (s *topicStore) finish() error {
	s.turn.Lock()
	defer s.turn.Unlock()
	names, _, err := s.spilled()
	if err == nil {
		err = s.replaySegments(context.Background(), names)
	}
	if err == nil {
		s.away.Store(false)
	}
	return err
}

// spilled ends the spill's current segment and lists all, in the order of their
// first records, with their bytes together.
func (s *topicStore) spilled() (names []string, size int64, err error) {
	if err := s.spill.Roll(); err != nil {
		return nil, 0, err
	}
	found, err := filepath.Glob(filepath.Join(s.spill.folder, "*", "*.seg"))
	if err != nil {
		return nil, 0, err
	}
	begun := map[string]int64{}
	for _, name := range found {
		if s.spill.writes(name) {
			continue // begun after the roll
		}
		if begun[name], err = firstReceived(name); err != nil {
			return nil, 0, err
		}
		info, err := os.Stat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue // the sweeper's
		}
		if err != nil {
			return nil, 0, err
		}
		size += info.Size()
		names = append(names, name)
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(begun[a], begun[b]) })
	return names, size, nil
}

// firstReceived returns when the first record of a segment came, 0 where it cannot
// be read.
func firstReceived(name string) (at int64, err error) {
	err = each(name, func(raw []byte, _ int64) error {
		if record, err := event.DecodeRecord(raw); err == nil {
			at = record.Received
		}
		return errStop
	}, func(int64) error { return nil })
	if err == errStop {
		err = nil
	}
	return at, err
}

func (s *topicStore) replaySegments(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.replaySegment(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// replaySegment gives the topic one segment and removes it. Where a part cannot be
// read the segment is put aside, and named.
func (s *topicStore) replaySegment(ctx context.Context, name string) error {
	var messages []topic.Message
	var held, damaged int
	flush := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := s.topic.produce(messages)
		messages, held = messages[:0], 0
		return err
	}
	file, err := os.Open(name)
	if err != nil {
		return gone(err)
	}
	defer file.Close()
	frames := event.NewFrames(file)
	var raw []byte
	for err == nil {
		if raw, err = frames.Next(raw); err != nil {
			break
		}
		record, wrong := event.DecodeRecord(raw)
		if wrong != nil {
			damaged++
			continue
		}
		messages = append(messages, topic.Messages(&record)...)
		if held += len(raw); held >= perProduce {
			err = flush()
		}
	}
	switch {
	case err == io.EOF, err == io.ErrUnexpectedEOF: // a torn tail was confirmed to no one
		err = nil
	case errors.Is(err, event.ErrFrame):
		damaged++
		err = nil
	}
	if err == nil {
		err = flush()
	}
	if err != nil {
		return err
	}
	if damaged > 0 {
		s.failed(fmt.Errorf("%s: %d parts cannot be read and are not in the topic: the rest is, and the file is kept as %s%s until it is too old", name, damaged, name, damagedSuffix))
		return gone(os.Rename(name, name+damagedSuffix))
	}
	return gone(os.Remove(name))
}
