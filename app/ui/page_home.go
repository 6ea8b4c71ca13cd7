package ui

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	homeCards = 13 // cards requested for a row
	homeRows  = 10 // rows of the page; the rest of the genres are on the browse page
	firstRows = 2  // rows that are drawn at once, where none stand; the others follow one by one
	rowPause  = 16 // milliseconds between them, so that no single task is long
)

// homePage shows a top pick and rows of shelves.
type homePage struct {
	pick    protocol.Card
	layers  []string         // of the shelf that pick comes from
	shelves []protocol.Shelf // as answered
	drawn   []protocol.Shelf // as drawn so far
	next    int              // the row to be drawn next
	ahead   []string         // rows as the page was rendered in advance, which stand until their turn comes; nil for none
}

func (p *homePage) load(s *store) {
	q := protocol.Request{Verb: protocol.Home, K: homeCards}
	s.settings.apply(&q)
	s.list(q, len(p.drawn) > 0, func(r reply) {
		if r.Error != nil {
			return
		}
		p.arrange(s, r.Shelves)
		p.next, p.ahead = 0, nil
		if r.seeded {
			p.ahead = rowsAhead()
		}
		if p.ahead != nil {
			p.follow(s)
			return
		}
		p.advance(s)
		p.fresh(s)
	}, p.explain)
}

// explain puts the reasons of the visitor's own shelf on its cards and on the pick.
func (p *homePage) explain(cards []protocol.Card) {
	for _, shelves := range [][]protocol.Shelf{p.shelves, p.drawn} {
		for i := range shelves {
			if shelf := &shelves[i]; shelf.Kind == "for-you" {
				shelf.Cards = without(map[catalog.ID]bool{p.pick.ID: true}, cards)
			}
		}
	}
	for _, c := range cards {
		if c.ID == p.pick.ID {
			p.pick = c
		}
	}
}

// arrange chooses the top pick, today's of the visitor's own shelf or else the first of
// the popular one, and leaves each item in one row only.
func (p *homePage) arrange(s *store, shelves []protocol.Shelf) {
	p.shelves, p.pick, p.layers = nil, protocol.Card{}, nil
	for _, kind := range []string{"for-you", "popular", ""} {
		for _, shelf := range shelves {
			if p.pick.ID == "" && len(shelf.Cards) > 0 && (shelf.Kind == kind || kind == "") {
				at := 0
				if kind == "for-you" {
					at = s.pickOf(shelf.Cards)
				}
				p.pick, p.layers = shelf.Cards[at], shelf.Layers
			}
		}
	}
	seen := map[catalog.ID]bool{p.pick.ID: true}
	for _, shelf := range shelves {
		shelf.Cards = silent(shelf, without(seen, shelf.Cards))
		if len(shelf.Cards) >= 4 && len(p.shelves) < homeRows {
			p.shelves = append(p.shelves, shelf)
		}
	}
}

// advance draws the next rows. The rest follows on a timer: mounting a row
// takes some 20 ms of a slow phone, and all at once would freeze it.
func (p *homePage) advance(s *store) {
	to := min(p.next+1, len(p.shelves))
	if p.next == 0 && p.ahead == nil {
		to = min(firstRows, len(p.shelves))
	}
	if app.IsServer {
		to = len(p.shelves)
	}
	drawn := slices.Clone(p.drawn[:min(len(p.drawn), len(p.shelves))])
	for i := p.next; i < to; i++ {
		drawn = append(drawn[:i], append([]protocol.Shelf{p.shelves[i]}, drawn[min(i+1, len(drawn)):]...)...)
	}
	p.drawn, p.next = drawn, to
	p.follow(s)
}

// follow draws the next row in a task of its own, if there is one.
func (p *homePage) follow(s *store) {
	if p.next == len(p.shelves) {
		return
	}
	next := p.next
	s.soon(func() {
		if p.next == next && s.page == page(p) {
			p.advance(s)
			s.redraw()
		}
	})
}

// mounted continues where the drawing before the first frame stopped.
func (p *homePage) mounted(s *store) {
	switch {
	case p.ahead != nil:
		p.follow(s)
	case p.next < len(p.shelves):
		p.advance(s)
	}
}

func (p *homePage) title(*words) string   { return "" }
func (p *homePage) about(w *words) string { return w.About }

