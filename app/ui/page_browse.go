package ui

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

const (
	browsePage1 = 36 // how many items a page of the catalog shows first
	mostDecades = 12 // what the filter offers, of the newest
)

// browsePage is the whole catalog, or one genre of it, with filters. What is
// chosen is in the address.
type browsePage struct {
	ask    protocol.Request
	cards  []protocol.Card
	genres []protocol.GenreCount
	layers []string
	total  int
	loaded bool
	drawn  pieces
}

func newBrowsePage(r route) *browsePage {
	return &browsePage{ask: protocol.Request{
		Verb: protocol.Browse, Genre: r.param, K: browsePage1,
		Decade: atoi(r.query.Get("decade")), Sort: r.query.Get("sort"),
	}}
}

func (p *browsePage) load(s *store) {
	q := p.ask
	q.K = max(q.K, len(p.cards))
	s.ask(q, func(r reply) {
		p.cards, p.layers, p.total, p.loaded = r.Cards, r.Layers, r.Total, true
		p.drawn.follow(s, p, r, len(p.cards), gridPiece)
	})
	s.ask(protocol.Request{Verb: protocol.Open}, func(r reply) {
		p.genres = r.Genres
		if r.Status != nil {
			s.status = r.Status
		}
	})
}

func (p *browsePage) title(w *words) string {
	if p.ask.Genre == "" {
		return w.BrowseAll
	}
	return w.genre(p.ask.Genre)
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

// address returns the address of this page with another genre, decade or order.
func (p *browsePage) address(lang, genre string, decade int, sort string) string {
	path := Address(lang, "/browse")
	if genre != "" {
		path = GenreURL(lang, genre)
	}
	q := url.Values{}
	if decade != 0 {
		q.Set("decade", strconv.Itoa(decade))
	}
	if sort != "" && sort != "popular" {
		q.Set("sort", sort)
	}
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

func (p *browsePage) view(s *store) app.UI {
	w, lang, q := s.words, s.route.lang, p.ask
	genres := []choice{{"", w.AllGenres, p.address(lang, "", q.Decade, q.Sort)}}
	for _, g := range p.genres {
		genres = append(genres, choice{g.Name, w.genre(g.Name), p.address(lang, g.Name, q.Decade, q.Sort)})
	}
	decades := []choice{{"0", w.AllDecades, ""}}
	orders := []choice{{"popular", w.SortPopular, ""}}
	if s.status != nil && s.status.Newest > 0 {
		last := s.status.Newest / 10 * 10
		for d := last; d+10 > s.status.Oldest && len(decades) <= mostDecades; d -= 10 {
			decades = append(decades, choice{strconv.Itoa(d), fill(w.DecadeOf, "n", strconv.Itoa(d)), ""})
		}
		orders = append(orders, choice{"new", w.SortNew, ""})
	}
	if s.status != nil && s.status.Rated {
		orders = append(orders, choice{"rating", w.SortRating, ""})
	}
	order := q.Sort
	if order == "" {
		order = "popular"
	}
	scope := strconv.Itoa(s.visit)
	filters := []app.UI{picker("sort", w.Sort, order, orders, func(v string) {
		navigate(p.address(lang, q.Genre, q.Decade, v))
	}, scope)}
	if byDecade && (len(decades) > 1 || q.Decade != 0) {
		filters = slices.Insert(filters, 0, picker("decade", w.Decade, strconv.Itoa(q.Decade), decades, func(v string) {
			navigate(p.address(lang, q.Genre, atoi(v), q.Sort))
		}, scope))
	}
	body := []app.UI{
		el("div", "page-head",
			txt("h1", "page-title", p.title(w)),
			txt("p", "page-count", when(p.loaded, fill(w.Found, "n", w.number(p.total)))),
		),
	}
	if byGenre {
		body = append(body, choices(w.Genre, q.Genre, genres))
	}
	body = append(body, el("div", "filters", filters...))
	switch {
	case p.loaded && len(p.cards) == 0:
		body = append(body, emptyState("card", w.NoneFound, "", linkButton(Address(lang, "/browse"), w.BrowseAll)))
	case len(p.cards) == 0:
		body = append(body, skeletons(w, "grid", 18))
	default:
		body = append(body, p.drawn.grid(s, listBrowse, p.layers, p.cards))
	}
	if len(p.cards) > 0 && len(p.cards) < p.total {
		body = append(body, el("p", "more", button("button", scope, func(app.Context) { p.more(s) }, app.Text(w.More))))
	}
	return el("div", "browse", body...)
}

// more appends the next items.
func (p *browsePage) more(s *store) {
	q := p.ask
	q.Offset = len(p.cards)
	s.ask(q, func(r reply) {
		p.cards = append(p.cards[:len(p.cards):len(p.cards)], r.Cards...)
		p.drawn.follow(s, p, r, len(p.cards), gridPiece)
	})
}
