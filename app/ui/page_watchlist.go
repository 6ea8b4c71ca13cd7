package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// watchlistPage lists what the visitor keeps for later.
type watchlistPage struct {
	cards  []protocol.Card
	total  int
	sort   string // of protocol.History
	loaded bool
	drawn  pieces
}

const watchlistMost = 500 // cards

func (p *watchlistPage) load(s *store) {
	s.list(protocol.Request{Verb: protocol.History, State: protocol.StateWanted, Sort: p.sort, K: watchlistMost}, len(p.cards) > 0, func(r reply) {
		p.loaded, p.total, p.cards = true, r.Total, nil
		for _, c := range r.Cards {
			if c.Watch { // this catalog knows it
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
	var sorts app.UI
	if len(p.cards) > 1 {
		all := []choice{{usual, w.SortLatest}, {"oldest", w.SortOldest}, {"title", w.SortTitle}, {"year", w.SortNew}}
		if s.history() > 0 {
			all = append(all, choice{"fit", w.SortFit})
		}
		sorts = el("div", "filters", picker("watchlist-sort", w.Sort, orUsual(p.sort), all, func(v string) {
			p.sort = notUsual(v)
			s.moving = true
			s.load()
		}, strconv.Itoa(s.visit)))
	}
	return el("div", "watchlist",
		el("div", "page-head", txt("h1", "page-title", w.Watchlist),
			txt("p", "page-count", when(p.total > 0, fill(w.WatchCount, "n", w.number(p.total))))),
		sorts, body)
}
