package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const similarCards = 16

// moviePage is one film: what is known of it, what the visitor says of it, why
// it would fit, and what is like it.
type moviePage struct {
	id      catalog.ID
	movie   *protocol.Card
	similar []protocol.Card
	shelves []protocol.Shelf
	layers  []string
	explain *protocol.Answer
	failed  *protocol.Error
	visit   int // the visit of this page that was tracked
}

func newMoviePage(r route) *moviePage { return &moviePage{id: catalog.ID(r.param)} }

func (p *moviePage) load(s *store) {
	if p.movie == nil {
		if c, ok := s.known[p.id]; ok {
			c.Why = nil
			p.movie = &c
		}
	}
	visit := s.visit
	s.ask(protocol.Request{Verb: protocol.Movie, ID: p.id, K: similarCards}, func(r reply) {
		p.failed = r.Error
		if r.Movie != nil {
			if p.visit < visit {
				p.visit = visit
				s.track(viewed, p.id, 0)
			}
			p.movie, p.similar, p.shelves, p.layers = r.Movie, r.Cards, r.Shelves, r.Layers
		}
	})
	if s.ready() && s.history() > 0 {
		s.ask(protocol.Request{Verb: protocol.Explain, ID: p.id}, func(r reply) {
			if r.Error == nil && len(r.Reasons) > 0 {
				p.explain = &r.Answer
			}
		})
	} else {
		p.explain = nil
	}
}

func (p *moviePage) title(w *words) string {
	if p.movie == nil {
		return ""
	}
	if p.movie.Year == 0 {
		return p.movie.Title
	}
	return p.movie.Title + " (" + strconv.Itoa(p.movie.Year) + ")"
}

func (p *moviePage) about(w *words) string {
	if p.movie == nil {
		return w.About
	}
	text := p.title(w) + " · " + w.genreList(p.movie.Genres, 3) + ". " + w.Similar + ": "
	for i, c := range p.similar[:min(5, len(p.similar))] {
		if i > 0 {
			text += w.join
		}
		text += c.Title
	}
	return text
}

func (p *moviePage) view(s *store) app.UI {
	w := s.words
	if p.movie == nil {
		if p.failed != nil {
			return emptyState("film", w.MissingMovie, w.MissingText, linkButton(Address(s.route.lang, "/"), w.GoHome))
		}
		return el("div", "movie", el("div", "movie-head ghosts",
			el("span", "ghost-poster movie-poster"),
			el("div", "movie-facts", txt("h1", "only-read", w.SkeletonText), el("span", "ghost-line"), el("span", "ghost-line ghost-short"))))
	}
	c := s.card(*p.movie)
	year := yearOf(c)
	if year == "" {
		year = w.NoYear
	}
	facts := []app.UI{
		txt("h1", "movie-title", c.Title),
		txt("p", "movie-year", year),
	}
	if len(c.Genres) > 0 {
		facts = append(facts, genreChips(s, c.Genres))
	}
	facts = append(facts,
		crowd(w, c),
		&starRating{S: s, Lang: s.route.lang, Movie: c},
		verdict(s, c),
	)
	if safeURL(c.URL) != "" {
		facts = append(facts, link("text-link", c.URL, app.Text(w.MorePage)).Attr("rel", "noreferrer").Attr("target", "_blank"))
	}
	facts = append(facts, link("text-link", labURL(s.route.lang, c.ID), app.Text(w.LabMovie)))
	if p.explain != nil {
		heading := w.WhyThis
		if p.explain.Score < p.explain.Base {
			heading = w.WhyNot
		}
		facts = append(facts, el("section", "why", txt("h2", "why-title", heading),
			txt("p", "why-about", w.WhyAbout), reasonBars(s, *p.explain)))
	}
	body := []app.UI{el("div", "movie-head", posterOf(c, "movie-poster"), el("div", "movie-facts", facts...)).Attr("data-movie", attr(string(c.ID)))}
	if len(p.similar) > 0 {
		body = append(body, newRow(s, "similar", listSimilar, w.Similar, "", p.layers, p.similar))
	} else {
		body = append(body, skeletons(w, "track", 8))
	}
	for i, shelf := range p.shelves {
		if len(shelf.Cards) > 0 {
			body = append(body, newRow(s, "movie-row-"+strconv.Itoa(i), listBecause, w.shelf(shelf), shelfURL(s, shelf), shelf.Layers, shelf.Cards))
		}
	}
	return el("div", "movie", body...)
}

// crowd is the mean of all ratings, with how many there are.
func crowd(w *words, c protocol.Card) app.UI {
	if c.Count == 0 {
		return txt("p", "crowd", w.NoRatings)
	}
	return el("p", "crowd",
		txt("span", "crowd-mean", "★ "+strconv.FormatFloat(float64(c.Mean), 'f', 1, 32)),
		txt("span", "crowd-count", w.crowd(c)))
}
