package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// question draws a button called label that does nothing before a second
// button, called yes, is pressed under text. open reports whether that shows.
// The focus goes to the cancel button first, and back to the first button after
// that.
func question(s *store, open *bool, id, label, text, yes string, do func()) app.UI {
	scope := strconv.Itoa(s.visit) + id
	set := func(to bool, focus string) func(app.Context) {
		return func(app.Context) {
			*open = to
			s.toast.hide() // it may cover the answer
			s.focusSoon(focus)
		}
	}
	if !*open {
		return button("button button-quiet", scope, set(true, id+"-no"), app.Text(label)).Attr("id", id)
	}
	return el("div", "sure",
		txt("p", "", text).Attr("id", id+"-text"),
		el("div", "panel-buttons",
			button("button button-bad", scope, func(app.Context) { do() }, app.Text(yes)),
			button("button", scope, set(false, id), app.Text(s.words.EraseNo)).Attr("id", id+"-no"),
		)).Attr("role", "alertdialog").Attr("aria-label", label).Attr("aria-describedby", id+"-text")
}

// focusSoon moves the focus to the element called id after it has been drawn.
func (s *store) focusSoon(id string) {
	s.drawn(func() { focusID(id) })
}
