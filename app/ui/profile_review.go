package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const reviewLines = 20 // that are drawn at once

// review asks for guesses at what the profile holds of other sites' files and the catalog may have, at
// most once for each.
func (p *profilePage) review(s *store) {
	var records []protocol.Record
	var ids []catalog.ID
	for _, it := range byItem(p.entries) {
		r, _, open := recordOf(it.id)
		if _, asked := p.guesses[it.id]; open && !asked && len(ids) < protocol.MostRecords {
			p.guesses[it.id] = nil
			records, ids = append(records, r), append(ids, it.id)
		}
	}
	if len(ids) == 0 {
		return
	}
	s.ask(protocol.Request{Verb: protocol.Match, Records: records}, func(r reply) {
		for i := range min(len(ids), len(r.Shelves)) {
			p.guesses[ids[i]] = r.Shelves[i].Cards
		}
	})
}

// reviewView draws what a file may speak of, with up to three guesses each.
func (p *profilePage) reviewView(s *store) app.UI {
	w := s.words
	var lines []app.UI
	all := 0
	for _, it := range byItem(p.entries) {
		guesses := p.guesses[it.id]
		if len(guesses) == 0 || p.later[it.id] {
			continue
		}
		if all++; all <= reviewLines {
			lines = append(lines, p.guessView(s, it, guesses))
		}
	}
	if all == 0 {
		return nil
	}
	return el("section", "panel",
		txt("h2", "panel-title", fill(w.ReviewTitle, "n", w.number(all))).Attr("id", "review").Attr("tabindex", "-1"),
		txt("p", "muted", w.ReviewText),
		el("ul", "entries review", lines...).Attr("role", "list"))
}

func (p *profilePage) guessView(s *store, it said, guesses []protocol.Card) app.UI {
	w, c := s.words, protocol.Card{ID: it.id}
	scope := strconv.Itoa(s.visit) + "/" + string(it.id)
	buttons := make([]app.UI, 0, len(guesses)+2)
	for _, g := range guesses {
		name := titleOf(g)
		if g.Year > 0 {
			name += " (" + strconv.Itoa(g.Year) + ")"
		}
		buttons = append(buttons, button("button", scope+"/"+string(g.ID), func(app.Context) { p.settleOn(s, it, g.ID) }, app.Text(name)))
	}
	buttons = append(buttons,
		button("button button-quiet", scope+"/none", func(app.Context) { p.settleOn(s, it, turnedDown(it.id)) }, app.Text(w.ReviewNone)),
		button("button button-quiet", scope+"/later", func(app.Context) {
			p.later[it.id] = true
			s.focusSoon("review")
			s.redraw()
		}, app.Text(w.ReviewLater)))
	return el("li", "guess",
		el("span", "entry-text", txt("span", "entry-title", titleOf(c)), txt("span", "entry-meta", w.state(it, c))),
		el("div", "panel-buttons", buttons...).Attr("role", "group").Attr("aria-label", titleOf(c)))
}

// settleOn has what the profile holds of an item count for another id.
func (p *profilePage) settleOn(s *store, it said, id catalog.ID) {
	gone := append(it.before[:len(it.before):len(it.before)], it.opinion, it.watch)
	var old, next []protocol.Entry
	for _, e := range gone {
		if e.Action == "" {
			continue
		}
		old = append(old, e)
		e.ID = id
		next = append(next, e)
	}
	change := func(in, out []protocol.Entry, then func(reply)) {
		s.ask(protocol.Request{Verb: protocol.Import, Entries: in, Without: out}, func(r reply) {
			clear(s.overrides)
			then(r)
			s.refresh()
		})
	}
	change(next, old, func(r reply) {
		anew := r.Entries
		s.replace(old, anew)
		s.toast.show(s, s.words.ReviewDone, func() {
			s.toast.hide()
			change(old, anew, func(reply) { s.replace(anew, old) })
		})
		s.focusSoon("review")
	})
}

// replace has the entries that the last import may take back follow a choice.
func (s *store) replace(old, next []protocol.Entry) {
	was := map[protocol.Entry]bool{}
	for _, e := range old {
		was[e] = true
	}
	left, found := s.anew[:0:0], false
	for _, e := range s.anew {
		if was[e] {
			found = true
		} else {
			left = append(left, e)
		}
	}
	if found {
		s.anew = append(left, next...)
	}
}
