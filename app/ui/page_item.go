package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const similarCards = 16

// itemPage shows one item: its facts, the visitor's feedback on it, why it
// would fit, and what is like it.
type itemPage struct {
	id      catalog.ID
	item    *protocol.Card
	similar []protocol.Card
	shelves []protocol.Shelf
	layers  []string
	drawn   pieces           // rows
	values  []protocol.Value // what columns of the catalog's owner say of it
	explain *protocol.Answer
	whatIf  whatIf
	series  *protocol.Shelf // that it is of; nil for none
	failed  *protocol.Error
	visit   int // the visit of this page that was tracked
}

func newItemPage(r route) *itemPage { return &itemPage{id: catalog.ID(r.param)} }

func (p *itemPage) load(s *store) {
	if held, _ := s.people.me().held(); p.item == nil && len(held) == 0 { // a card of the history may be outside of them
		if c, ok := s.cards[p.id]; ok {
			c.Why = nil
			p.item = &c
		}
	}
	visit := s.visit
	p.loadSeries(s)
	s.ask(protocol.Request{Verb: protocol.Item, ID: p.id, K: similarCards, Blocked: s.settings.blocked()}, func(r reply) {
		p.failed = r.Error
		if gone(r.Error) || outside(r.Error) { // the one perhaps since a newer catalog
			p.item, p.explain = nil, nil
			delete(s.cards, p.id)
		}
		if r.Item != nil {
			if p.visit < visit {
				p.visit = visit
				s.track(viewed, p.id, 0)
			}
			p.item, p.similar, p.shelves, p.layers = r.Item, r.Cards, r.Shelves, r.Layers
			p.drawn.follow(s, p, r, 1+len(p.shelves), 1)
		}
	})
	s.ask(protocol.Request{Verb: protocol.Values, ID: p.id}, func(r reply) { p.values = r.Values })
	if s.ready() && s.history() > 0 {
		s.ask(protocol.Request{Verb: protocol.Explain, ID: p.id}, func(r reply) {
			if r.Error == nil && len(r.Reasons) > 0 {
				p.explain, p.whatIf = &r.Answer, whatIf{}
			}
		})
	} else {
		p.explain = nil
	}
}

// gone reports whether the engine refused since its catalog lacks the item.
func gone(e *protocol.Error) bool { return e != nil && e.Code == "unknown-movie" }

// outside reports whether the engine refused since the profile's limits keep the item from it.
func outside(e *protocol.Error) bool { return e != nil && e.Code == "held" }

// outsideView says that there is an item that this profile's limits keep from it, and whose page does not.
func outsideView(s *store) app.UI {
	w := s.words
	held, _ := s.people.me().held()
	return emptyState("card", w.Outside, fill(w.OutsideText, "limits", w.limitList(held)),
		linkButton(Address(s.route.lang, "/profile"), w.OutsideWho), linkButton(Address(s.route.lang, "/"), w.GoHome))
}

func (p *itemPage) title(w *words) string {
	if outside(p.failed) {
		return w.Outside
	}
	if p.item == nil {
		return when(p.failed != nil, w.MissingItem)
	}
	if p.item.Year == 0 {
		return p.item.Title
	}
	return p.item.Title + " (" + strconv.Itoa(p.item.Year) + ")"
}

func (p *itemPage) about(w *words) string {
	if p.item == nil {
		return w.About
	}
	text := p.title(w)
	if genres := w.genreList(p.item.Genres, 3); genres != "" {
		text += " · " + genres
	}
	for i, c := range p.similar[:min(5, len(p.similar))] {
		if i == 0 {
			text += ". " + w.alike(p.item, p.similar) + ": "
		} else {
			text += w.join
		}
		text += c.Title
	}
	return text
}

