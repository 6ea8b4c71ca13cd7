package ui

import "syscall/js"

// startDragging lets a mouse pull every row sideways. The listeners are on the
// document and change nothing but scrollLeft, so that nothing is drawn again
// while a row moves; touch and wheel need no support.
func startDragging() {
	var track js.Value
	var from, at float64
	moved := false
	document.Call("addEventListener", "pointerdown", callback(func(e js.Value) {
		moved = false
		if e.Get("pointerType").String() != "mouse" || e.Get("button").Int() != 0 {
			return
		}
		if found := e.Get("target").Call("closest", ".track"); found.Truthy() {
			track, from, at = found, e.Get("clientX").Float(), found.Get("scrollLeft").Float()
		}
	}))
	document.Call("addEventListener", "pointermove", callback(func(e js.Value) {
		if !track.Truthy() {
			return
		}
		pulled := e.Get("clientX").Float() - from
		if !moved && pulled*pulled < 36 {
			return
		}
		if !moved {
			moved = true
			track.Get("classList").Call("add", "dragged")
		}
		track.Set("scrollLeft", at-pulled)
	}))
	release := callback(func(js.Value) {
		if track.Truthy() {
			track.Get("classList").Call("remove", "dragged")
		}
		track = js.Undefined()
	})
	document.Call("addEventListener", "pointerup", release)
	document.Call("addEventListener", "pointercancel", release)
	document.Call("addEventListener", "dragstart", callback(func(e js.Value) {
		if e.Get("target").Call("closest", ".track").Truthy() {
			e.Call("preventDefault")
		}
	}))
	swallow := callback(func(e js.Value) {
		if moved {
			moved = false
			e.Call("preventDefault")
			e.Call("stopPropagation")
		}
	})
	document.Call("addEventListener", "click", swallow, map[string]any{"capture": true})
}

// scrollRow moves the row called id by most of its width.
func scrollRow(id string, direction int) {
	if track := document.Call("getElementById", id); track.Truthy() {
		by := track.Get("clientWidth").Float() * 0.85 * float64(direction)
		track.Call("scrollBy", map[string]any{"left": by})
	}
}

// focusCard moves the focus to card to of the row called id.
func focusCard(id string, to int) {
	track := document.Call("getElementById", id)
	if !track.Truthy() {
		return
	}
	links := track.Call("querySelectorAll", ".card-link")
	if to >= 0 && to < links.Get("length").Int() {
		links.Index(to).Call("focus")
	}
}
