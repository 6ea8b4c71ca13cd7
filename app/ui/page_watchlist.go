package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// watchlistPage lists what the visitor keeps for later.
type watchlistPage struct {
	cards  []protocol.Card
	loaded bool
	drawn  pieces
}

func (p *watchlistPage) load(s *store) {
	s.list(protocol.Request{Verb: protocol.Profile}, len(p.cards) > 0, func(r reply) {
		p.loaded = true
		p.cards = nil
		seen := map[catalog.ID]bool{}
		for i := len(r.Cards) - 1; i >= 0; i-- { // newest first
			if c := r.Cards[i]; c.Watch && !seen[c.ID] {
				seen[c.ID] = true
				p.cards = append(p.cards, c)
			}
		}
		p.drawn.grow(s, p, len(p.cards), gridPiece)
	}, nil)
}

func (p *watchlistPage) title(w *words) string { return w.Watchlist }
func (p *watchlistPage) about(w *words) string { return w.About }

func (p *watchlistPage) view(s *store) app.UI {
	w := s.words
	var body app.UI
	switch {
	case !p.loaded:
		body = skeletons(w, "grid", 6)
	case len(p.cards) == 0:
		body = emptyState("bookmark", w.WatchEmpty, w.WatchEmptyText, linkButton(Address(s.route.lang, "/"), w.GoHome))
	default:
		body = p.drawn.grid(s, listWatchlist, nil, p.cards)
	}
	return el("div", "watchlist",
		el("div", "page-head", txt("h1", "page-title", w.Watchlist),
			txt("p", "page-count", when(len(p.cards) > 0, fill(w.WatchCount, "n", w.number(len(p.cards)))))),
		body)
}
