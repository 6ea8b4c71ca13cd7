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

	"sparrow/wasm/event"
)

// sweeper deletes from the folder of a diskStore what is too old and what
// visitors asked to be forgotten. It reads segments record by record, so that
// it needs a few megabytes whatever is stored. The wishes stand in the segments
// themselves, so those that an earlier process did not get to are found again
// at the next start.
type sweeper struct {
	store  *diskStore
	keep   time.Duration
	failed func(error)
}

const (
	// pause is how long the sweeper sleeps unless a wish wakes it. Then it looks
	// for all wishes again.
	pause = 6 * time.Hour
	// rest is how long it waits at least after each pass, so that the wishes of
	// that time cost one more.
	rest = 5 * time.Second
	// patience is how long it waits at most after passes that failed.
	patience = 10 * time.Minute
)

// run sweeps now, whenever a wish is stored, and every few hours, until ctx
// ends. It takes a tenth of one processor at most, however many wishes come.
func (s *sweeper) run(ctx context.Context) {
	bad := setback{most: patience}
	for {
		begin := time.Now()
		err := s.sweep(ctx)
		if ctx.Err() != nil {
			return
		}
		wait := max(rest, 9*time.Since(begin))
		if err != nil {
			s.failed(err)
			bad.fail(time.Now())
			if !sleep(ctx, max(wait, bad.left(time.Now())), nil) {
				return
			}
			continue
		}
		bad.succeed()
		if !sleep(ctx, wait, nil) {
			return
		}
		begin = time.Now()
		if !sleep(ctx, pause, s.store.wishes.wake) {
			return
		}
		if time.Since(begin) >= pause {
			s.store.wishes.again()
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

// sweep carries out all wishes that it knows of or can find, and deletes what
// is too old. What fails is left for the next time, and ends nothing else.
func (s *sweeper) sweep(ctx context.Context) (err error) {
	fresh, missed := s.store.wishes.take()
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
		if err != nil {
			s.store.wishes.again()
			err = fmt.Errorf("sweep: %w", err)
		}
	}()
	if missed {
		return s.all(ctx)
	}
	return s.pass(ctx, fresh)
}

// all looks for wishes in every segment and carries them out, mostWishes with
// each pass.
func (s *sweeper) all(ctx context.Context) error {
	names, err := s.segments()
	if err != nil {
		return err
	}
	var failures failures
	gone := event.NewForgotten()
	for _, name := range names {
		err := wishesIn(name, func(v event.Visitor, said int64) error {
			s.store.wishes.know(v, said)
			if gone.Add(v, said); gone.Len() < mostWishes {
				return nil
			}
			err := s.pass(ctx, gone)
			gone = event.NewForgotten()
			return err
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		failures.add(err)
	}
	failures.add(s.pass(ctx, gone))
	return failures.err()
}

// pass takes the visitors out of every segment. One that the store still writes
// to is ended only when they are in it.
func (s *sweeper) pass(ctx context.Context, gone *event.Forgotten) error {
	names, err := s.segments()
	if err != nil || gone.Len() == 0 {
		return err
	}
	var failures failures
	for _, name := range names {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		failures.add(s.clean(name, gone))
	}
	return failures.err()
}

func (s *sweeper) clean(name string, gone *event.Forgotten) error {
	active := s.store.writes(name)
	at, err := firstOf(name, gone, active)
	if err != nil || at < 0 {
		return err
	}
	if active {
		if err := s.store.Roll(); err != nil {
			return err
		}
	}
	return rewrite(name, at, gone)
}

// segments lists the segments, oldest first, after deleting those that are too
// old and what an interrupted rewriting left behind.
func (s *sweeper) segments() (names []string, err error) {
	now := s.store.now().UTC()
	first := now.Add(-s.keep).Format(time.DateOnly)
	err = filepath.WalkDir(s.store.folder, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name != s.store.folder {
			return nil // a file that the store took back
		}
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
			if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		case strings.HasSuffix(name, ".seg"):
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// failures keeps the first of many errors.
type failures struct {
	first error
	more  int
}

func (f *failures) add(err error) {
	switch {
	case err == nil:
	case f.first == nil:
		f.first = err
	default:
		f.more++
	}
}

func (f *failures) err() error {
	if f.more == 0 {
		return f.first
	}
	return fmt.Errorf("%w; and %d more", f.first, f.more)
}
