//go:build !js

package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"sparrow/edge/durable"
	"sparrow/wasm/event"
)

// maxSegment is how many bytes a segment has before the next is begun: so many
// are written again when one visitor in it is forgotten.
const maxSegment = 32 << 20

// diskStore appends records to segments in a folder, a new file for each
// process and hour and maxSegment bytes, of which there is one at a time:
// <folder>/events/2026-11-23/15-20261123T150405Z-1a2b3c4d.seg. Records that
// come while the disk is busy share its next write and its next fsync. After a
// failed write the file is left as it was and another is begun; while writes
// keep failing, the disk is left alone between tries.
type diskStore struct {
	folder  string
	now     func() time.Time
	started string // of this process, in the names of its files

	lock    *os.File               // held as long as the store is open
	wishes  *wishes                // of visitors who are to be forgotten
	active  atomic.Pointer[string] // the file that is written to
	waiting chan request
	closing sync.Once
	closed  chan struct{}  // closed by Close
	writer  sync.WaitGroup // of the one goroutine that writes

	// The writer's own; current is nil when the next record begins a file.
	current *os.File
	hour    string // of current
	size    int64  // bytes of current that are acknowledged
	room    room
	good    time.Time // when the disk last took something
	bad     setback
	trouble error // why it did not
}

// request is a record that waits to be written, a wish to begin a new file, or
// the question whether the disk takes records.
type request struct {
	record *event.Record
	raw    []byte // of record
	roll   bool
	done   chan error
}

var errClosed = errors.New("the store is closed")

func newDiskStore(folder string, now func() time.Time) (*diskStore, error) {
	if err := os.MkdirAll(filepath.Join(folder, "events"), 0o700); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	lock, err := durable.Lock(filepath.Join(folder, "lock"), time.Second)
	if err != nil {
		return nil, fmt.Errorf("store: %s: is another edge running on it? %w", folder, err)
	}
	s := &diskStore{
		folder: filepath.Join(folder, "events"), now: now, started: now().UTC().Format("20060102T150405Z"),
		lock: lock, wishes: newWishes(), waiting: make(chan request), closed: make(chan struct{}),
		bad: setback{most: 10 * time.Second}, room: room{folder: folder},
	}
	s.writer.Go(s.run)
	return s, nil
}

// Append implements store. It returns when the record is on the disk, also
// when ctx has ended meanwhile: what was written is written.
func (s *diskStore) Append(_ context.Context, record *event.Record) error {
	if v := record.Erase; v != nil && s.wishes.repeated(*v, record.Received) {
		return nil
	}
	return s.ask(request{record: record, raw: encode(*record)})
}

// Ready returns nil when the disk takes records: it has just taken one, or
// takes a file as long as a request's body.
func (s *diskStore) Ready(context.Context) error { return s.ask(request{}) }

// writes reports whether the store may still write to a file.
func (s *diskStore) writes(name string) bool {
	active := s.active.Load()
	return active != nil && *active == name
}

// Roll ends the current file, so that it is written no more.
func (s *diskStore) Roll() error { return s.ask(request{roll: true}) }

func (s *diskStore) ask(r request) error {
	r.done = make(chan error, 1)
	select {
	case s.waiting <- r:
		return <-r.done
	case <-s.closed:
		return errClosed
	}
}

// Close finishes the write under way and ends the current file. It may be
// called again.
func (s *diskStore) Close() {
	s.closing.Do(func() {
		close(s.closed)
		s.writer.Wait()
		s.lock.Close()
	})
}

// maxGroup bounds the records that share a write.
const maxGroup = 256

func (s *diskStore) run() {
	defer s.end()
	for {
		select {
		case <-s.closed:
			return
		case first := <-s.waiting:
			s.serve(s.group(first))
		}
	}
}

// group returns first and the requests that wait already.
func (s *diskStore) group(first request) []request {
	group := []request{first}
	for len(group) < maxGroup {
		select {
		case r := <-s.waiting:
			group = append(group, r)
		default:
			return group
		}
	}
	return group
}

// serve writes the records of a group and answers all.
func (s *diskStore) serve(group []request) {
	var segment []byte
	roll, asked := false, false
	full := make(map[int]error) // requests for which there is no room
	for i, r := range group {
		switch {
		case r.roll:
			roll = true
		case r.record == nil:
			asked = true
			if err := s.room.takes(event.MaxBody, s.now()); err != nil {
				full[i] = err
			}
		default:
			if r.record.Erase == nil {
				r.raw = s.wishes.forget(r.record, r.raw)
				if err := s.room.takes(len(segment)+len(r.raw), s.now()); err != nil {
					full[i] = err
					continue
				}
			}
			if r.raw != nil {
				segment = event.AppendSegment(segment, r.raw)
			}
		}
	}
	err := s.try(segment, asked)
	if roll {
		s.end()
	}
	for i, r := range group {
		switch {
		case r.roll:
			r.done <- nil
			continue
		case full[i] != nil:
			r.done <- full[i]
			continue
		}
		if err == nil && r.record != nil && r.record.Erase != nil {
			s.wishes.add(*r.record.Erase, r.record.Received)
		}
		r.done <- err
	}
}

// write appends to the current file and waits until the disk has it.
func (s *diskStore) write(segment []byte) error {
	if err := s.open(int64(len(segment))); err != nil {
		return err
	}
	if _, err := s.current.Write(segment); err != nil {
		return err
	}
	if err := s.current.Sync(); err != nil {
		return err
	}
	if !same(s.current, s.current.Name()) { // deleted meanwhile, and all that is written with it
		return errors.New(s.current.Name() + " is gone")
	}
	s.size += int64(len(segment))
	s.room.used += int64(len(segment))
	return nil
}

// undo leaves the current file with what was acknowledged, where the disk
// still lets it, or no file where that is nothing, and never writes to it
// again: after a failed fsync its content is unknown.
func (s *diskStore) undo() {
	if s.current == nil {
		return
	}
	if s.size == 0 {
		os.Remove(s.current.Name())
	} else {
		s.current.Truncate(s.size)
	}
	s.end()
}

func (s *diskStore) end() {
	if s.current != nil {
		s.current.Close()
		s.current = nil
		s.active.Store(nil)
	}
}

// open makes current the file of this hour with room for more bytes, and its
// name durable.
func (s *diskStore) open(more int64) error {
	now := s.now().UTC()
	hour := now.Format("2006-01-02/15")
	if s.current != nil && s.hour == hour && s.size+more <= maxSegment {
		return nil
	}
	s.end()
	var random [4]byte
	rand.Read(random[:])
	name := filepath.Join(s.folder, filepath.FromSlash(hour)+"-"+s.started+"-"+hex.EncodeToString(random[:])+".seg")
	day := filepath.Dir(name)
	if err := os.MkdirAll(day, 0o700); err != nil {
		return err
	}
	s.active.Store(&name)
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		s.active.Store(nil)
		return err
	}
	s.current, s.hour, s.size = file, hour, 0
	return errors.Join(durable.SyncFolder(day), durable.SyncFolder(s.folder))
}