func (p *homePage) view(s *store) app.UI {
	w := s.words
	if len(p.drawn) == 0 && len(p.ahead) == 0 {
		return el("div", "home", txt("h1", "only-read", w.Name), skeletons(w, "track", 8), skeletons(w, "track", 8))
	}
	body := []app.UI{p.hero(s)}
	for i, shelf := range p.drawn {
		body = append(body, newRow(s, "row-"+strconv.Itoa(i), listHome+shelf.Kind, w.shelf(shelf), shelfURL(s, shelf), shelf.Layers, shelf.Cards))
	}
	for i := len(p.drawn); i < len(p.shelves); i++ {
		if i < len(p.ahead) {
			body = append(body, el("div", "row-ahead", app.Raw(p.ahead[i])).On("click", s.click))
		} else {
			body = append(body, el("section", "row row-blank"))
		}
	}
	return el("div", "home", body...)
}

// silent leaves out the reasons that the heading of a row gives already.
func silent(shelf protocol.Shelf, cards []protocol.Card) []protocol.Card {
	out := make([]protocol.Card, len(cards))
	for i, c := range cards {
		c.Why = slices.DeleteFunc(slices.Clone(c.Why), func(y protocol.Why) bool {
			return y.Kind == shelf.Kind && (y.ID == shelf.ID && y.Title == shelf.Title || y.ID == "" && shelf.Kind != "genre")
		})
		out[i] = c
	}
	return out
}

// shelfURL returns the address of a row's whole list, "" if it has none.
func shelfURL(s *store, shelf protocol.Shelf) string {
	lang := s.route.lang
	switch shelf.Kind {
	case "for-you":
		return Address(lang, "/for-you")
	case "because":
		return ItemURL(lang, shelf.ID)
	case "genre":
		return GenreURL(lang, shelf.Title)
	case "new":
		return Address(lang, "/browse?sort=new")
	case "popular":
		return Address(lang, "/browse")
	}
	return ""
}

// hero draws the top pick, and for a visitor without feedback a sentence on
// what Sparrow is.
func (p *homePage) hero(s *store) app.UI {
	w := s.words
	c := s.card(p.pick)
	personal := len(p.shelves) > 0 && p.shelves[0].Kind == "for-you"
	kicker := w.PickFirst
	if personal {
		kicker = w.PickYours
	}
	title := link("hero-title-link", ItemURL(s.route.lang, c.ID), app.Text(c.Title))
	facts := []app.UI{
		txt("p", "kicker", kicker),
		el("h1", "hero-title", title),
		txt("p", "hero-meta", heroMeta(w, c)),
	}
	if why := w.reason(c); why != "" || personal {
		facts = append(facts, txt("p", "hero-why", why))
	}
	facts = append(facts, verdict(s, c))
	inside := []app.UI{placed(el("article", "hero-item",
		link("hero-poster-link", ItemURL(s.route.lang, c.ID), posterOf(c, "hero-poster")).
			Attr("tabindex", "-1").Attr("aria-hidden", "true"),
		el("div", "hero-facts", facts...),
	), c, 0)}
	if !personal {
		inside = append(inside, el("aside", "hero-intro",
			txt("h2", "intro-title", w.Intro), txt("p", "", w.IntroText),
			linkButton(Address(s.route.lang, "/for-you"), w.IntroStart)))
	}
	return inList(el("section", "hero", inside...), listTop, p.layers)
}

func heroMeta(w *words, c protocol.Card) string {
	count := ""
	if c.Mean > 0 {
		count = w.crowd(c)
	}
	return dotted(yearOf(c), w.genreList(c.Genres, 3), w.mean(c), count)
}

// ranked draws the cost of an answer: time on this device, and no request.
func ranked(s *store, ms float64, candidates int) app.UI {
	if ms <= 0 {
		return el("p", "ranked")
	}
	text := fill(s.words.Ranked, "ms", millis(ms))
	if candidates > 0 {
		text += " · " + fill(s.words.RankedFrom, "n", s.words.number(candidates))
	}
	return txt("p", "ranked", text)
}

// millis formats a duration with one decimal below ten.
func millis(ms float64) string {
	if ms < 10 {
		return strconv.FormatFloat(ms, 'f', 1, 64)
	}
	return strconv.Itoa(int(ms + 0.5))
}
