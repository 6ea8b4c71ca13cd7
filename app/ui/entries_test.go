//go:build !js

package ui

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/maxence-charriere/go-app/v10/pkg/app"
	"pgregory.net/rapid"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// read reads a file.
func read(text string) (*found, error) {
	f := &found{tell: func(int) {}}
	return f, f.read(text)
}

func TestSavedCopyComesBack(t *testing.T) {
	entries := []protocol.Entry{
		{ID: "6", Action: protocol.Like, At: 900}, {ID: "6", Action: protocol.Rate, Stars: 4.5, At: 1000}, {ID: "6", Action: protocol.Watchlist, At: 950},
		{ID: "7", Action: protocol.Like, At: 1001}, {ID: `<"8">` + "\u2028", Action: protocol.Watchlist, At: 0},
		{ID: "9", Action: protocol.NotInterested, At: 1003}, {ID: "10", Action: protocol.View, At: 1004},
	}
	text := exportEntries(entries)
	if n := strings.Count(text, "\n"); n != 5+5 {
		t.Errorf("%d lines, want one for each of 5 items and 5 around them:\n%s", n, text)
	}
	got, err := read(text)
	if err != nil || got.unused != 0 {
		t.Fatalf("read(%s): %d unused, %v", text, got.unused, err)
	}
	if diff := cmp.Diff(entries, got.entries); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}

// TestFileComesBackByteForByte lets a visitor do anything, save a copy, erase
// everything, bring the copy in and save again: the same bytes, the same list. The
// full check is
//
//	go test ./app/ui -run TestFileComesBackByteForByte -rapid.checks=10000
func TestFileComesBackByteForByte(t *testing.T) {
	planted := enginetest.Parity(60)
	rapid.Check(t, func(t *rapid.T) {
		s := session.New(engine.New(planted))
		ask := func(q protocol.Request) protocol.Answer {
			a := s.Answer(q)
			if a.Error != nil && q.Verb != protocol.Undo {
				t.Fatalf("%s: %s", q.Verb, a.Error.Text)
			}
			return a
		}
		file := func() string { return exportEntries(ask(protocol.Request{Verb: protocol.Profile}).Entries) }
		list := func() protocol.Answer { return ask(protocol.Request{Verb: protocol.Recommend, K: 10}) }
		for range rapid.IntRange(0, 200).Draw(t, "acts") {
			e := protocol.Entry{
				ID: rapid.SampledFrom([]catalog.ID{"1", "2", "3", "4", "5", "6", "7", "8"}).Draw(t, "id"), At: rapid.Int64Range(1, 40).Draw(t, "at"),
				Action: rapid.SampledFrom([]protocol.Action{protocol.Rate, protocol.Like, protocol.Dislike, protocol.NotInterested, protocol.Watchlist, protocol.Clear, protocol.View, protocol.Forget}).Draw(t, "action"),
			}
			if e.Action == protocol.Rate {
				e.Stars = float32(rapid.IntRange(1, 10).Draw(t, "halves")) / 2
			}
			verb := rapid.SampledFrom([]protocol.Verb{protocol.Act, protocol.Act, protocol.Act, protocol.Amend, protocol.Undo}).Draw(t, "verb")
			ask(protocol.Request{Verb: verb, Entries: []protocol.Entry{e}})
		}
		saved, before := file(), list()
		ask(protocol.Request{Verb: protocol.Erase})
		f, err := read(saved)
		if err != nil || f.unused > 0 {
			t.Fatalf("read: %d unused, %v\n%s", f.unused, err, saved)
		}
		ask(protocol.Request{Verb: protocol.Import, Entries: f.entries, Now: 99})
		if again := file(); again != saved {
			t.Fatalf("the second copy differs: -first +second\n%s", cmp.Diff(saved, again))
		}
		if diff := cmp.Diff(before, list()); diff != "" {
			t.Fatalf("list -want +got\n%s", diff)
		}
	})
}

// old is a copy as it was saved before, take-backs included.
const old = `{"format":"sparrow-profile-1","entries":[
 {"movie":"1","action":"like","at":1}, {"movie":"2","action":"rate","stars":3.5,"at":2},
 {"movie":"1","action":"clear","at":3}, {"movie":"none","action":"like","at":4},
 {"movie":"3","action":"watchlist","at":5}, {"movie":"3","action":"watchlist","at":6},
 {"movie":"4","action":"erase","at":7}, {"movie":"5","action":"rate","stars":9,"at":8}, {"movie":6,"action":"like","at":9}
]}`

