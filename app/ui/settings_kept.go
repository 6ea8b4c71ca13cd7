package ui

import (
	"net/url"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// settingsKey is under which the settings of lists are kept on the device.
const settingsKey = "sparrow-wishes"

// recall takes the settings that are kept on the device, where the first address u has none.
func (r *root) recall(u *url.URL) {
	var text string
	if kept := app.Window().Get("localStorage").Call("getItem", settingsKey); kept.Truthy() {
		text = kept.String()
	}
	if q, err := url.ParseQuery(text); err == nil {
		r.s.settings = parseSettings(q)
	}
}

// read takes the settings of an address of the list, where it has any.
func (r *root) read(u *url.URL) {
	if parseRoute(u).page != "for-you" {
		return
	}
	if t := parseSettings(u.Query()); !t.none() {
		r.s.settings = t
	}
}

// keep keeps the settings on the device; the address of the list has them, too.
func (r *root) keep(ctx app.Context) {
	s := r.s
	q := s.settings.query()
	storage := app.Window().Get("localStorage")
	if s.settings.none() {
		storage.Call("removeItem", settingsKey)
	} else {
		storage.Call("setItem", settingsKey, q.Encode())
	}
	if s.route.page != "for-you" {
		return
	}
	s.route.query = q
	u := *ctx.Page().URL()
	u.RawQuery = q.Encode()
	ctx.Page().ReplaceURL(&u)
	r.open = u.RequestURI()
}
