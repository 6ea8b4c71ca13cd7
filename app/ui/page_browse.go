package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

const (
	browsePage1 = 36  // how many items a page of the catalog shows first
	mostDecades = 12  // what the filter offers, of the newest
	mostFacets  = 200 // values of a column that it offers
)

// browsePage is the whole catalog, or a part of it, with filters. What is
// chosen is in the address.
type browsePage struct {
	by      narrowed
	within  page // the page that it is a part of; nil for none
	cards   []protocol.Card
	genres  []protocol.GenreCount
	columns []column // those that narrow the catalogue down, beside genres and years, and those of ranges
	layers  []string
	total   int
	failed  *protocol.Error // a column that there is none of, in the address
	loaded  bool
	drawn   pieces
}

func newBrowsePage(r route) *browsePage { return &browsePage{by: narrowedBy(r)} }

func (p *browsePage) page() page {
	if p.within != nil {
		return p.within
	}
	return p
}

func (p *browsePage) load(s *store) {
	names, any := p.by.asks()
	first := len(p.by.spans)+len(p.by.notes.strays) > 0 // which of them are of what the catalog has is to be known before the list is
	if !first {
		p.list(s)
	}
	if any {
		s.ask(protocol.Request{Verb: protocol.Columns, Query: names, K: mostFacets}, func(r reply) {
			p.columns = columnsIn(r.Values)
			p.by.check(p.columns)
			if first {
				p.list(s)
			}
		})
	}
	s.ask(protocol.Request{Verb: protocol.Open}, func(r reply) {
		p.genres = r.Genres
		if r.Status != nil {
			s.status = r.Status
		}
	})
}

// list asks for the first items.
func (p *browsePage) list(s *store) {
	q := p.by.request()
	q.K = max(q.K, len(p.cards))
	s.ask(q, func(r reply) {
		p.cards, p.layers, p.total, p.failed, p.loaded = r.Cards, r.Layers, r.Total, r.Error, true
		p.drawn.follow(s, p.page(), r, len(p.cards), gridPiece)
	})
}

func (p *browsePage) title(w *words) string {
	all := p.by.parts(w)
	switch decade := p.by.decade() > 0; {
	case len(all) == 0, len(all) == 1 && decade:
		return w.BrowseAll
	case len(all) == 2 && decade && len(p.by.with) == 1:
		return w.genre(p.by.with[0])
	}
	return p.by.says(w)
}

func (p *browsePage) about(w *words) string {
	text := p.title(w)
	for i, c := range p.cards[:min(6, len(p.cards))] {
		if i == 0 {
			text += ": "
		} else {
			text += w.join
		}
		text += c.Title
	}
	return text
}

func (p *browsePage) view(s *store) app.UI {
	w := s.words
	head := []app.UI{
		txt("h1", "page-title", p.title(w)),
		txt("p", "page-count", when(p.loaded && p.failed == nil, w.found(p.total))),
	}
	return el("div", "browse", append([]app.UI{el("div", "page-head", head...)}, p.body(s)...)...)
}

// body draws all but the heading: how the catalogue is narrowed down, and its items.
func (p *browsePage) body(s *store) (body []app.UI) {
	w, lang := s.words, s.route.lang
	if parts := p.by.parts(w); len(parts) > 1 || p.by.words != "" || len(p.by.is)+len(p.by.spans) > 0 {
		body = append(body, p.said(s, parts))
	}
	if remarks := p.remarks(w); remarks != "" {
		body = append(body, txt("p", "said-rest", remarks))
	}
	if byGenre {
		body = append(body, p.genreChips(s))
	}
	if chips := p.yesChips(s); chips != nil {
		body = append(body, chips)
	}
	body = append(body, el("div", "filters", p.filters(s)...))
	switch {
	case p.failed != nil:
		body = append(body, emptyState("card", w.NoneFound, p.failed.Text, linkButton(Address(lang, "/browse"), w.BrowseAll)))
	case p.loaded && len(p.cards) == 0:
		body = append(body, emptyState("card", w.NoneFound, "", linkButton(Address(lang, "/browse"), w.BrowseAll)))
	case len(p.cards) == 0:
		body = append(body, skeletons(w, "grid", 18))
	default:
		body = append(body, p.drawn.grid(s, listBrowse, p.layers, p.cards))
	}
	if len(p.cards) > 0 && len(p.cards) < p.total {
		body = append(body, el("p", "more", button("button", strconv.Itoa(s.visit), func(app.Context) { p.more(s) }, app.Text(w.More))))
	}
	return body
}

// more appends the next items.
func (p *browsePage) more(s *store) {
	q := p.by.request()
	q.Offset = len(p.cards)
	s.ask(q, func(r reply) {
		p.cards = append(p.cards[:len(p.cards):len(p.cards)], r.Cards...)
		p.drawn.follow(s, p.page(), r, len(p.cards), gridPiece)
	})
}
