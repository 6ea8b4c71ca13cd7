package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// appBar draws the header of every page: the mark, the search box and the links
// to the four main pages. On a phone these links move to the bottom of the
// screen.
func appBar(s *store) app.UI {
	w, lang := s.words, s.route.lang
	place := func(page, name, label string) app.UI {
		a := link("place", Address(lang, "/"+page), icon(name), txt("span", "place-label", label))
		if s.route.page == page {
			a = a.Attr("aria-current", "page")
		}
		return a
	}
	return el("header", "bar",
		el("div", "bar-inner",
			link("brand", Address(lang, "/"), el("span", "mark").Attr("aria-hidden", "true"), txt("span", "brand-name", w.Name)),
			&searchBox{S: s, Lang: lang, Ready: s.ready(), Visit: s.visit},
			el("nav", "places",
				place("for-you", "spark", w.ForYou),
				place("browse", "grid", w.Browse),
				place("kept", "bookmark", w.Watchlist),
				place("profile", "person", w.Profile),
			).Attr("aria-label", w.Name),
			badge(s),
			whoMenu(s),
			languageLink(s, "bar-lang"),
		),
	)
}

// badge draws in one word what the app can do now: offline, or nothing.
func badge(s *store) app.UI {
	text, class := "", "badge"
	switch {
	case s.offline && s.ready():
		text, class = s.words.Offline, "badge badge-offline"
		if s.lacking != nil {
			text = s.words.OfflineLacking
		}
	case s.ready():
		class = "badge badge-ready"
	}
	return txt("span", class, text).Attr("role", "status")
}

// languageLink links to the same page in the other language.
func languageLink(s *store, class string) app.UI {
	w := s.words
	return link(class, s.route.address(w.SwitchLang), app.Text(w.Switch)).
		Attr("lang", HtmlLang(w.SwitchLang)).Attr("hreflang", HtmlLang(w.SwitchLang))
}

func footer(s *store) app.UI {
	w := s.words
	lines := []app.UI{
		el("p", "foot-line", app.Text(w.About)),
		el("p", "foot-line",
			link("text-link", Address(s.route.lang, "/lab"), app.Text(w.LabLink)), app.Text(" · "),
			languageLink(s, "text-link")),
	}
	if s.status != nil && s.status.Citation != "" {
		lines = append(lines, txt("p", "foot-line foot-small", s.status.Citation))
	}
	return el("footer", "foot", lines...)
}
