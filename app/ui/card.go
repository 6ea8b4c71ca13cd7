package ui

import (
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// card is an item in a row or a grid: its poster, title, year, the reason for
// it, and buttons for feedback without opening it.
type card struct {
	app.Compo
	S     *store
	Lang  string
	Item  protocol.Card // with the visitor's feedback
	Said  string        // a line in the place of its reason; "" for none
	Move  string        // how far it moved in the list, in words
	Where int           // its index in the list, from 0
	Tab   bool          // the Tab key stops here
	Other bool          // its poster has its other motif, see poster.Apart

	Asks bool // the card is on the wall: its item may be one that the visitor has not seen
	Left bool // they said so, and another item is on its way

	Reasons bool // the list gives reasons, which may come later: their place is kept
}

// newCard returns the card of c, the i-th of its list.
func newCard(s *store, c protocol.Card, i int) *card {
	return &card{S: s, Lang: s.route.lang, Item: s.card(c), Where: i, Tab: true}
}

// newCards returns the cards of a list.
func newCards(s *store, cards []protocol.Card) []*card {
	all := make([]*card, len(cards))
	for i, other := range apart(cards) {
		all[i] = newCard(s, cards[i], i)
		all[i].Other = other
	}
	return all
}

func (c *card) Render() app.UI {
	w, m := wordsOf(c.Lang), c.Item
	foot := []app.UI{txt("p", "card-title", m.Title)}
	if m.Also != "" {
		foot = append(foot, txt("p", "card-also", w.also(m)))
	}
	foot = append(foot, el("p", "card-meta", txt("span", "", yearAndGenres(w, m)), txt("span", "", rated(w, m))))
	why := w.reason(m)
	if c.Said != "" {
		why = c.Said
	}
	if why != "" || c.Reasons {
		foot = append(foot, txt("p", "card-why", why))
	}
	if c.Move != "" {
		class := "card-move"
		if strings.HasPrefix(c.Move, down) {
			class += " card-down"
		}
		foot = append(foot, txt("p", class, c.Move))
	}
	class := "card"
	if m.Action == protocol.NotInterested || m.Action == protocol.Dislike || c.Left {
		class += " card-out"
	}
	tab := "0"
	if !c.Tab {
		tab = "-1"
	}
	return placed(el("article", class,
		link("card-link", ItemURL(c.Lang, m.ID),
			picture(m, "card-poster", c.Other),
			el("span", "card-foot", foot...),
		).Attr("tabindex", tab),
		el("div", "card-acts", c.acts(w, tab)...),
		c.unseen(w, tab),
	), m, c.Where)
}

func (c *card) acts(w *words, tab string) []app.UI {
	title := w.title(c.Item.Title)
	act := func(name, class, label string, on bool, a protocol.Action) app.UI {
		label = attr(fill(label, "title", title))
		return el("button", "icon-button act "+class, icon(name)).Attr("type", "button").
			Attr("aria-label", label).Attr("title", label).Attr("aria-pressed", yes(on)).
			Attr("data-act", string(a)).Attr("tabindex", tab)
	}
	liked := c.Item.Action == protocol.Like || c.Item.Action == protocol.Rate && c.Item.Stars >= 4
	return []app.UI{
		act("heart", "act-like", w.Like, liked, protocol.Like),
		act("bookmark", "act-watch", w.Watch, c.Item.Watch, protocol.Watchlist),
		act("no", "act-no", w.NotInterested, c.Item.Action == protocol.NotInterested, protocol.NotInterested),
	}
}

// unseen draws the button, in words, that says that the visitor has not seen the item; nil where no one asks.
func (c *card) unseen(w *words, tab string) app.UI {
	if !c.Asks {
		return nil
	}
	return txt("button", "text-button card-unseen", w.NotSeen).Attr("data-act", unseen).Attr("tabindex", tab).
		Attr("aria-label", attr(w.NotSeen+": "+c.Item.Title))
}

// click is the click handler of a list of cards.
func (s *store) click(_ app.Context, e app.Event) { s.pressed(e) }

// pressed runs the action of the card button that was pressed. There is one
// handler for each list, because a handler on each button costs more than the
// button.
func (s *store) pressed(e app.Event) {
	b := e.Get("target").Call("closest", "[data-act]")
	if !b.Truthy() {
		return
	}
	id := b.Call("closest", "[data-item]").Get("dataset").Get("item").String()
	c, ok := s.cards[catalog.ID(id)]
	if !ok {
		return
	}
	act := b.Get("dataset").Get("act").String()
	if p, is := s.page.(*forYouPage); is && act == unseen {
		p.wall.skip(s, c.ID)
		return
	}
	s.act(c, protocol.Action(act), 0)
	if protocol.Action(act) == protocol.NotInterested {
		s.offerBlocks(c)
	}
}

// cardMeta returns a line about m: year, its two most specific genres, what the
// crowd gave it.
func cardMeta(w *words, m protocol.Card) string { return dotted(yearAndGenres(w, m), rated(w, m)) }

// also returns a line with another name of m, "" where there is none to tell.
func (w *words) also(m protocol.Card) string {
	if m.Also == "" {
		return ""
	}
	return fill(w.AlsoCalled, "title", w.title(m.Also))
}

func yearAndGenres(w *words, m protocol.Card) string {
	return dotted(yearOf(m), w.genreList(m.Genres, 2))
}

// rated returns the crowd's mean stars and how many gave them, "★ 4.2 from 1,204";
// "" when no one did.
func rated(w *words, m protocol.Card) string {
	if m.Mean <= 0 {
		return ""
	}
	return fill(w.Rated, "mean", w.mean(m), "n", w.number(m.Count))
}

// dotted joins the parts of a line that are there.
func dotted(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

func yearOf(m protocol.Card) string {
	if m.Year == 0 {
		return ""
	}
	return strconv.Itoa(m.Year)
}

// grid draws the list called name as a grid.
func grid(s *store, name string, layers []string, cards []protocol.Card) app.UI {
	return inList(el("ul", "grid", list(newCards(s, cards), func(_ int, k *card) app.UI {
		k.Asks = name == listTastes
		k.Left = k.Asks && slices.Contains(s.unseen, k.Item.ID)
		return el("li", "", k)
	})...), name, layers).Attr("role", "list").On("click", s.click)
}

// skeletons draws n placeholder cards.
func skeletons(w *words, class string, n int) app.UI {
	kids := make([]app.UI, n)
	for i := range kids {
		kids[i] = el("li", "ghost", el("span", "ghost-poster"), el("span", "ghost-line"), el("span", "ghost-line ghost-short"))
	}
	return el("ul", class+" ghosts", kids...).Attr("aria-busy", "true").Attr("aria-label", w.SkeletonText)
}

// without drops the items in seen from cards and adds the rest to seen.
func without(seen map[catalog.ID]bool, cards []protocol.Card) []protocol.Card {
	out := make([]protocol.Card, 0, len(cards))
	for _, c := range cards {
		if !seen[c.ID] {
			out = append(out, c)
		}
		seen[c.ID] = true
	}
	return out
}
