package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// starRating sets half stars: by pointer, and by the arrow keys as a slider.
type starRating struct {
	app.Compo
	S    *store
	Lang string
	Item protocol.Card // with the visitor's feedback
}

func (r *starRating) Render() app.UI {
	w := wordsOf(r.Lang)
	given := r.given()
	text := w.NoRating
	if given > 0 {
		text = fill(w.RateStars, "stars", w.stars(given))
	}
	halves := make([]app.UI, 0, 10)
	for h := 1; h <= 10; h++ {
		class := "half half-left"
		if h%2 == 0 {
			class = "half half-right"
		}
		if float32(h) <= 2*given {
			class += " half-on"
		}
		halves = append(halves, el("span", class).
			Attr("data-half", strconv.Itoa(h)).
			On("click", r.click))
	}
	return el("div", "stars",
		txt("span", "stars-label", w.YourRating).Attr("id", "stars-label"),
		el("div", "stars-row", halves...).
			Attr("role", "slider").Attr("tabindex", "0").
			Attr("aria-labelledby", "stars-label").
			Attr("aria-valuemin", "0").Attr("aria-valuemax", "5").
			Attr("aria-valuenow", w.stars(given)).
			Attr("aria-valuetext", text).
			On("keydown", r.key),
		txt("span", "stars-text", text),
	)
}

// given returns the rating in stars, 0 for none.
func (r *starRating) given() float32 {
	if r.Item.Action == protocol.Rate {
		return r.Item.Stars
	}
	return 0
}

func (r *starRating) rate(halves int) {
	if halves < 1 {
		if r.given() > 0 {
			r.S.act(r.Item, protocol.Clear, 0)
		}
		return
	}
	if to := float32(min(halves, 10)) / 2; to != r.given() {
		r.S.act(r.Item, protocol.Rate, to)
	}
}

func (r *starRating) click(ctx app.Context, e app.Event) {
	h := atoi(ctx.JSSrc().Get("dataset").Get("half").String())
	if float32(h) == 2*r.given() {
		h = 0 // the same again takes it back
	}
	r.rate(h)
}

func (r *starRating) key(ctx app.Context, e app.Event) {
	h := int(2 * r.given())
	switch e.Get("key").String() {
	case "ArrowRight", "ArrowUp":
		h++
	case "ArrowLeft", "ArrowDown":
		h--
	case "Home", "Delete", "Backspace":
		h = 0
	case "End":
		h = 10
	default:
		return
	}
	e.PreventDefault()
	r.rate(h)
}
