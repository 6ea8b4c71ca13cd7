package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// slider draws a range of stops from low to high, with words at its ends; said is what a
// stop is called. change is called for every stop while it is pulled.
func slider(id, label string, ends [2]string, low, high, stop int, said string, change func(int), scope string) app.UI {
	return el("div", "slider",
		txt("label", "slider-label", label).Attr("for", id),
		void("input", "").Attr("id", id).Attr("type", "range").
			Attr("min", strconv.Itoa(low)).Attr("max", strconv.Itoa(high)).Attr("step", "1").
			Attr("value", strconv.Itoa(stop)).Attr("aria-valuetext", attr(said)).
			On("input", func(ctx app.Context, e app.Event) {
				if n, err := strconv.Atoi(ctx.JSSrc().Get("value").String()); err == nil {
					change(n)
				}
			}, app.EventScope(scope)),
		el("div", "slider-ends", txt("span", "", ends[0]), txt("span", "", ends[1])).Attr("aria-hidden", "true"),
	)
}

// stopWord returns what a text of four parts, "much less|less|more|much more", says of a stop from
// -2 to 2; "" for the middle.
func stopWord(text string, stop int) string {
	parts := strings.Split(text, "|")
	switch {
	case stop < 0:
		return parts[lastStop+stop]
	case stop > 0:
		return parts[lastStop-1+stop]
	}
	return ""
}
