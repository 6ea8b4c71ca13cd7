package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// patience is how long an import runs before its progress is shown.
const patience = time.Second

// importFile reads the file that was chosen and hands what it holds to the engine.
func (p *profilePage) importFile(s *store) {
	if p.reading == nil {
		readChosen("import", mostBytes, func(text string, size int) { p.read(s, text, size) })
	}
}

// read takes in a file of that size in a goroutine of its own, a batch of lines at
// a time, so that the page goes on drawing and answering meanwhile.
func (p *profilePage) read(s *store, text string, size int) {
	w := s.words
	if size > mostBytes {
		p.imported = fill(w.ImportLarge, "size", w.size(float64(size)), "most", w.size(mostBytes))
		s.redraw()
		return
	}
	f := new(found)
	begun := time.Now()
	f.tell = func(percent int) {
		if time.Since(begun) > patience {
			s.run(func() {
				p.percent = percent + 1
				s.redraw()
			})
		}
	}
	p.reading, p.percent, p.imported = f, 0, ""
	go func() {
		err := f.read(text)
		s.run(func() { p.finishReading(s, err) })
	}()
}

func (p *profilePage) finishReading(s *store, err error) {
	w, f := s.words, p.reading
	p.reading = nil
	full := fill(w.ImportMany, "n", w.number(mostEntries))
	switch err {
	case nil:
	case errStopped:
		p.imported = w.ImportStopped
	case errMany:
		p.imported = full
	default:
		p.imported = w.ImportFailed
		if other, ok := err.(*columnsError); ok {
			p.imported = fill(w.ImportColumns, "found", w.columnList(other.found))
		}
	}
	s.redraw()
	if err != nil {
		return
	}
	s.ask(protocol.Request{Verb: protocol.Import, Entries: f.entries}, func(r reply) {
		if r.Error != nil {
			p.imported = full
			return
		}
		items := map[catalog.ID]bool{}
		for _, e := range f.entries {
			items[e.ID] = true
		}
		p.imported = fill(w.ImportDone, "n", w.number(r.Total))
		for _, more := range []struct {
			text string
			n    int
		}{{w.ImportUnknown, len(r.Unknown)}, {w.ImportGone, len(items) - r.Total - len(r.Unknown)}, {w.ImportUnused, f.unused}} {
			if more.n > 0 {
				p.imported += " " + fill(more.text, "n", w.number(more.n))
			}
		}
		clear(s.overrides)
		s.refresh()
	})
}

// importView draws how far an import is, with a way to end it, and its outcome.
func (p *profilePage) importView(s *store) app.UI {
	w := s.words
	out := []app.UI{app.Text(p.imported)}
	if f := p.reading; f != nil && p.percent > 0 {
		out = []app.UI{
			el("progress", "").Attr("aria-label", w.ImportReading).Attr("max", 100).Attr("value", p.percent),
			button("button button-quiet", "stop", func(app.Context) { f.stopped.Store(true) }, app.Text(w.ImportStop)),
		}
	}
	return el("div", "muted import", out...).Attr("role", "status")
}
