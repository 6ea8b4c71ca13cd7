package session

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// kept is what a browser keeps of a session, and the list that it makes.
type kept struct {
	profile, notes []byte
	list           []protocol.Card
}

func keptOf(s *Session) kept {
	one := *s
	one.steps = nil
	return kept{s.Profile(), one.Journal(), forYou(s)}
}

// TestBackToAnyPoint does random acts, imports, notes and undos, each in a page of its own that
// loads what the one before kept, goes back to before any of the steps, and forth again: bytes and
// list are those of that moment.
func TestBackToAnyPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := parity()
		before := map[int64]kept{}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			was, last := keptOf(s), lastStep(s)
			switch q := (protocol.Request{Now: 40}); rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				q.Verb, q.Entries = protocol.Import, drawLog(t, "file")
				s.Answer(q)
			case 1:
				q.Verb, q.Without = protocol.Import, s.notes
				if rapid.Bool().Draw(t, "noted") {
					q.Entries = []protocol.Entry{{ID: "3", Action: protocol.Note, At: rapid.Int64Range(1, 30).Draw(t, "at"), Text: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "text")}}
				}
				if a := s.Answer(q); a.Error != nil {
					t.Fatal(a.Error.Text)
				}
			case 2:
				if n := len(s.steps); n > 0 {
					q.Verb, q.Step = protocol.Undo, s.steps[rapid.IntRange(0, n-1).Draw(t, "step")].id
					q.Back = rapid.Bool().Draw(t, "back")
					if a := s.Answer(q); a.Error != nil {
						t.Fatalf("take back %d: %s", q.Step, a.Error.Text)
					}
				}
			default:
				s.Answer(protocol.Request{Verb: protocol.Act, Now: 40, Entries: []protocol.Entry{drawAct(t)}})
			}
			if lastStep(s) != last {
				before[lastStep(s)] = was
			} else if diff := cmp.Diff(was, keptOf(s), cmp.AllowUnexported(kept{})); diff != "" {
				t.Fatalf("changed without a step: -before +after\n%s", diff)
			}
			next, _ := parity()
			if err := next.Load(s.Profile()); err != nil {
				t.Fatal(err)
			}
			if err := next.LoadJournal(s.Journal()); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(next.Journal(), s.Journal()) {
				t.Fatal("the journal that was loaded is another one")
			}
			s = next
		}
		if len(s.steps) == 0 {
			return
		}
		here := keptOf(s)
		id := s.steps[rapid.IntRange(0, len(s.steps)-1).Draw(t, "point")].id
		s.Answer(protocol.Request{Verb: protocol.Undo, Step: id, Back: true})
		if diff := cmp.Diff(before[id], keptOf(s), cmp.AllowUnexported(kept{})); diff != "" {
			t.Fatalf("back to before step %d: -then +now\n%s", id, diff)
		}
		if before[id].equal(here) {
			return // which is no step
		}
		s.Answer(protocol.Request{Verb: protocol.Undo, Step: lastStep(s)})
		if diff := cmp.Diff(here, keptOf(s), cmp.AllowUnexported(kept{})); diff != "" {
			t.Fatalf("and forth again: -then +now\n%s", diff)
		}
	})
}

func (a kept) equal(b kept) bool {
	return bytes.Equal(a.profile, b.profile) && bytes.Equal(a.notes, b.notes)
}

func lastStep(s *Session) int64 {
	if n := len(s.steps); n > 0 {
		return s.steps[n-1].id
	}
	return 0
}

// TestOneStepAloneIsTakenBack: what was said since stays.
func TestOneStepAloneIsTakenBack(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 1)
	do(t, s, "2", protocol.Like, 0, 2)
	do(t, s, "1", protocol.Rate, 4, 3)
	s.Answer(protocol.Request{Verb: protocol.Undo, Step: 1})
	want := []protocol.Entry{entry("2", protocol.Like, 0, 2), entry("1", protocol.Rate, 4, 3)}
	if diff := cmp.Diff(want, s.log); diff != "" {
		t.Errorf("log -want +got\n%s", diff)
	}
	do(t, s, "2", protocol.Forget, 0, 4)
	do(t, s, "2", protocol.Watchlist, 0, 5)
	s.Answer(protocol.Request{Verb: protocol.Undo, Step: 5}) // the forgetting: the like is there again
	want = []protocol.Entry{entry("2", protocol.Like, 0, 2), entry("1", protocol.Rate, 4, 3), entry("2", protocol.Watchlist, 0, 5)}
	if diff := cmp.Diff(want, s.log); diff != "" {
		t.Errorf("log after forgetting was taken back -want +got\n%s", diff)
	}
}

