//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sparrow/edge/durable"
	"sparrow/wasm/event"
)

// sweeper deletes from the folder of a diskStore what is too old and what
// visitors asked to be forgotten. The wishes stand in the log itself, so one
// that an earlier process did not get to is found again at the next start.
type sweeper struct {
	store  *diskStore
	keep   time.Duration
	failed func(error)
}

// pause is how long the sweeper sleeps unless a wish wakes it.
const pause = 6 * time.Hour

// run sweeps now, whenever a wish is stored, and every few hours, until ctx
// ends. It takes a tenth of one processor at most, however many wishes come.
func (s *sweeper) run(ctx context.Context) {
	for {
		begin := time.Now()
		if err := s.sweep(); err != nil {
			s.failed(err)
		}
		if !sleep(ctx, 9*time.Since(begin), nil) || !sleep(ctx, pause, s.store.wishes) {
			return
		}
	}
}

// sleep waits for d or for a signal on wake, and reports whether ctx still
// runs.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-wake:
	case <-timer.C:
	}
	return true
}

// sweep looks at every segment once for wishes and once for what they concern.
func (s *sweeper) sweep() error {
	if err := s.store.Roll(); err != nil { // from here on no segment below is written to
		return err
	}
	segments, err := s.segments()
	if err != nil {
		return err
	}
	forgotten := map[event.Visitor]int64{}
	for _, name := range segments {
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for record, err := range event.Segment(b) {
			if err == nil && record.Erase != nil {
				forgotten[*record.Erase] = max(forgotten[*record.Erase], record.Received)
			}
		}
	}
	if len(forgotten) == 0 {
		return nil
	}
	for _, name := range segments {
		if err := rewrite(name, forgotten); err != nil {
			return err
		}
	}
	return nil
}

// segments lists the segments that are written no more, oldest first, after
// deleting those that are too old and what an interrupted rewriting left
// behind.
func (s *sweeper) segments() (names []string, err error) {
	now := s.store.now().UTC()
	first := now.Add(-s.keep).Format(time.DateOnly)
	err = filepath.WalkDir(s.store.folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if _, err := time.Parse(time.DateOnly, entry.Name()); err != nil || entry.Name() >= first {
				return nil
			}
			if err := os.RemoveAll(name); err != nil {
				return err
			}
			return fs.SkipDir
		}
		switch {
		case strings.HasSuffix(name, partSuffix):
			return os.Remove(name)
		case strings.HasSuffix(name, ".seg") && !s.store.writes(name):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	return names, nil
}

const partSuffix = ".part"

// rewrite leaves the segment without the visitors, or no file when nothing is
// left of it. Whenever it is interrupted, the old file is there or the new one,
// whole.
func rewrite(name string, forgotten map[event.Visitor]int64) error {
	old, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	kept := event.Without(old, forgotten)
	switch len(kept) {
	case len(old):
		return nil
	case 0:
		return errors.Join(os.Remove(name), durable.SyncFolder(filepath.Dir(name)))
	}
	part, err := os.Create(name + partSuffix)
	if err != nil {
		return err
	}
	_, err = part.Write(kept)
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	return errors.Join(os.Rename(part.Name(), name), durable.SyncFolder(filepath.Dir(name)))
}