func TestOldCopiesComeInAndCountWhatIsNotUsed(t *testing.T) {
	s := newStore(local(session.New(engine.New(enginetest.Parity(60)))))
	s.open(parseRoute(at(t, "/profile")))
	p := s.page.(*profilePage)
	bring(s, p, old)
	want := "1 items are in. 1 more are not in this catalogue; they are kept for one that has them. 2 were taken back in the file itself and stay so. 3 lines could not be used."
	if p.imported != want {
		t.Errorf("the page says %q, want %q", p.imported, want)
	}
	if got := byItem(p.entries); len(got) != 2 || got[0].opinion.Stars != 3.5 || got[1].id != "none" {
		t.Errorf("the profile holds %+v, want the rating of 2 and the unknown item", got)
	}
}

// bring imports a copy saved here and waits for the outcome.
func bring(s *store, p *profilePage, text string) {
	tell(s, p, brought{kind: "saved", text: text})
}

// tell has the page hear the messages of a reader, and waits until it has taken the file in or refused it.
func tell(s *store, p *profilePage, messages ...brought) {
	done := make(chan func())
	var hear func(brought)
	p.bring(s, func(h func(brought)) func() { hear = h; return func() {} })
	for _, m := range messages {
		hear(m)
	}
	s.run = func(do func()) { done <- do }
	for p.reading != nil {
		(<-done)()
	}
	s.run = func(do func()) { do() }
}

// TestOtherFilesAreRefusedWithASentence imports what is no profile: the page says
// what is wrong and the profile is what it was.
func TestOtherFilesAreRefusedWithASentence(t *testing.T) {
	many := `{"format":"sparrow-profile-2","items":[` + strings.Repeat(`{"item":"6","action":"rate","stars":4,"at":3},`, mostEntries) + `{"item":"6","action":"rate","stars":4,"at":3}]}`
	for _, test := range []struct {
		name, text string
		want       string // part of what the page says
	}{
		{"JSON of another program", `{"entries":[{"movie":"6","action":"like"}]}`, english.ImportFailed},
		{"a later format", `{"format":"sparrow-profile-3","items":[]}`, english.ImportFailed},
		{"half a file", exportEntries([]protocol.Entry{{ID: "6", Action: protocol.Like}})[:60], english.ImportFailed},
		{"nothing", "", english.ImportFailed},
		{"too many entries", many, "A profile holds 20,000 entries"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStore(local(session.New(engine.New(enginetest.Parity(60)))))
			s.open(parseRoute(at(t, "/profile")))
			p := s.page.(*profilePage)
			s.act(protocol.Card{ID: "1"}, protocol.Like, 0)
			bring(s, p, test.text)
			if !strings.Contains(p.imported, test.want) {
				t.Errorf("the page says %q, want %q", p.imported, test.want)
			}
			if len(p.entries) != 1 {
				t.Errorf("the profile holds %v", p.entries)
			}
		})
	}
}

func TestAnImportCanBeStopped(t *testing.T) {
	s := openAt(t, uitest.Planted(2), "/profile")
	p := s.page.(*profilePage)
	stopped := false
	var hear func(brought)
	p.bring(s, func(h func(brought)) func() { hear = h; return func() { stopped = true } })
	p.stop(s)
	hear(brought{kind: "end"}) // which was under way already
	if p.imported != english.ImportStopped || !stopped || p.reading != nil {
		t.Errorf("the page says %q, want %q; the reader was stopped: %v", p.imported, english.ImportStopped, stopped)
	}
}

// TestProgressIsShown holds that a long import shows a bar and a way to stop it.
func TestProgressIsShown(t *testing.T) {
	s := openAt(t, uitest.Planted(2), "/profile")
	p := s.page.(*profilePage)
	p.reading, p.percent = &importing{}, 40
	html := app.HTMLString(p.importView(s))
	contains(t, html, `<progress`, `value="40"`, english.ImportStop)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(old))
	f.Add([]byte(`{"format":"sparrow-profile-2","items":[{"item":"6","action":"like","at":3,"watchlist":4,"before":[{"action":"view"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := read(string(data))
		if err != nil {
			if err != errUnreadable && err != errMany {
				t.Fatalf("read(%q): %v, which the page has no sentence for", data, err)
			}
			return
		}
		for _, e := range got.entries {
			if !valid(&e) {
				t.Fatalf("read(%q) gives %+v, which no profile holds", data, e)
			}
		}
	})
}
