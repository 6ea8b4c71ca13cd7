//go:build !js

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sparrow/edge/topic"
	"sparrow/wasm/event"
)

// memTopic is a topic in memory, which can be away.
type memTopic struct {
	lock sync.Mutex
	have []topic.Message
	err  error // what it answers, when it is away
	most int   // messages that it takes until it is away; 0 for no bound
}

func (m *memTopic) produce(messages []topic.Message) error {
	m.lock.Lock()
	defer m.lock.Unlock()
	for _, message := range messages {
		if m.most > 0 && len(m.have) >= m.most {
			m.err = errAway
		}
		if m.err != nil {
			return m.err
		}
		m.have = append(m.have, message)
	}
	return nil
}

func (m *memTopic) settle(context.Context) error { return nil }

func (m *memTopic) up(context.Context) error {
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.err
}

func (m *memTopic) set(err error, most int) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.err, m.most = err, most
}

var errAway = errors.New("away")

// sites are those of the messages, in their order; a wish is "erase".
func (m *memTopic) sites(t *testing.T) (names []string) {
	t.Helper()
	m.lock.Lock()
	defer m.lock.Unlock()
	for _, message := range m.have {
		r, err := topic.Read(message.Value)
		if err != nil {
			t.Fatal(err)
		}
		if r.Erase != nil {
			r.Site = "erase"
		}
		names = append(names, r.Site)
	}
	return names
}

// openTopicStore returns a store of a topic and its folder.
func openTopicStore(t *testing.T, m *memTopic, folder string, now func() time.Time, failed func(error)) *topicStore {
	t.Helper()
	return newTopicStore(m, openStore(t, filepath.Join(folder, spillFolder), now), openStore(t, folder, now), failed)
}

// add appends records that must be kept.
func add(t *testing.T, s *topicStore, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := s.Append(t.Context(), site(name)); err != nil {
			t.Fatalf("Append(%s): %v", name, err)
		}
	}
}

// runs lets the replayer run until the end of the test.
func runs(t *testing.T, s *topicStore) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.run(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
}

// until waits for something that must come soon.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func (s *topicStore) wantDisk(t *testing.T, want ...string) {
	t.Helper()
	if got, _ := sites(t, filepath.Dir(s.spill.folder)); !slices.Equal(got, want) {
		t.Errorf("the spill has %q, want %q", got, want)
	}
}

// TestTopicAway: what comes while the topic is away is kept on the disk, and is in
// the topic in its order when that is back, before what comes then.
func TestTopicAway(t *testing.T) {
	m := &memTopic{}
	var said []string
	var lock sync.Mutex
	s := openTopicStore(t, m, t.TempDir(), time.Now, func(err error) { lock.Lock(); defer lock.Unlock(); said = append(said, err.Error()) })
	runs(t, s)
	until(t, "the first replay", func() bool { return !s.away.Load() })
	add(t, s, "1")
	s.wantDisk(t)
	m.set(errAway, 0)
	add(t, s, "2", "3")
	s.wantDisk(t, "2", "3")
	if lock.Lock(); len(said) == 0 || !strings.Contains(said[0], "away; feedback is kept in "+s.spill.folder) {
		t.Errorf("it says %q", said)
	}
	lock.Unlock()
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("Ready while the disk takes records: %v", err)
	}
	m.set(nil, 0)
	until(t, "the replay", func() bool { return !s.away.Load() })
	add(t, s, "4")
	if got, want := m.sites(t), []string{"1", "2", "3", "4"}; !slices.Equal(got, want) {
		t.Errorf("the topic has %q, want %q", got, want)
	}
	s.wantDisk(t)
	if found := segmentFiles(t, filepath.Dir(s.spill.folder)); len(found) > 0 {
		t.Errorf("%v are left", found)
	}
}

