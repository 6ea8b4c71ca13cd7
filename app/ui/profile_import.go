package ui

import (
	"errors"
	"io"
	"sync/atomic"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// reading is an import under way. The file is read in parts by a goroutine of its
// own, so that the page goes on drawing and answering meanwhile.
type reading struct {
	file    io.Reader
	begun   time.Time
	shown   time.Time // when its progress was drawn last
	done    int
	total   int
	stopped atomic.Bool
	tell    func(done int) // draws progress
}

// patience is how long an import runs before its progress is shown.
const patience = time.Second

func (r *reading) Read(p []byte) (int, error) {
	if r.stopped.Load() {
		return 0, errStopped
	}
	n, err := r.file.Read(p[:min(len(p), chunk)])
	r.done += n
	if now := time.Now(); now.Sub(r.begun) > patience && now.Sub(r.shown) > patience/5 {
		r.shown = now
		r.tell(r.done)
	}
	return n, err
}

// importFile reads the file that was chosen and hands what it holds to the engine.
func (p *profilePage) importFile(s *store) {
	file, size := chosenFile("import")
	if file == nil || p.reading != nil {
		return
	}
	p.read(s, file, size)
}

func (p *profilePage) read(s *store, file io.Reader, size int) {
	w := s.words
	if size > mostBytes {
		p.tellImport(s, fill(w.ImportLarge, "size", w.size(float64(size)), "most", w.size(mostBytes)))
		return
	}
	r := &reading{file: file, begun: time.Now(), total: size}
	r.tell = func(done int) {
		s.run(func() {
			p.progress = done
			s.redraw()
		})
	}
	p.reading, p.progress, p.imported = r, 0, ""
	go func() {
		f, err := readProfile(r)
		s.run(func() { p.finishReading(s, f, err) })
	}()
}

func (p *profilePage) finishReading(s *store, f found, err error) {
	w := s.words
	p.reading = nil
	var columns columnsError
	switch {
	case errors.As(err, &columns):
		p.tellImport(s, fill(w.ImportColumns, "found", w.columnList(columns.found)))
		return
	case err == errStopped:
		p.tellImport(s, w.ImportStopped)
		return
	case err == errMany:
		p.tellImport(s, fill(w.ImportMany, "n", w.number(mostEntries)))
		return
	case err != nil:
		p.tellImport(s, w.ImportFailed)
		return
	}
	s.ask(protocol.Request{Verb: protocol.Import, Entries: f.entries}, func(r reply) {
		if r.Error != nil {
			p.imported = fill(w.ImportMany, "n", w.number(mostEntries))
			return
		}
		items := map[catalog.ID]bool{}
		for _, e := range f.entries {
			items[e.ID] = true
		}
		p.imported = fill(w.ImportDone, "n", w.number(r.Total))
		add := func(text string, n int) {
			if n > 0 {
				p.imported += " " + fill(text, "n", w.number(n))
			}
		}
		add(w.ImportUnknown, len(r.Unknown))
		add(w.ImportGone, len(items)-r.Total-len(r.Unknown))
		add(w.ImportUnused, f.unused)
		clear(s.overrides)
		s.refresh()
	})
}

// tellImport shows the outcome of an import that changed nothing.
func (p *profilePage) tellImport(s *store, text string) {
	p.imported = text
	s.redraw()
}

// importView draws how far an import is, with a way to end it, and its outcome.
func (p *profilePage) importView(s *store) app.UI {
	w := s.words
	out := []app.UI{app.Text(p.imported)}
	if p.reading != nil && p.progress > 0 {
		out = []app.UI{
			app.Text(w.ImportReading),
			el("progress", "").Attr("aria-label", w.ImportReading).Attr("max", p.reading.total).Attr("value", p.progress),
			button("button button-quiet", "stop", func(app.Context) {
				if p.reading != nil {
					p.reading.stopped.Store(true)
				}
			}, app.Text(w.ImportStop)),
		}
	}
	return el("div", "muted import", out...).Attr("role", "status")
}