// TestStepsAreTold lists steps with their first item and what changed of it.
func TestStepsAreTold(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Rate, 4, 1)
	s.Answer(protocol.Request{Verb: protocol.Import, Now: 9, Entries: []protocol.Entry{entry("2", protocol.Like, 0, 2), entry("3", protocol.Like, 0, 3)}})
	s.Answer(protocol.Request{Verb: protocol.Act, Now: 10, Entries: []protocol.Entry{{ID: "1", Action: protocol.Forget, At: 10}}})
	a := s.Answer(protocol.Request{Verb: protocol.Steps, K: 2})
	want := []protocol.Step{
		{ID: 3, At: 10, Items: 1, Gone: []protocol.Entry{entry("1", protocol.Rate, 4, 1)}},
		{ID: 2, At: 9, Items: 2, Came: []protocol.Entry{entry("2", protocol.Like, 0, 2)}},
	}
	if diff := cmp.Diff(want, a.Steps); diff != "" || a.Total != 3 {
		t.Errorf("%d steps; -want +got\n%s", a.Total, diff)
	}
	if diff := cmp.Diff([]catalog.ID{"1", "2"}, ids(a.Cards)); diff != "" {
		t.Errorf("cards -want +got\n%s", diff)
	}
	s.Answer(protocol.Request{Verb: protocol.LoseSteps})
	if a := s.Answer(protocol.Request{Verb: protocol.Steps}); a.Total != 0 || s.Journal() != nil {
		t.Errorf("%d steps after they were forgotten, and a journal of %d bytes", a.Total, len(s.Journal()))
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Undo, Step: 2}); a.Error == nil || !strings.Contains(a.Error.Text, "no such step") {
		t.Errorf("a forgotten step: %+v", a.Error)
	}
}

// TestStepsAreBounded: 200 of them, thirty days, a megabyte.
func TestStepsAreBounded(t *testing.T) {
	s, _ := parity()
	for i := range 250 {
		do(t, s, "1", protocol.Watchlist, 0, int64(i+1))
	}
	if n := len(s.steps); n != mostSteps || s.steps[0].id != 51 {
		t.Errorf("%d steps from %d on, want %d from 51", n, s.steps[0].id, mostSteps)
	}
	s.Answer(protocol.Request{Verb: protocol.Act, Now: oldestSteps + 1, Entries: []protocol.Entry{entry("2", protocol.Like, 0, 0)}})
	if n := len(s.steps); n != 1 {
		t.Errorf("%d steps, want one: the others are older than thirty days", n)
	}
	note := protocol.Entry{ID: "1", Action: protocol.Note, At: 1}
	for i := range 150 { // each takes a note of 4,000 bytes away and brings one
		note.Text = strings.Repeat(string(rune('a'+i%26)), maxNote)
		note.At = oldestSteps + int64(i)
		if a := s.Answer(protocol.Request{Verb: protocol.Import, Now: oldestSteps + 2, Entries: []protocol.Entry{note}}); a.Error != nil {
			t.Fatal(a.Error.Text)
		}
	}
	if n := len(s.Journal()); n > mostBytes+maxNote*2 || len(s.steps) < 100 {
		t.Errorf("a journal of %d bytes, %d steps", n, len(s.steps))
	}
}

// TestAnOlderProgramChangesTheProfile: one that knows no journal goes on with the log. The notes
// stay, the steps, which lead to another log, do not.
func TestAnOlderProgramChangesTheProfile(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 1)
	s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{{ID: "1", Action: protocol.Note, At: 2, Text: "with Mia"}}})
	old, _ := parity()
	if err := old.Load(s.Profile()); err != nil {
		t.Fatal(err)
	}
	do(t, old, "2", protocol.Like, 0, 3)
	if err := s.Load(old.Profile()); err != nil {
		t.Fatal(err)
	}
	journal := keptJournal(t, "1")
	if err := s.LoadJournal(journal); err != nil {
		t.Fatal(err)
	}
	if len(s.steps) != 0 || len(s.notes) != 1 || len(s.log) != 2 {
		t.Errorf("%d steps, notes %v, log %v", len(s.steps), s.notes, s.log)
	}
}

// keptJournal returns the journal of a profile with a like of an item and a note on it.
func keptJournal(t *testing.T, id catalog.ID) []byte {
	s, _ := parity()
	do(t, s, id, protocol.Like, 0, 1)
	s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{{ID: id, Action: protocol.Note, At: 2, Text: "with Mia"}}})
	return s.Journal()
}

// FuzzJournal: no panic, what was loaded is kept as it is, and each step can be asked to be taken back.
func FuzzJournal(f *testing.F) {
	s, _ := parity()
	s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{entry("1", protocol.Like, 0, 1)}})
	s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{{ID: "1", Action: protocol.Note, At: 2, Text: "n"}}})
	f.Add(s.Journal())
	f.Add([]byte{})
	profile := s.Profile()
	f.Fuzz(func(t *testing.T, data []byte) {
		s, _ := parity()
		if err := s.Load(profile); err != nil {
			t.Fatal(err)
		}
		if s.LoadJournal(data) != nil {
			if len(s.notes)+len(s.steps) > 0 {
				t.Fatal("something of a journal that cannot be read")
			}
			return
		}
		again := s.Journal()
		if err := s.LoadJournal(again); err != nil || !bytes.Equal(again, s.Journal()) {
			t.Fatalf("%x became %x, %v", again, s.Journal(), err)
		}
		for i := len(s.steps) - 1; i >= 0; i-- {
			s.Answer(protocol.Request{Verb: protocol.Undo, Step: s.steps[i].id, Back: true})
			if _, err := decode(s.Profile()); err != nil {
				t.Fatalf("a step made a profile that cannot be read: %v", err)
			}
		}
	})
}
