package ui

import (
	"strings"
	"time"

	"sparrow/wasm/protocol"
)

// dated returns the entry whose date an item's line shows: the visitor's last word on it, else the
// one that put it on the watchlist.
func (it *said) dated() protocol.Entry {
	if it.opinion.Action != "" {
		return it.opinion
	}
	return it.watch
}

// redate has the last word on an item be of a day, or of none where text is "". Words before it that
// would be later move to the same moment: they stay before it.
func (s *store) redate(it *said, text string) {
	at := int64(protocol.Undated)
	if text != "" {
		day, err := time.Parse("2006-01-02", text)
		if err != nil || day.Unix() < 0 || day.Unix() > now() {
			s.toast.show(s, s.words.DateFailed, nil)
			s.redraw()
			return
		}
		at = min(day.Unix()+12*3600, now()) // noon is the same day nearly everywhere
	}
	last := it.dated()
	if last.At == at {
		return
	}
	var out, in []protocol.Entry
	for _, e := range append(it.before[:len(it.before):len(it.before)], last) {
		if e.At > at || e == last {
			out = append(out, e)
			e.At = at
			in = append(in, e)
		}
	}
	s.ask(protocol.Request{Verb: protocol.Import, Without: out, Entries: in}, func(r reply) { s.changed(r, s.words.DateDone) })
}

// annotate has an item have a note, or none where text is blank.
func (s *store) annotate(c protocol.Card, it *said, text string) {
	text = strings.TrimSpace(text)
	if text == it.note.Text {
		return
	}
	q := protocol.Request{Verb: protocol.Import}
	if it.note.Action != "" {
		q.Without = []protocol.Entry{it.note}
	}
	if text != "" {
		q.Entries = []protocol.Entry{{ID: c.ID, Action: protocol.Note, At: now(), Text: text}}
	}
	s.ask(q, func(r reply) { s.changed(r, s.words.NoteDone) })
}

// changed says that the profile has changed, or why it has not.
func (s *store) changed(r reply, text string) {
	if r.Error != nil {
		text = r.Error.Text
	}
	s.toast.show(s, text, nil)
	s.refresh()
}
