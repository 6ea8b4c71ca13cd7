package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// verdict draws what can be said of an item beside stars: buttons with words. What an item is not
// for the visitor has one of them; an older dislike presses it, too.
func verdict(s *store, c protocol.Card) app.UI {
	w := s.words
	title := w.title(c.Title)
	// The current feedback is part of the scope: pressing again takes it back.
	scope := strconv.Itoa(s.visit) + "/" + string(c.ID) + "/" + string(c.Action) + when(c.Watch, "+")
	one := func(name, class, text, label string, on bool, a protocol.Action) app.UI {
		return button("big "+class, scope, func(app.Context) { s.act(c, a, 0) }, icon(name), txt("span", "", text)).
			Attr("aria-label", attr(fill(label, "title", title))).Attr("aria-pressed", yes(on))
	}
	not := protocol.NotInterested
	if c.Action == protocol.Dislike {
		not = protocol.Dislike
	}
	var seen app.UI // who likes or rates an item has said that
	if c.Action != protocol.Like && c.Action != protocol.Rate {
		seen = one("check", "act-seen", w.Seen, w.SeenOf, c.Action == protocol.Seen, protocol.Seen)
	}
	return el("div", "verdict",
		one("heart", "act-like", w.LikeWord, w.Like, c.Action == protocol.Like, protocol.Like),
		seen,
		one("bookmark", "act-watch", w.WatchWord, w.Watch, c.Watch, protocol.Watchlist),
		one("no", "act-no", w.NotForMe, w.NotInterested, c.Action == not, not),
	)
}
