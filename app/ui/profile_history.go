package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

const historyLines = 12 // that the profile shows

// historyView draws what holds of the latest items, and the way to all of them.
func (p *profilePage) historyView(s *store) app.UI {
	w, lang := s.words, s.route.lang
	heading := txt("h2", "panel-title", w.HistoryTitle).Attr("id", "history")
	items := byItem(p.entries)
	n := min(len(items), len(p.cards)) // they come in one answer
	if n == 0 {
		return el("section", "panel", heading, txt("p", "muted", w.HistoryEmpty))
	}
	from := max(0, n-historyLines)
	lines := make([]app.UI, 0, n-from)
	for i := n - 1; i >= from; i-- {
		lines = append(lines, el("li", "entry", entryLink(s, &items[i], p.cards[i]), forgetButton(s, p.cards[i])).
			Attr("data-item", attr(string(p.cards[i].ID))))
	}
	return el("section", "panel", heading, el("ul", "entries latest", lines...).Attr("role", "list"),
		el("p", "", link("text-link", Address(lang, "/history"), app.Text(fill(w.HistoryAll, "n", w.number(n))))))
}

// entryLink draws what holds of an item, with a link to its page where it has one.
func entryLink(s *store, it *said, c protocol.Card) app.UI {
	w := s.words
	text := el("span", "entry-text", txt("span", "entry-title", titleOf(c)), txt("span", "entry-meta", w.state(*it, c)), txt("span", "entry-meta entry-day", date(it.dated().At)))
	if _, other, _ := recordOf(c.ID); other { // of another site, and perhaps of no page here
		return el("span", "entry-link", text)
	}
	return link("entry-link", ItemURL(s.route.lang, c.ID), posterOf(c, "entry-poster"), text)
}

// forgetButton takes back all that was said of an item.
func forgetButton(s *store, c protocol.Card) app.UI {
	return iconButton("entry-remove", strconv.Itoa(s.visit)+"/"+string(c.ID), "close", fill(s.words.Remove, "title", s.words.title(titleOf(c))), "",
		func(app.Context) { s.act(c, protocol.Forget, 0) })
}

// state describes what holds of an item in short.
func (w *words) state(it said, c protocol.Card) string {
	text := ""
	if it.opinion.Action != "" {
		text = w.entry(it.opinion, c)
	}
	if it.watch.Action == "" {
		return text
	}
	if text != "" {
		text += " · "
	}
	return text + w.Watching
}

// entry describes a profile entry in short.
func (w *words) entry(e protocol.Entry, c protocol.Card) string {
	switch e.Action {
	case protocol.Rate:
		return "★ " + w.stars(e.Stars)
	case protocol.Watchlist:
		return w.Watching
	case protocol.Like:
		return w.Liked
	case protocol.Seen:
		return w.Seen
	case protocol.View:
		return w.Viewed
	case protocol.Dislike, protocol.NotInterested:
		return w.NotForMe
	case protocol.Note:
		return fill(w.NoteSaid, "text", clipped(e.Text, 40))
	}
	return w.did(c, e.Action, e.Stars, false)
}

// clipped returns the first n characters of text, with a mark where it is longer.
func clipped(text string, n int) string {
	all := []rune(text)
	if len(all) <= n {
		return text
	}
	return string(all[:n]) + "…"
}
