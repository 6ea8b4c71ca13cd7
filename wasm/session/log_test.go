package session

import (
	"bytes"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// drawAct draws what a visitor may do to one of twelve items, often within one
// second, sometimes with a clock that was set back.
func drawAct(t *rapid.T) protocol.Entry {
	e := protocol.Entry{
		ID:     rapid.SampledFrom([]catalog.ID{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}).Draw(t, "id"),
		Action: rapid.SampledFrom(append(slices.Clip(actions[:]), protocol.Forget)).Draw(t, "action"),
		At:     rapid.Int64Range(1, 30).Draw(t, "at"),
	}
	if e.Action == protocol.Rate {
		e.Stars = float32(rapid.IntRange(1, 10).Draw(t, "halves")) / 2
	}
	return e
}

// TestExportEraseImport holds that a saved copy brings back what it was saved
// from: after any acts, amendments and undos, export → erase → import → export
// gives the same entries and the same list, also for a second visitor whose
// profile is loaded and for one who imports the copy twice. The full check is
//
//	go test ./wasm/session -run TestExportEraseImport -rapid.checks=10000
func TestExportEraseImport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := parity()
		for range rapid.IntRange(0, 200).Draw(t, "acts") {
			e := drawAct(t)
			switch verb := rapid.SampledFrom([]protocol.Verb{protocol.Act, protocol.Act, protocol.Amend, protocol.Undo}).Draw(t, "verb"); verb {
			case protocol.Undo:
				s.Answer(protocol.Request{Verb: verb})
			default:
				if answer := s.Answer(protocol.Request{Verb: verb, Entries: []protocol.Entry{e}}); answer.Error != nil {
					t.Fatalf("%s %v: %v", verb, e, answer.Error.Text)
				}
			}
		}
		roundTrip(t, s)
	})
}

// TestImportIsExported is TestExportEraseImport for a profile that was imported
// from any file, with items that no catalog knows and take-backs within the file.
func TestImportIsExported(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := parity()
		for range rapid.IntRange(1, 2).Draw(t, "imports") {
			log := drawLog(t, "log")
			for i, e := range log {
				if len(e.ID) == 1 { // the letters of the other catalog become items of this one
					log[i].ID = catalog.ID(rune('1' + e.ID[0] - 'a'))
				}
			}
			s.Answer(protocol.Request{Verb: protocol.Import, Entries: log})
		}
		roundTrip(t, s)
	})
}

func roundTrip(t *rapid.T, s *Session) {
	exported := func(s *Session) protocol.Answer { return s.Answer(protocol.Request{Verb: protocol.Profile}) }
	saved, list, stored := exported(s), forYou(s), s.Profile()
	if s.Answer(protocol.Request{Verb: protocol.Erase}); exported(s).Total != 0 {
		t.Fatalf("%d items after erase", exported(s).Total)
	}
	for range 2 { // importing a second time changes nothing
		if a := s.Answer(protocol.Request{Verb: protocol.Import, Entries: saved.Entries}); a.Error != nil {
			t.Fatalf("import: %v", a.Error.Text)
		}
		if diff := cmp.Diff(saved, exported(s)); diff != "" {
			t.Fatalf("export after import -want +got\n%s", diff)
		}
		if diff := cmp.Diff(list, forYou(s)); diff != "" {
			t.Fatalf("list after import -want +got\n%s", diff)
		}
	}
	loaded, _ := parity()
	if err := loaded.Load(stored); err != nil {
		t.Fatalf("load: %v", err)
	}
	if diff := cmp.Diff(saved, exported(loaded)); diff != "" {
		t.Fatalf("export of the stored profile -want +got\n%s", diff)
	}
	if diff := cmp.Diff(list, forYou(loaded)); diff != "" {
		t.Fatalf("list of the stored profile -want +got\n%s", diff)
	}
}

// TestWhatWasTakenBackIsGone looks for an item in everything that a session
// keeps or says of a profile after it was taken back.
func TestWhatWasTakenBackIsGone(t *testing.T) {
	for _, test := range []struct {
		name string
		acts []protocol.Action
	}{
		{"a like, cleared", []protocol.Action{protocol.Like, protocol.Clear}},
		{"two opinions, cleared", []protocol.Action{protocol.Like, protocol.Dislike, protocol.Clear}},
		{"the watchlist, twice", []protocol.Action{protocol.Watchlist, protocol.Watchlist}},
		{"all of it, forgotten", []protocol.Action{protocol.View, protocol.Like, protocol.Watchlist, protocol.NotInterested, protocol.Forget}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, _ := parity()
			do(t, s, "2", protocol.Like, 0, 1)
			list, stored := forYou(s), s.Profile()
			for _, a := range test.acts {
				do(t, s, "59", a, 0, 2)
			}
			if !bytes.Equal(s.Profile(), stored) {
				t.Errorf("the stored profile is %q, want it without the item: %q", s.Profile(), stored)
			}
			if diff := cmp.Diff(list, forYou(s)); diff != "" {
				t.Errorf("list -want +got\n%s", diff)
			}
			if a := s.Answer(protocol.Request{Verb: protocol.Undo}); a.Error != nil || a.Item == nil || a.Item.ID != "59" || a.Item.Action == "" && !a.Item.Watch {
				t.Errorf("undo right after: %+v, want the item as it was", a)
			}
		})
	}
}

