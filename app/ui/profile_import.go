package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// patience is how long an import runs before its progress is shown.
const patience = time.Second

// importing is a file that is being taken in.
type importing struct {
	stop     func() // ends its reader
	saved    *found // a copy saved here; nil for a file of another site
	records  []protocol.Record
	found    []protocol.Shelf // parallel to records: what the catalog has for each
	waiting  int              // answers that have not come
	links    []byte           // numbers at film sites; nil for none
	unlinked int              // records that were asked for with links of another catalog
	end      *brought         // what the reader said last; nil until then
	begun    time.Time
}

// importFile takes in the file that was chosen.
func (p *profilePage) importFile(s *store) {
	if file := chosen("import"); file != nil {
		p.bring(s, file)
	}
}

// bring takes a file in. One that is under way goes on.
func (p *profilePage) bring(s *store, file source) {
	if p.reading != nil {
		return
	}
	f := &importing{begun: time.Now()}
	p.reading, p.percent, p.imported, p.remarks, p.offer = f, 0, "", nil, nil
	f.stop = file(func(b brought) { s.run(func() { p.hear(s, f, b) }) })
	s.redraw()
}

// hear takes a message of the reader of f.
func (p *profilePage) hear(s *store, f *importing, b brought) {
	if p.reading != f {
		return // stopped
	}
	switch b.kind {
	case "progress":
		p.progress(s, int(100*b.part))
	case "saved":
		p.readSaved(s, f, b.text)
	case "links":
		f.links = b.bytes
	case "records":
		q, err := protocol.DecodeRequest(b.bytes)
		if err != nil {
			p.end(s, s.words.ImportFailed)
			return
		}
		p.match(s, f, q.Records)
	case "end":
		f.end = &b
		p.settle(s, f)
	case "failed":
		p.end(s, s.words.trouble(b))
	}
}

func (p *profilePage) progress(s *store, percent int) {
	if f := p.reading; f != nil && time.Since(f.begun) > patience {
		p.percent = min(100, percent) + 1
		s.redraw()
	}
}

// end ends the import with what the page says of it.
func (p *profilePage) end(s *store, text string) {
	if f := p.reading; f != nil && f.stop != nil {
		f.stop()
	}
	p.reading, p.imported = nil, text
	s.redraw()
}

// match asks which items records speak of. What has an id and nothing else is that item.
func (p *profilePage) match(s *store, f *importing, records []protocol.Record) {
	from := len(f.records)
	f.records = append(f.records, records...)
	f.found = append(f.found, make([]protocol.Shelf, len(records))...)
	var ask []protocol.Record
	var places []int
	for i := range records {
		r := &records[i]
		if len(r.Titles) == 0 && r.IMDb == 0 && r.TMDB == 0 && r.ID != "" {
			f.found[from+i].Kind = asItIs
			continue
		}
		ask, places = append(ask, *r), append(places, from+i)
	}
	if len(ask) > 0 {
		p.askFor(s, f, ask, places)
	}
}

func (p *profilePage) askFor(s *store, f *importing, records []protocol.Record, places []int) {
	f.waiting++
	s.ask(protocol.Request{Verb: protocol.Match, Records: records, Links: f.links}, func(r reply) {
		f.waiting--
		switch {
		case p.reading != f:
		case r.Error != nil && r.Error.Code == "links": // of another catalog: titles do
			f.links = nil
			f.unlinked += len(records)
			p.askFor(s, f, records, places)
		case r.Error != nil || len(r.Shelves) != len(places):
			p.end(s, s.words.ImportFailed)
		default:
			for i, place := range places {
				f.found[place] = r.Shelves[i]
			}
			p.settle(s, f)
		}
	})
}

// settle takes what a whole file says into the profile, when all of it has come.
func (p *profilePage) settle(s *store, f *importing) {
	if f.end == nil || f.waiting > 0 || p.reading != f {
		return
	}
	entries, count := entriesOf(f.records, f.found, p.entries)
	for i := range f.records {
		if f.found[i].Kind == protocol.MatchDoubtful {
			p.guesses[unmatchedID(&f.records[i])] = f.found[i].Cards
		}
	}
	if f.unlinked > 0 {
		f.end.remarks = append(f.end.remarks, remark{kind: "unlinked", count: f.unlinked})
	}
	p.take(s, entries, func(protocol.Answer) (string, []string) {
		return s.words.imported(len(f.records), count, f.end.formats), s.words.remarkLines(f.end)
	})
}

