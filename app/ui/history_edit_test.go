package ui

import (
	"testing"
	"time"

	"sparrow/wasm/protocol"
)

// TestAChangeIsOfWhatHoldsNow: a control of a line that was drawn before a change takes back what holds after it.
func TestAChangeIsOfWhatHoldsNow(t *testing.T) {
	p := &historyPageView{items: []said{{id: "1"}, {id: "2"}}}
	drawn := &p.items[1]
	p.items = []said{{id: "2", note: protocol.Entry{ID: "2", Action: protocol.Note, Text: "two"}}}
	if got := p.latest(drawn); got.note.Text != "two" {
		t.Errorf("the note is %q", got.note.Text)
	}
	gone := &said{id: "3"}
	if got := p.latest(gone); got != gone {
		t.Errorf("a line that is gone is that of %q", got.id)
	}
}

// TestDays: a moment's day is that of this device, so that what was said this morning is not of yesterday; a day
// without a time is the same everywhere.
func TestDays(t *testing.T) {
	was := time.Local
	t.Cleanup(func() { time.Local = was })
	evening := int64(20 * 3600) // of 1970-01-01 in UTC
	for _, of := range []struct {
		hours int // ahead of UTC
		at    int64
		want  string
	}{{8, evening, "1970-01-02"}, {0, evening, "1970-01-01"}, {-8, evening + 6*3600, "1970-01-01"}} {
		time.Local = time.FixedZone("", of.hours*3600)
		if got := date(of.at); got != of.want {
			t.Errorf("%d h ahead of UTC %d is of %q, want %q", of.hours, of.at, got, of.want)
		}
		if got := date(noon); got != "1970-01-01" {
			t.Errorf("%d h ahead of UTC a day is %q", of.hours, got)
		}
	}
	if got := date(1); got != "" {
		t.Errorf("no date is %q", got)
	}
}
