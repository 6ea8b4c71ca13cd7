package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	historyPage  = 50  // lines of the history on one page
	historyPause = 200 // ms from the last letter of a search to its answer
)

// historyPageView lists what the visitor said, a line an item, and lets them search, sort, change and
// take back.
type historyPageView struct {
	query, state, sort string
	from               int // of the lines, how many stand on the pages before
	items              []said
	cards              []protocol.Card
	total              int
	loaded             bool
	typed              int        // grows with each letter
	typing             catalog.ID // the item into whose date keys are pressed; "" for none
	edited             catalog.ID // the item whose line is open; "" for none
	steps              *stepList  // nil as long as no one wants to see them
}

func newHistoryPage(r route) *historyPageView {
	return &historyPageView{query: r.query.Get("q"), state: r.query.Get("state"), sort: r.query.Get("sort"), from: max(0, atoi(r.query.Get("from")))}
}

func (p *historyPageView) load(s *store) {
	q := protocol.Request{Verb: protocol.History, Query: p.query, State: p.state, Sort: p.sort, Offset: p.from, K: historyPage}
	s.ask(q, func(r reply) {
		items, cards := byItem(r.Entries), r.Cards
		if p.edited != "" {
			items, cards = p.inPlace(items, cards)
		}
		p.items, p.cards, p.total, p.loaded = items, cards, r.Total, true
		if r.Error != nil { // a state or an order in the address that there is none of
			p.state, p.sort = "", ""
			s.load()
			return
		}
		if p.from >= p.total && p.from > 0 {
			p.from = (p.total - 1) / historyPage * historyPage
			s.load()
		}
	})
	if p.steps != nil {
		p.steps.load(s)
	}
}

func (p *historyPageView) title(w *words) string { return w.HistoryTitle }
func (p *historyPageView) about(w *words) string { return w.About }

// show has the lines be others, from the first on.
func (p *historyPageView) show(s *store, change func()) {
	change()
	p.from = 0
	s.load()
}

func (p *historyPageView) view(s *store) app.UI {
	w := s.words
	scope := strconv.Itoa(s.visit)
	pick := func(id, label, chosen string, all []choice, set func(string)) app.UI {
		return picker(id, label, orUsual(chosen), all, func(v string) { p.show(s, func() { set(notUsual(v)) }) }, scope)
	}
	states := []choice{{usual, w.StateAll}, {protocol.StateRated, w.StateRated}, {protocol.StateLiked, w.Liked}, {protocol.StateSeen, w.Seen},
		{protocol.StateNot, w.NotForMe}, {protocol.StateWanted, w.Watching}, {protocol.StateNoted, w.StateNoted}}
	sorts := []choice{{usual, w.SortLatest}, {"oldest", w.SortOldest}, {"title", w.SortTitle}, {"stars", w.SortStars}, {"year", w.SortNew}}
	body := []app.UI{
		el("div", "page-head", txt("h1", "page-title", w.HistoryTitle), txt("p", "page-count", when(p.loaded, w.found(p.total)))),
		el("div", "filters",
			el("label", "picker", txt("span", "picker-label", w.HistorySearch),
				void("input", "history-search").Attr("type", "search").Attr("id", "history-search").Attr("autocomplete", "off").Attr("value", attr(p.query)).
					On("input", func(ctx app.Context, _ app.Event) { p.search(s, ctx.JSSrc().Get("value").String()) }, app.EventScope(scope))),
			pick("history-state", w.HistoryState, p.state, states, func(v string) { p.state = v }),
			pick("history-sort", w.Sort, p.sort, sorts, func(v string) { p.sort = v }),
		),
	}
	switch {
	case !p.loaded:
		body = append(body, skeletons(w, "grid", 6))
	case p.total == 0 && p.query == "" && p.state == "":
		body = append(body, emptyState("card", w.HistoryEmpty, "", linkButton(Address(s.route.lang, "/profile"), w.Import)))
	case len(p.items) == 0:
		body = append(body, emptyState("search", w.NoneFound, "", nil))
	default:
		lines := make([]app.UI, 0, len(p.items))
		for i := range min(len(p.items), len(p.cards)) {
			lines = append(lines, p.line(s, &p.items[i], p.cards[i]))
		}
		body = append(body, el("ul", "entries", lines...).Attr("role", "list"), p.pages(s))
	}
	return el("div", "history", append(body, p.stepsView(s))...)
}

// usual is the value of the choice that requests have as "", which no option of HTML can have here.
const usual = "usual"

func orUsual(v string) string {
	if v == "" {
		return usual
	}
	return v
}

func notUsual(v string) string { return when(v != usual, v) }