// take imports entries and shows what say makes of the answer.
func (p *profilePage) take(s *store, entries []protocol.Entry, say func(protocol.Answer) (string, []string)) {
	s.ask(protocol.Request{Verb: protocol.Import, Entries: entries}, func(r reply) {
		if r.Error != nil {
			p.end(s, fill(s.words.ImportMany, "n", s.words.number(mostEntries)))
			return
		}
		text, remarks := say(r.Answer)
		p.end(s, text)
		p.remarks, s.anew = remarks, r.Entries
		clear(s.overrides)
		s.refresh()
	})
}

// takeBack takes the last import back.
func (p *profilePage) takeBack(s *store) {
	gone := s.anew
	s.anew = nil
	s.ask(protocol.Request{Verb: protocol.Import, Without: gone}, func(r reply) {
		if r.Error == nil {
			p.imported, p.remarks = s.words.ImportBack, nil
		}
		clear(s.overrides)
		s.refresh()
	})
}

// readSaved takes in a copy that was saved here, in a goroutine of its own, a batch of lines at
// a time, so that the page goes on drawing and answering meanwhile.
func (p *profilePage) readSaved(s *store, f *importing, text string) {
	f.saved = &found{tell: func(percent int) { s.run(func() { p.progress(s, percent) }) }}
	go func() {
		err := f.saved.read(text)
		s.run(func() { p.finishSaved(s, f, err) })
	}()
}

func (p *profilePage) finishSaved(s *store, f *importing, err error) {
	w := s.words
	switch {
	case p.reading != f:
	case err == errMany:
		p.end(s, fill(w.ImportMany, "n", w.number(mostEntries)))
	case err != nil:
		p.end(s, w.ImportFailed)
	default:
		p.take(s, f.saved.entries, func(a protocol.Answer) (string, []string) {
			items := map[catalog.ID]bool{}
			for i := range f.saved.entries {
				items[f.saved.entries[i].ID] = true
			}
			text := fill(w.ImportDone, "n", w.number(a.Total))
			for _, more := range []struct {
				text string
				n    int
			}{{w.ImportUnknown, len(a.Unknown)}, {w.ImportGone, len(items) - a.Total - len(a.Unknown)}, {w.ImportUnused, f.saved.unused}} {
				if more.n > 0 {
					text = followed(text, fill(more.text, "n", w.number(more.n)))
				}
			}
			return text, nil
		})
	}
}

// stop ends the import that is under way.
func (p *profilePage) stop(s *store) {
	if f := p.reading; f != nil && f.saved != nil {
		f.saved.stopped.Store(true)
	}
	p.end(s, s.words.ImportStopped)
}

// importView draws a file that was offered from outside, how far an import is, with a way to end it, and its outcome.
func (p *profilePage) importView(s *store) app.UI {
	w := s.words
	out := []app.UI{app.Text(p.imported)}
	switch f := p.reading; {
	case f != nil && p.percent > 0:
		out = []app.UI{
			el("progress", "").Attr("aria-label", w.ImportReading).Attr("max", 100).Attr("value", p.percent),
			button("button button-quiet", "stop", func(app.Context) { p.stop(s) }, app.Text(w.ImportStop)),
		}
	case f == nil && p.offer != nil:
		out = []app.UI{
			txt("p", "", fill(w.ImportOffer, "name", p.offer.name)),
			button("button", "offer", func(app.Context) { p.bring(s, p.offer.file) }, app.Text(w.ImportYes)),
			button("button button-quiet", "offer-no", func(app.Context) {
				p.offer = nil
				s.redraw()
			}, app.Text(w.EraseNo)),
		}
	}
	if len(s.anew) > 0 && p.reading == nil {
		out = append(out, button("button button-quiet", "back", func(app.Context) { p.takeBack(s) }, app.Text(w.ImportUndo)))
	}
	view := []app.UI{el("div", "muted import", out...).Attr("role", "status")}
	if len(p.remarks) > 0 {
		lines := make([]app.UI, len(p.remarks))
		for i, line := range p.remarks {
			lines[i] = txt("li", "", line)
		}
		view = append(view, el("ul", "log-lines", lines...).Attr("role", "list"))
	}
	return el("div", "", view...)
}