// TestReplayInOrder: segments of one hour have names in no order. A replay that
// is cut short begins again with the segment that it was in.
func TestReplayInOrder(t *testing.T) {
	m, clock := &memTopic{err: errAway}, testClock()
	s := openTopicStore(t, m, t.TempDir(), clock.now, func(error) {})
	var want []string
	for i := range 40 {
		r := site(fmt.Sprint(i))
		r.Received = noon + int64(i)
		want = append(want, r.Site)
		if err := s.Append(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if i%4 == 3 {
			s.spill.Roll()
		}
	}
	m.set(nil, 6) // the topic is away again in the middle of the second segment
	if err := s.replay(t.Context()); !errors.Is(err, errAway) || !s.away.Load() {
		t.Errorf("replay = %v, away %v", err, s.away.Load())
	}
	m.set(nil, 0)
	if err := s.replay(t.Context()); err != nil || s.away.Load() {
		t.Errorf("replay = %v, away %v", err, s.away.Load())
	}
	want = slices.Insert(want, 6, "4", "5") // twice, which a reader sees by their ids
	if got := m.sites(t); !slices.Equal(got, want) {
		t.Errorf("the topic has %q, want %q", got, want)
	}
}

// TestSpillOfBefore: what an earlier process left is replayed, but for a torn
// tail, which no one was told is kept. What cannot be read is put aside.
func TestSpillOfBefore(t *testing.T) {
	folder := t.TempDir()
	day := filepath.Join(folder, spillFolder, "events", "2026-11-23")
	if err := os.MkdirAll(day, 0o700); err != nil {
		t.Fatal(err)
	}
	whole := event.AppendSegment(nil, encode(*site("a")))
	write := func(name string, b []byte) {
		if err := os.WriteFile(filepath.Join(day, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("1.seg", append(slices.Clone(whole), whole[:20]...))
	write("2.seg", append(slices.Clone(whole), 0x00, 0x01))
	m := &memTopic{}
	var said []string
	s := openTopicStore(t, m, folder, time.Now, func(err error) { said = append(said, err.Error()) })
	add(t, s, "b")
	if err := s.replay(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := m.sites(t); !slices.Equal(got, []string{"a", "a", "b"}) {
		t.Errorf("the topic has %q", got)
	}
	if len(said) != 1 || !strings.Contains(said[0], "2.seg: 1 parts cannot be read") {
		t.Errorf("it says %q", said)
	}
	left, _ := os.ReadDir(day)
	if len(left) != 1 || left[0].Name() != "2.seg.damaged" {
		t.Errorf("%v are left", left)
	}
}

// TestTopicWishes: a wish is in the topic, and on the disk, where it keeps out
// what is late, also after a restart.
func TestTopicWishes(t *testing.T) {
	m, folder := &memTopic{}, t.TempDir()
	s := openTopicStore(t, m, folder, time.Now, func(error) {})
	if err := s.replay(t.Context()); err != nil {
		t.Fatal(err)
	}
	wish := &event.Record{Site: "s", Received: noon, Erase: &event.Visitor{7}}
	add(t, s, "before")
	for range 2 { // the second is a device that had no answer
		if err := s.Append(t.Context(), wish); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Append(t.Context(), site("late")); err != nil {
		t.Errorf("a late record is refused: %v", err)
	}
	if got := m.sites(t); !slices.Equal(got, []string{"before", "erase"}) {
		t.Errorf("the topic has %q", got)
	}
	if got, _ := sites(t, folder); !slices.Equal(got, []string{"s"}) {
		t.Errorf("the disk has %q, want the wish", got)
	}
}

// TestWishNotKept: a wish that neither the topic nor the disk took is not one that
// is repeated.
func TestWishNotKept(t *testing.T) {
	m := &memTopic{err: errAway}
	s := openTopicStore(t, m, t.TempDir(), time.Now, func(error) {})
	s.spill.Close()
	wish := &event.Record{Site: "s", Received: noon, Erase: &event.Visitor{7}}
	for range 2 {
		if err := s.Append(t.Context(), wish); err == nil {
			t.Error("a wish that is kept nowhere is confirmed")
		}
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("Ready without topic and disk")
	}
	m.set(nil, 0)
	s.away.Store(false)
	if err := s.Ready(t.Context()); err != nil {
		t.Errorf("Ready with a topic: %v", err)
	}
	if err := s.Append(t.Context(), wish); err != nil || !slices.Equal(m.sites(t), []string{"erase"}) {
		t.Errorf("Append = %v, the topic has %q", err, m.sites(t))
	}
}

// TestManyDuringReplay: what comes while the spill is replayed is kept once, as
// long as nothing fails.
func TestManyDuringReplay(t *testing.T) {
	m := &memTopic{}
	s := openTopicStore(t, m, t.TempDir(), time.Now, func(error) {})
	runs(t, s)
	var group sync.WaitGroup
	const senders, each = 8, 50
	for k := range senders {
		group.Go(func() {
			for i := range each {
				if i%10 == 5 {
					s.spillOver()
				}
				add(t, s, fmt.Sprintf("%d-%d", k, i))
			}
		})
	}
	group.Wait()
	until(t, "the replay", func() bool { return !s.away.Load() })
	got := m.sites(t)
	slices.Sort(got)
	if n := len(slices.Compact(got)); n != senders*each || len(m.sites(t)) != n {
		t.Errorf("the topic has %d messages, %d of them different, want %d", len(m.sites(t)), n, senders*each)
	}
}
