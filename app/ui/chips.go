package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// genreChips draws an item's genres, each a link to more of them.
func genreChips(s *store, genres []string) app.UI {
	return el("ul", "chips", list(genres, func(_ int, g string) app.UI {
		return el("li", "", link("chip", GenreURL(s.route.lang, g), app.Text(s.words.genre(g))))
	})...).Attr("role", "list")
}

// choice is one of several chips of which one is chosen.
type choice struct {
	value, label, href string
}

// choices draws links that look like chips; the chosen one is marked.
func choices(label, chosen string, all []choice) app.UI {
	return el("ul", "chips chips-scroll", list(all, func(_ int, c choice) app.UI {
		a := link("chip", c.href, app.Text(c.label))
		if c.value == chosen {
			a = a.Attr("aria-current", "true")
		}
		return el("li", "", a)
	})...).Attr("role", "list").Attr("aria-label", attr(label))
}

// picker draws a drop-down list with a label.
func picker(id, label, chosen string, all []choice, change func(value string), scope string) app.UI {
	options := list(all, func(_ int, c choice) app.UI {
		o := txt("option", "", c.label).Attr("value", attr(c.value))
		if c.value == chosen {
			o = o.Attr("selected", "true")
		}
		return o
	})
	return el("label", "picker",
		txt("span", "picker-label", label),
		el("select", "", options...).Attr("id", id).
			On("change", func(ctx app.Context, e app.Event) { change(ctx.JSSrc().Get("value").String()) }, app.EventScope(scope)),
	)
}
