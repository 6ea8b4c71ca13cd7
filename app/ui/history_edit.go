package ui

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
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

// dateField draws the field of a line's date. While keys are pressed in it every digit would be a date, the year 1
// or 19 on the way to 1996: what is typed counts when the field is left, or at the Enter key.
func (p *historyPageView) dateField(s *store, it *said, c protocol.Card, scope string) app.UI {
	was := date(it.dated().At)
	take := func(field app.Value) {
		p.typing = ""
		it := p.latest(it)
		partly := field.Get("validity").Get("badInput").Truthy() // some of it was typed, or there is no such day
		if partly || !s.redate(it, field.Get("value").String()) {
			field.Set("value", was)
			s.toast.show(s, s.words.DateFailed, nil)
			s.redraw()
		}
	}
	return void("input", "").Attr("type", "date").Attr("id", "date-"+string(c.ID)).Attr("value", was).Attr("max", date(now())).
		On("keydown", func(ctx app.Context, e app.Event) {
			ctx.PreventUpdate()
			switch e.Get("key").String() {
			case "Enter":
				take(ctx.JSSrc())
			case "Tab", "Shift", "Escape":
			default:
				p.typing = c.ID
			}
		}, app.EventScope(scope)).
		On("change", func(ctx app.Context, _ app.Event) {
			if p.typing != c.ID {
				take(ctx.JSSrc())
			}
		}, app.EventScope(scope)).
		On("blur", func(ctx app.Context, _ app.Event) {
			if p.typing == c.ID {
				take(ctx.JSSrc())
			}
		}, app.EventScope(scope))
}

// inPlace returns the lines of an answer in the order of those that stand, where they are of the same items: while
// one is open no line moves, since somebody may be writing in it.
func (p *historyPageView) inPlace(items []said, cards []protocol.Card) ([]said, []protocol.Card) {
	at := map[catalog.ID]int{}
	for i := range min(len(items), len(cards)) {
		at[cards[i].ID] = i
	}
	if len(at) != len(p.cards) {
		return items, cards
	}
	same, lines := make([]protocol.Card, len(at)), make([]said, len(at))
	for i, c := range p.cards {
		from, is := at[c.ID]
		if !is {
			return items, cards
		}
		same[i], lines[i] = cards[from], items[from]
	}
	return lines, same
}

// redate has the last word on an item be of a day, or of none where text is "", and reports whether text is one of
// them, up to today. Words before it that would be later move to the same moment: they stay before it.
func (s *store) redate(it *said, text string) bool {
	at := int64(protocol.Undated)
	if text != "" {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil || day.Unix() < 0 || text > date(now()) {
			return false
		}
		at = min(day.Unix()+noon, now())
	}
	last := it.dated()
	if last.At == at {
		return true
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
	return true
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