func (p *itemPage) view(s *store) app.UI {
	w := s.words
	if p.item == nil {
		if outside(p.failed) {
			return outsideView(s)
		}
		if p.failed != nil {
			return emptyState("card", w.MissingItem, w.MissingText, linkButton(Address(s.route.lang, "/"), w.GoHome))
		}
		return el("div", "item", el("div", "item-head ghosts",
			el("span", "ghost-poster item-poster"),
			el("div", "item-facts", txt("h1", "only-read", w.SkeletonText), el("span", "ghost-line"), el("span", "ghost-line ghost-short"))))
	}
	c := s.card(*p.item)
	facts := []app.UI{txt("h1", "item-title", c.Title)}
	if also := w.also(c); also != "" {
		facts = append(facts, txt("p", "item-also", also))
	}
	if year := yearOf(c); year != "" {
		facts = append(facts, txt("p", "item-year", year))
	}
	if len(c.Genres) > 0 {
		facts = append(facts, genreChips(s, c.Genres))
	}
	if len(p.values) > 0 {
		facts = append(facts, valueList(s, p.values))
	}
	facts = append(facts, crowd(w, c))
	mine := []app.UI{&starRating{S: s, Lang: s.route.lang, Item: c}, verdict(s, c), p.why(s, c), p.blocks(s)}
	var links []app.UI
	if safeURL(c.URL) != "" {
		links = append(links, link("text-link", c.URL, app.Text(w.MorePage)).Attr("rel", "noreferrer").Attr("target", "_blank"))
	}
	links = append(links, sendItem(s, c))
	links = append(links, link("text-link", labURL(s.route.lang, c.ID), app.Text(w.LabAlike)))
	body := []app.UI{el("div", "item-head", posterOf(c, "item-poster"),
		el("div", "item-facts", facts...), el("div", "item-mine", mine...), el("div", "item-links", links...)).Attr("data-item", attr(string(c.ID)))}
	if len(p.similar) > 0 {
		body = append(body, newRow(s, "similar", listSimilar, w.alike(p.item, p.similar), "", p.layers, p.similar))
	} else {
		body = append(body, skeletons(w, "track", 8))
	}
	for i, shelf := range p.shelves {
		switch {
		case len(shelf.Cards) == 0:
		case i+1 >= int(p.drawn):
			body = append(body, el("section", "row row-blank"))
		default:
			body = append(body, newRow(s, "item-row-"+strconv.Itoa(i), listBecause, w.shelf(shelf), shelfURL(s, shelf), shelf.Layers, shelf.Cards))
		}
	}
	return el("div", "item", body...)
}

// fewRatings is how many ratings tell what the same people like: of an item with fewer,
// genres and year tell the most of what is like it.
const fewRatings = 5

// alike returns the heading over cards like an item. Without a score they are popular
// ones, of an item that no one knows and that has nothing in common with others. Where
// almost no one has rated the item, the heading says by what they are like it.
func (w *words) alike(item *protocol.Card, cards []protocol.Card) string {
	switch {
	case cards[0].Score == 0:
		return w.RowPopular
	case item.Count < fewRatings && len(item.Genres) > 0 && item.Year > 0:
		return w.SimilarFew
	}
	return w.Similar
}

// whyTitle returns the heading over what the ranking makes of c. Of an item that
// the visitor has spoken of it foretells nothing, since they know; and of one that
// they keep for later it does not say that it may not be for them.
func (w *words) whyTitle(c protocol.Card, a *protocol.Answer) string {
	switch {
	case c.Action != "" && c.Action != protocol.View:
		return w.WhyRated
	case a.Score >= a.Base:
		return w.WhyThis
	case c.Watch:
		return w.WhyRated
	}
	return w.WhyNot
}

// crowd draws the mean of the stars, as [protocol.Card] has it, with how many
// ratings there are.
func crowd(w *words, c protocol.Card) app.UI {
	if c.Mean == 0 {
		return txt("p", "crowd", w.NoRatings)
	}
	return el("p", "crowd", txt("span", "crowd-mean", w.mean(c)), txt("span", "crowd-count", w.crowd(c)))
}