// TestUnknownItemsAreForgotten forgets an item that another catalog knew.
func TestUnknownItemsAreForgotten(t *testing.T) {
	s, _ := parity()
	s.Answer(protocol.Request{Verb: protocol.Import, Entries: []protocol.Entry{entry("elsewhere", protocol.Like, 0, 1), entry("elsewhere", protocol.Watchlist, 0, 2)}})
	a := s.Answer(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{entry("elsewhere", protocol.Forget, 0, 3)}})
	if a.Error != nil || len(s.log) > 0 {
		t.Errorf("forget: %+v, and the profile holds %v", a.Error, s.log)
	}
}

// TestOldProfilesForget loads and imports logs as they were kept before: with
// what was taken back, and the entries that took it back.
func TestOldProfilesForget(t *testing.T) {
	old := []protocol.Entry{
		entry("1", protocol.Rate, 3, 1), entry("2", protocol.Like, 0, 2), entry("3", protocol.Watchlist, 0, 3),
		entry("2", protocol.Clear, 0, 4), entry("3", protocol.Clear, 0, 5), entry("4", protocol.Watchlist, 0, 6),
		entry("4", protocol.Watchlist, 0, 7), entry("1", protocol.Rate, 3.5, 8),
	}
	want := []protocol.Entry{entry("1", protocol.Rate, 3, 1), entry("1", protocol.Rate, 3.5, 8)}
	loaded, _ := parity()
	if err := loaded.Load(encode(old)); err != nil {
		t.Fatal(err)
	}
	imported, _ := parity()
	if a := imported.Answer(protocol.Request{Verb: protocol.Import, Entries: old}); a.Total != 1 || len(a.Unknown) > 0 {
		t.Errorf("import counts %d items and %v, want 1 and none", a.Total, a.Unknown)
	}
	for name, s := range map[string]*Session{"loaded": loaded, "imported": imported} {
		if diff := cmp.Diff(want, s.Answer(protocol.Request{Verb: protocol.Profile}).Entries); diff != "" {
			t.Errorf("%s: entries -want +got\n%s", name, diff)
		}
	}
}

// TestOneGestureIsOneEntry amends a rating: the last value alone is kept, and
// undo goes back to before the gesture.
func TestOneGestureIsOneEntry(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Watchlist, 0, 1)
	do(t, s, "1", protocol.Rate, 2, 2)
	before := s.Profile()
	amend := func(a protocol.Action, stars float32) {
		t.Helper()
		if answer := s.Answer(protocol.Request{Verb: protocol.Amend, Entries: []protocol.Entry{entry("1", a, stars, 3)}}); answer.Error != nil {
			t.Fatalf("amend: %s", answer.Error.Text)
		}
	}
	do(t, s, "1", protocol.Rate, 2.5, 3)
	for _, stars := range []float32{3, 3.5, 4} {
		amend(protocol.Rate, stars)
	}
	want := []protocol.Entry{entry("1", protocol.Watchlist, 0, 1), entry("1", protocol.Rate, 2, 2), entry("1", protocol.Rate, 4, 3)}
	if diff := cmp.Diff(want, s.log); diff != "" {
		t.Errorf("log after a gesture -want +got\n%s", diff)
	}
	if s.Answer(protocol.Request{Verb: protocol.Undo}); !bytes.Equal(s.Profile(), before) {
		t.Errorf("after undo %v, want what was before the gesture", s.log)
	}

	do(t, s, "2", protocol.Rate, 1, 4) // no rating before: down to none again
	s.Answer(protocol.Request{Verb: protocol.Amend, Entries: []protocol.Entry{entry("2", protocol.Clear, 0, 5)}})
	if !bytes.Equal(s.Profile(), before) {
		t.Errorf("after a gesture that ends without stars %v", s.log)
	}
	do(t, s, "2", protocol.Like, 0, 6)
	amend(protocol.Rate, 5) // of another item than the last act's: a new entry
	if n := len(s.log); n != 4 {
		t.Errorf("%d entries, want 4: an amendment of another item is an act: %v", n, s.log)
	}
}

// TestUndoBesideAnotherTab loads what another tab has stored between an act and
// its undo: only the act is taken back.
func TestUndoBesideAnotherTab(t *testing.T) {
	s, _ := parity()
	do(t, s, "1", protocol.Like, 0, 1)
	do(t, s, "2", protocol.Like, 0, 2)
	do(t, s, "1", protocol.Forget, 0, 3)
	other, _ := parity()
	if err := other.Load(s.Profile()); err != nil {
		t.Fatal(err)
	}
	do(t, other, "3", protocol.Like, 0, 4)
	if err := s.Load(other.Profile()); err != nil {
		t.Fatal(err)
	}
	s.Answer(protocol.Request{Verb: protocol.Undo})
	want := []protocol.Entry{entry("1", protocol.Like, 0, 1), entry("2", protocol.Like, 0, 2), entry("3", protocol.Like, 0, 4)}
	if diff := cmp.Diff(want, s.log); diff != "" {
		t.Errorf("log -want +got\n%s", diff)
	}

	do(t, s, "2", protocol.Forget, 0, 5)
	if err := s.Load(encode(nil)); err != nil { // the other tab erases everything
		t.Fatal(err)
	}
	if a := s.Answer(protocol.Request{Verb: protocol.Undo}); a.Error == nil || len(s.log) > 0 {
		t.Errorf("undo after erasing brings back %v", s.log)
	}
}
