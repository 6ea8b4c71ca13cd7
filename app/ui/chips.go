package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// genreChips draws an item's genres, each a link to more of them.
func genreChips(s *store, genres []string) app.UI {
	return el("ul", "chips", list(genres, func(_ int, g string) app.UI {
		return el("li", "", link("chip", GenreURL(s.route.lang, g), app.Text(s.words.genre(g))))
	})...).Attr("role", "list")
}

// valueList draws what columns say of an item, each value a link to others that have it.
func valueList(s *store, values []protocol.Value) app.UI {
	return el("ul", "chips item-values", list(values, func(_ int, v protocol.Value) app.UI {
		by := narrowed{is: []value{{v.Column, v.Text}}}
		return el("li", "", link("chip", by.address(s.route.lang), app.Text(s.words.value(by.is[0]))))
	})...).Attr("role", "list")
}

// choice is one of several of which one is chosen.
type choice struct{ value, label string }

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
