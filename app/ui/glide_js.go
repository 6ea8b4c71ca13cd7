package ui

import (
	"strconv"
	"syscall/js"
)

// A changed list is in the page with its first drawing. Its cards glide from
// there on by an animation of their own: a view transition holds the change back
// until the browser has taken a picture of each card, which takes several frames.

const (
	glideTime = 200 // milliseconds until a card is at its new place
	fadeTime  = 120 // and until one that is new in the list is all there
)

// spots is where cards are on the screen, by item.
type spots map[string]spot

type spot struct{ x, y float64 }

var gliding []js.Value // animations of the last change, ended or not

// spotsOf returns where the cards on the screen are; nil for a visitor who wants
// nothing to move, and where no one looks.
func spotsOf() spots {
	calm := window.Call("matchMedia", "(prefers-reduced-motion: reduce)").Get("matches").Bool()
	if calm || document.Get("hidden").Bool() {
		return nil
	}
	was := spots{}
	eachCard(func(_ js.Value, item string, at spot) {
		if _, twice := was[item]; !twice {
			was[item] = at
		}
	})
	return was
}

// glide has the cards on the screen move to their places from those where their
// items were, and appear where their items are new. It begins with the frame that
// shows the list: the places need a layout, which is then made but once, and in
// another task than the drawing.
func (was spots) glide() {
	if was == nil {
		return
	}
	var frame js.Func
	frame = callback(func(js.Value) {
		frame.Release()
		was.start()
	})
	window.Call("requestAnimationFrame", frame)
}

func (was spots) start() {
	for _, one := range gliding {
		one.Call("cancel") // was has how far it came
	}
	gliding = gliding[:0]
	var starts []func() // after the last place was read: each start would cost a layout
	eachCard(func(card js.Value, item string, at spot) {
		from, ok := was[item]
		delete(was, item) // an item that stands on the page twice moves once
		switch {
		case !ok:
			starts = append(starts, func() { animate(card, fadeTime, map[string]any{"opacity": 0}) })
		case from != at:
			starts = append(starts, func() {
				animate(card, glideTime, map[string]any{"transform": "translate(" + pixels(from.x-at.x) + "," + pixels(from.y-at.y) + ")"})
			})
		}
	})
	for _, start := range starts {
		start()
	}
}

// animate brings a card to its usual look from another.
func animate(card js.Value, ms int, from map[string]any) {
	easing := map[string]any{"duration": ms, "easing": "cubic-bezier(0.2, 0, 0, 1)"}
	gliding = append(gliding, card.Call("animate", []any{from, map[string]any{}}, easing))
}

func pixels(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) + "px" }

// eachCard calls do with each card on the screen and its place in the page.
func eachCard(do func(card js.Value, item string, at spot)) {
	height := window.Get("innerHeight").Float()
	cards := document.Call("querySelectorAll", ".card")
	for i := range cards.Get("length").Int() {
		card := cards.Index(i)
		box := card.Call("getBoundingClientRect")
		at := spot{box.Get("left").Float(), box.Get("top").Float()}
		if at.y <= height && box.Get("bottom").Float() >= 0 {
			do(card, card.Get("dataset").Get("item").String(), at)
		}
	}
}
