package ui

import (
	"net/url"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	searchID      = "search"
	suggestions   = 7  // how many titles are offered while typing
	searchResults = 60 // how many the result page shows
)

// searchBox is the field in the app bar: a combobox that offers titles while
// the visitor types. Arrow keys choose, Enter opens, Escape closes.
type searchBox struct {
	app.Compo
	S     *store
	Lang  string
	Ready bool
	Visit int // the page visit it belongs to: another page closes it

	visit  int
	query  string
	found  []protocol.Card
	lack   []string // words that some of these lack, where none has all
	genres []protocol.GenreCount
	part   *narrowed // of the catalogue, which all words of the query name; nil for none
	at     int       // the chosen option; -1 for none
	open   bool
}

// shown returns the items that are offered: not those that lack a word where all words name a part of the
// catalogue.
func (b *searchBox) shown() []protocol.Card {
	if b.part != nil && len(b.lack) > 0 {
		return nil
	}
	return b.found
}

// options returns how many are offered: the titles, and before them a part of the catalogue
// where the query names one.
func (b *searchBox) options() int {
	if b.part != nil {
		return len(b.shown()) + 1
	}
	return len(b.shown())
}

// leads returns where the i-th option leads.
func (b *searchBox) leads(i int) string {
	if b.part != nil {
		if i == 0 {
			return b.part.address(b.Lang)
		}
		i--
	}
	return b.href(b.found[i].ID)
}

// understand takes note of the part of the catalogue that the query names.
func (b *searchBox) understand() {
	b.part = nil
	if n, rest, any := understand(b.query, b.genres, nil); any && len(rest) == 0 {
		b.part = &n
	}
}

// OnMount takes note of the page: letters may come before it is drawn again.
func (b *searchBox) OnMount(app.Context) { b.visit = b.Visit }

// OnUpdate closes the list when another page was opened.
func (b *searchBox) OnUpdate(app.Context) {
	if b.visit != b.Visit {
		b.visit, b.open = b.Visit, false
	}
}

func (b *searchBox) Render() app.UI {
	w := wordsOf(b.Lang)
	open := b.open && b.query != ""
	input := void("input", "search-input").
		Attr("id", searchID).Attr("type", "search").Attr("name", "q").
		Attr("placeholder", w.SearchHint).Attr("aria-label", w.Search).
		Attr("role", "combobox").Attr("aria-autocomplete", "list").
		Attr("aria-expanded", yes(open)).Attr("aria-controls", "search-list").
		Attr("autocomplete", "off").Attr("spellcheck", "false").Attr("enterkeyhint", "search").
		On("input", b.input).On("keydown", b.key).On("focus", b.focus).On("blur", b.blur)
	if open && b.at >= 0 && b.at < b.options() {
		input = input.Attr("aria-activedescendant", "search-"+strconv.Itoa(b.at))
	}
	box := []app.UI{icon("search"), input, txt("kbd", "search-slash", "/").Attr("aria-hidden", "true")}
	if open {
		box = append(box, b.list(w))
	}
	return el("form", "search", box...).
		Attr("role", "search").Attr("action", Address(b.Lang, "/search")).
		On("submit", b.submit)
}

func (b *searchBox) list(w *words) app.UI {
	var options []app.UI
	add := func(kids ...app.UI) {
		i := len(options)
		options = append(options, el("li", "option", kids...).
			Attr("id", "search-"+strconv.Itoa(i)).Attr("role", "option").
			Attr("aria-selected", yes(i == b.at)).
			Attr("data-href", attr(b.leads(i))).
			On("pointerdown", b.pick))
	}
	if b.part != nil {
		add(icon("search"), el("span", "option-text", txt("span", "option-title", b.part.says(w)), txt("span", "option-meta", w.SearchAs)))
	}
	for _, c := range b.shown() {
		add(posterOf(c, "option-poster"),
			el("span", "option-text", txt("span", "option-title", c.Title), txt("span", "option-meta", dotted(w.also(c), cardMeta(w, c)))))
	}
	hint := ""
	switch {
	case !b.Ready:
		hint = w.SearchWaits
	case b.options() == 0:
		hint = w.SearchNone
	case len(b.lack) > 0 && b.part == nil:
		hint = w.without(b.lack)
	}
	return el("div", "search-drop",
		el("ul", "", options...).Attr("id", "search-list").Attr("role", "listbox").Attr("aria-label", w.Search),
		txt("p", "search-hint", hint).Attr("role", "status"),
	)
}

func (b *searchBox) input(ctx app.Context, e app.Event) {
	b.query = ctx.JSSrc().Get("value").String()
	b.open, b.at = true, -1
	if b.query == "" {
		b.found, b.part = nil, nil
		return
	}
	query := b.query
	if b.genres == nil {
		b.S.client.ask(protocol.Request{Verb: protocol.Open}, func(r reply) {
			b.genres = r.Genres
			b.understand()
			ctx.Update()
		})
	}
	b.understand()
	b.S.client.ask(protocol.Request{Verb: protocol.Search, Query: query, K: suggestions, Lang: b.Lang, Now: now()}, func(r reply) {
		if query == b.query {
			b.found, b.lack = r.Cards, nil
			for _, v := range r.Values {
				b.lack = append(b.lack, v.Text)
			}
			ctx.Update()
		}
	})
}

func (b *searchBox) key(ctx app.Context, e app.Event) {
	switch e.Get("key").String() {
	case "ArrowDown":
		b.open = true
		b.at = min(b.at+1, b.options()-1)
	case "ArrowUp":
		b.at = max(b.at-1, -1)
	case "Escape":
		b.open = false
	default:
		return
	}
	e.PreventDefault()
}

func (b *searchBox) focus(ctx app.Context, e app.Event) { b.open = true }
func (b *searchBox) blur(ctx app.Context, e app.Event)  { b.open = false }

// href returns where a title leads: to the item's page, and in the Lab onto its
// table.
func (b *searchBox) href(id catalog.ID) string {
	if b.S.route.page == "lab" {
		return labURL(b.Lang, id)
	}
	return ItemURL(b.Lang, id)
}

// pick opens the title under the pointer before the field loses the focus.
func (b *searchBox) pick(ctx app.Context, e app.Event) {
	e.PreventDefault()
	href := ctx.JSSrc().Get("dataset").Get("href").String()
	b.leave(ctx, href)
}

// leave opens an item. What was sought is found, so the field is empty for the next search.
func (b *searchBox) leave(ctx app.Context, href string) {
	b.open, b.query, b.found, b.part, b.at = false, "", nil, nil, -1
	app.Window().GetElementByID(searchID).Set("value", "")
	ctx.Navigate(href)
}

func (b *searchBox) submit(ctx app.Context, e app.Event) {
	e.PreventDefault()
	b.open = false
	switch {
	case b.at >= 0 && b.at < b.options():
		b.leave(ctx, b.leads(b.at))
	case b.query != "":
		ctx.Navigate(Address(b.Lang, "/search") + "?q=" + url.QueryEscape(b.query))
	}
}
