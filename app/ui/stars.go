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
			On("keydown", r.key).On("blur", r.left),
		txt("span", "stars-text", text),
	)
}

// given returns the rating in stars, 0 for none, as of this moment: keys can be
// faster than drawing.
func (r *starRating) given() float32 { return given(r.S.card(r.Item)) }

func (r *starRating) click(ctx app.Context, e app.Event) {
	to := float32(atoi(ctx.JSSrc().Get("dataset").Get("half").String())) / 2
	if to == r.given() {
		to = 0 // the same again takes it back
	}
	r.S.rate(r.Item, to)
	r.S.endGesture()
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
	r.S.rate(r.Item, float32(max(0, min(h, 10)))/2)
}

// left ends the choice when the focus goes elsewhere.
func (r *starRating) left(app.Context, app.Event) { r.S.endGesture() }
