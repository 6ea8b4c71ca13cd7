package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// searchPage lists the titles that match a query.
type searchPage struct {
	query  string
	cards  []protocol.Card
	layers []string
	loaded bool
	drawn  pieces
}

func (p *searchPage) load(s *store) {
	if p.query == "" {
		p.loaded = true
		return
	}
	s.ask(protocol.Request{Verb: protocol.Search, Query: p.query, K: searchResults}, func(r reply) {
		p.cards, p.layers, p.loaded = r.Cards, r.Layers, true
		p.drawn.grow(s, p, len(p.cards), gridPiece)
	})
}

func (p *searchPage) title(w *words) string {
	if p.query == "" {
		return w.Search
	}
	return fill(w.SearchFor, "query", p.query)
}

func (p *searchPage) about(w *words) string { return w.About }

func (p *searchPage) view(s *store) app.UI {
	w := s.words
	var body app.UI
	switch {
	case !p.loaded:
		body = skeletons(w, "grid", 6)
	case len(p.cards) == 0:
		body = emptyState("search", w.SearchNone, w.SearchNoneHint, linkButton(Address(s.route.lang, "/browse"), w.BrowseAll))
	default:
		body = p.drawn.grid(s, listSearch, p.layers, p.cards)
	}
	return el("div", "results",
		el("div", "page-head", txt("h1", "page-title", p.title(w)),
			txt("p", "page-count", when(p.loaded, fill(searchCount(w, len(p.cards)), "n", w.number(len(p.cards)))))),
		body)
}

// searchCount returns the words for n results: as many as are asked for need not be all.
func searchCount(w *words, n int) string {
	if n == searchResults {
		return w.SearchFirst
	}
	return w.SearchCount
}
