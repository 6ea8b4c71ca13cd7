package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// slider draws a range from 0 to 1 in steps of a tenth, with words at its ends.
// change is called for every step while it is pulled.
func slider(id, label, low, high string, value float32, change func(float32), scope string) app.UI {
	return el("div", "slider",
		txt("label", "slider-label", label).Attr("for", id),
		void("input", "").Attr("id", id).Attr("type", "range").
			Attr("min", "0").Attr("max", "10").Attr("step", "1").
			Attr("value", strconv.Itoa(int(value*10+0.5))).
			On("input", func(ctx app.Context, e app.Event) {
				change(float32(atoi(ctx.JSSrc().Get("value").String())) / 10)
			}, app.EventScope(scope)),
		el("div", "slider-ends", txt("span", "", low), txt("span", "", high)).Attr("aria-hidden", "true"),
	)
}