// search asks for the lines with text, when no letter has followed for a moment.
func (p *historyPageView) search(s *store, text string) {
	p.query = text
	p.typed++
	turn := p.typed
	s.later(historyPause, func() {
		if p.typed == turn {
			p.show(s, func() {})
		}
	})
}

// pages draws the way to the lines before and after.
func (p *historyPageView) pages(s *store) app.UI {
	if p.total <= historyPage {
		return nil
	}
	w := s.words
	to := func(label string, from int, there bool) app.UI {
		return button("button", strconv.Itoa(s.visit)+"/"+strconv.Itoa(from), func(app.Context) {
			p.from, p.edited = from, ""
			s.load()
			scrollTo(0)
		}, app.Text(label)).Attr("disabled", when(!there, "true"))
	}
	last := min(p.from+historyPage, p.total)
	return el("nav", "panel-buttons pages",
		to(w.PageBefore, max(0, p.from-historyPage), p.from > 0),
		txt("span", "muted", fill(w.PageOf, "from", w.number(p.from+1), "to", w.number(last), "n", w.number(p.total))),
		to(w.PageAfter, p.from+historyPage, last < p.total),
	).Attr("aria-label", attr(w.Pages))
}

// line draws what holds of an item, and beneath it what may be changed where it is open.
func (p *historyPageView) line(s *store, it *said, c protocol.Card) app.UI {
	w := s.words
	scope := strconv.Itoa(s.visit) + "/" + string(c.ID)
	open := p.edited == c.ID
	parts := []app.UI{el("div", "entry", entryLink(s, it, c),
		button("button button-quiet entry-edit", scope+yes(open), func(app.Context) {
			p.edited = c.ID
			if open { // now it goes where it belongs
				p.edited = ""
				p.load(s)
			}
			s.redraw()
		}, app.Text(w.Edit)).Attr("aria-expanded", yes(open)).Attr("aria-label", attr(fill(w.EditOf, "title", w.title(titleOf(c))))),
		forgetButton(s, c))}
	if it.note.Text != "" {
		parts = append(parts, txt("p", "entry-note", it.note.Text))
	}
	if open {
		parts = append(parts, p.editor(s, it, c, scope))
	}
	return el("li", "history-line", parts...).Attr("data-item", attr(string(c.ID)))
}

// editor draws what may be changed of a line: stars, the state, the date and the note; and what held
// before.
func (p *historyPageView) editor(s *store, it *said, c protocol.Card, scope string) app.UI {
	w := s.words
	var body []app.UI
	if _, other, _ := recordOf(c.ID); !other && c.Title != "" {
		body = append(body, &starRating{S: s, Lang: s.route.lang, Item: s.card(c)}, verdict(s, s.card(c)))
	}
	if e := it.dated(); e.Action != "" {
		body = append(body, el("div", "entry-date", el("label", "picker", txt("span", "picker-label", w.DateOf), p.dateField(s, it, c, scope+date(e.At))),
			button("button button-quiet", scope+"/none", func(app.Context) { s.redate(p.latest(it), "") }, app.Text(w.NoDate)).Attr("disabled", when(e.At == protocol.Undated, "true"))))
	}
	body = append(body, el("label", "picker entry-noted", txt("span", "picker-label", w.NoteOf),
		el("textarea", "", app.Text(it.note.Text)).Attr("rows", "3").Attr("maxlength", "1300").Attr("id", "note-"+string(c.ID)).
			On("change", func(ctx app.Context, _ app.Event) { s.annotate(c, p.latest(it), ctx.JSSrc().Get("value").String()) }, app.EventScope(scope))))
	if len(it.before) > 0 {
		lines := list(it.before, func(_ int, e protocol.Entry) app.UI { return txt("li", "", dotted(date(e.At), w.entry(e, c))) })
		body = append(body, el("div", "log", txt("p", "picker-label", w.Before), el("ul", "log-lines", lines...).Attr("role", "list")))
	}
	return el("div", "entry-editor", body...)
}

// latest returns what holds of an item now: a control keeps what it does while its line changes, and it is of when the
// control was first drawn.
func (p *historyPageView) latest(it *said) *said {
	for i := range p.items {
		if p.items[i].id == it.id {
			return &p.items[i]
		}
	}
	return it
}

// date returns the day of a moment by this device's clock, "" for none. Noon in UTC stands for a day of which no more is
// known ([store.redate], and records of files), wherever it is read.
func date(at int64) string {
	if at <= protocol.Undated {
		return ""
	}
	t := time.Unix(at, 0)
	if at%86400 == noon {
		t = t.UTC()
	}
	return t.Format(time.DateOnly)
}

const noon = 12 * 3600 // seconds of a day
