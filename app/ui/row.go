package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// row is a shelf: a heading and cards side by side. It scrolls by wheel, touch,
// mouse, two buttons and the arrow keys; the Tab key enters it at one card
// only.
type row struct {
	app.Compo
	S     *store
	Lang  string
	ID    string // of the element, different for each row of a page
	List  string // its name for feedback
	Title string
	Href  string // of the whole list, or ""
	Cards []protocol.Card

	Layers []string // experiments that shaped the cards

	at int // the card where the Tab key enters
}

// newRow returns a row of cards, with the visitor's feedback on them.
func newRow(s *store, id, name, title, href string, layers []string, cards []protocol.Card) *row {
	mine := make([]protocol.Card, len(cards))
	for i, c := range cards {
		mine[i] = s.card(c)
	}
	return &row{S: s, Lang: s.route.lang, ID: id, List: name, Title: title, Href: href, Cards: mine, Layers: layers}
}

func (r *row) Render() app.UI {
	w := wordsOf(r.Lang)
	head := []app.UI{txt("h2", "row-title", r.Title)}
	if r.Href != "" {
		head = append(head, link("text-link row-all", r.Href, app.Text(w.All)).Attr("aria-label", attr(w.All+": "+r.Title)))
	}
	head = append(head, el("div", "row-buttons",
		iconButton("row-button", "back", "left", w.Previous, "", r.back).Attr("tabindex", "-1"),
		iconButton("row-button", "on", "right", w.Next, "", r.on).Attr("tabindex", "-1"),
	))
	return el("section", "row",
		el("div", "row-head", head...),
		inList(el("ul", "track", list(newCards(r.S, r.Cards), func(i int, k *card) app.UI {
			k.Asks = r.List == listTastes
			k.Tab, k.Reasons = i == min(r.at, len(r.Cards)-1), r.List == listHome+"for-you"
			return el("li", "", k)
		})...), r.List, r.Layers).
			Attr("id", r.ID).Attr("role", "list").
			On("keydown", r.key).On("click", r.click),
	).Attr("aria-label", attr(r.Title))
}

func (r *row) click(_ app.Context, e app.Event) { r.S.pressed(e) }

func (r *row) back(ctx app.Context) {
	ctx.PreventUpdate()
	scrollRow(r.ID, -1)
}

func (r *row) on(ctx app.Context) {
	ctx.PreventUpdate()
	scrollRow(r.ID, 1)
}

// key moves among the cards of the row.
func (r *row) key(ctx app.Context, e app.Event) {
	to := r.at
	if card := e.Get("target").Call("closest", "[data-position]"); card.Truthy() {
		to = atoi(card.Get("dataset").Get("position").String()) - 1
	}
	switch e.Get("key").String() {
	case "ArrowRight":
		to++
	case "ArrowLeft":
		to--
	case "Home":
		to = 0
	case "End":
		to = len(r.Cards) - 1
	default:
		ctx.PreventUpdate()
		return
	}
	e.PreventDefault()
	if to < 0 || to >= len(r.Cards) {
		return
	}
	r.at = to
	focusCard(r.ID, to)
}

// atoi returns the number in s, or 0.
func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}
