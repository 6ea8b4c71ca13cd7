package ui

import (
	"syscall/js"
	"time"
)

// This file is everything the app does in the browser beside go-app's
// rendering.

var (
	document = js.Global().Get("document")
	window   = js.Global()
)

func now() int64 { return time.Now().Unix() }

// setLiveness publishes for tests and style sheets how far the app has started.
func setLiveness(phase string) {
	data := document.Get("documentElement").Get("dataset")
	data.Set("app", "alive")
	if phase != "starting" {
		data.Set("engine", phase)
	}
}

func listenOnline(deliver func(online bool)) {
	window.Call("addEventListener", "online", callback(func(js.Value) { deliver(true) }))
	window.Call("addEventListener", "offline", callback(func(js.Value) { deliver(false) }))
	if !window.Get("navigator").Get("onLine").Bool() {
		deliver(false)
	}
}

// navigate opens a page of the app.
func navigate(path string) { window.Call("goappNav", path) }

// applyUpdate moves the page to the version that waits.
func applyUpdate() { window.Get("sparrow").Call("update") }

// scrollTo scrolls to height y and reports whether the page is that high.
func scrollTo(y int) bool {
	window.Call("scrollTo", 0, y)
	return scrolled() >= y-1
}

// arrive moves the focus to the heading of a page that was just opened, so that
// screen readers announce it.
func arrive() {
	if h := document.Call("querySelector", "h1"); h.Truthy() {
		h.Set("tabIndex", -1)
		options := map[string]any{"preventScroll": true}
		h.Call("focus", options)
	}
}

// rowsAhead returns the rows of the page as it was rendered in advance, as HTML.
func rowsAhead() []string {
	all := document.Call("querySelectorAll", ".home > .row")
	rows := make([]string, all.Length())
	for i := range rows {
		rows[i] = all.Index(i).Get("outerHTML").String()
	}
	return rows
}

// wide reports whether there is room for a panel beside a list.
func wide() bool { return window.Get("innerWidth").Int() >= 900 }

func scrolled() int { return window.Get("scrollY").Int() }

// onBack calls f before a step through the browser's history is drawn.
func onBack(f func()) {
	draw := window.Get("onpopstate") // go-app's handler, which a listener of ours would run after
	window.Set("onpopstate", callback(func(e js.Value) {
		f()
		draw.Invoke(e)
	}))
	window.Get("history").Set("scrollRestoration", "manual")
}

// onKept calls f with the key of a text that another tab has kept, and with "" when the browser brings the page back that
// it had put aside: what was kept meanwhile is not told.
func onKept(f func(key string)) {
	window.Call("addEventListener", "storage", callback(func(e js.Value) {
		if key := e.Get("key"); key.Truthy() {
			f(key.String())
		}
	}))
	window.Call("addEventListener", "pageshow", callback(func(e js.Value) {
		if e.Get("persisted").Bool() {
			f("")
		}
	}))
}

// onSlash calls f when "/" is pressed outside of an input field.
func onSlash(f func()) {
	document.Call("addEventListener", "keydown", callback(func(e js.Value) {
		tag := e.Get("target").Get("tagName")
		typing := tag.Truthy() && (tag.String() == "INPUT" || tag.String() == "TEXTAREA" || tag.String() == "SELECT")
		if e.Get("key").String() == "/" && !typing && !e.Get("ctrlKey").Bool() && !e.Get("metaKey").Bool() {
			e.Call("preventDefault")
			f()
		}
	}))
}

// onHide calls f when the page is left or goes out of sight, which may be its end, until stop is
// called. A listener lets everything go on that Go was about to do, and a page that draws while it
// is left has its pictures refused: so none stands longer than f is wanted.
func onHide(f func()) (stop func()) {
	hidden := callback(func(js.Value) { f() })
	window.Call("addEventListener", "pagehide", hidden)
	document.Call("addEventListener", "visibilitychange", hidden)
	return func() {
		window.Call("removeEventListener", "pagehide", hidden)
		document.Call("removeEventListener", "visibilitychange", hidden)
		hidden.Release()
	}
}

// kept returns the text that is kept on this device under key, "" for none.
func kept(key string) string {
	if text := window.Get("localStorage").Call("getItem", key); text.Truthy() {
		return text.String()
	}
	return ""
}

// keepText keeps text under key, or nothing where it is empty.
func keepText(key, text string) {
	if text == "" {
		window.Get("localStorage").Call("removeItem", key)
	} else {
		window.Get("localStorage").Call("setItem", key, text)
	}
}

// zone returns how far this device's clock is ahead of UTC, in seconds.
func zone() int { return -60 * window.Get("Date").New().Call("getTimezoneOffset").Int() }

// makePicture offers what the page shows as a picture, or calls failed.
func makePicture(title string, failed func()) {
	var bad js.Func
	bad = callback(func(reason js.Value) {
		bad.Release()
		window.Get("console").Call("warn", "sparrow: picture:", reason)
		failed()
	})
	window.Get("sparrow").Call("use", "taste-picture.js", "offer", title).Call("catch", bad)
}

func focusID(id string) {
	if e := document.Call("getElementById", id); e.Truthy() {
		e.Call("focus")
	}
}

// profileOf gives then the profile of a person of this device, as it is kept; no bytes where nothing is.
func profileOf(id int, then func([]byte)) {
	window.Get("sparrow").Call("profileOf", id, callback(func(kept js.Value) {
		var b []byte
		if kept.Truthy() {
			b = make([]byte, kept.Length())
			js.CopyBytesToGo(b, kept)
		}
		then(b)
	}))
}

// drawCode draws a text as a QR code into the element called id, when the module for it is there.
func drawCode(id, text string) { window.Get("sparrow").Call("drawCode", id, text) }

// startAnew loads a page from the start, in the place of this one.
func startAnew(address string) { window.Get("location").Call("replace", address) }

// origin returns the scheme and the host of this site, "https://example.org".
func origin() string { return window.Get("location").Get("origin").String() }

// send hands an address to another app, or copies it where the browser cannot hand it on. then is
// given "sent", "copied", "failed", or "" where the visitor went back.
func send(title, address string, then func(how string)) {
	window.Get("sparrow").Call("send", title, address, callback(func(how js.Value) { then(how.String()) }))
}

// measured writes a number as people of a language do, in a currency of ISO 4217 or a unit of Intl; "" for none.
func measured(lang, number, currency, unit string) string {
	return window.Get("sparrow").Call("measured", lang, number, currency, unit).String()
}

// saveFile offers text to the visitor as a download.
func saveFile(name, mime, text string) {
	options := map[string]any{"type": mime}
	blob := window.Get("Blob").New([]any{text}, options)
	url := window.Get("URL").Call("createObjectURL", blob)
	a := document.Call("createElement", "a")
	a.Set("href", url)
	a.Set("download", name)
	a.Call("click")
	window.Get("URL").Call("revokeObjectURL", url)
}
