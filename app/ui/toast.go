package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// toastTime is how long a toast stays, in milliseconds: long enough to reach
// the undo button with a keyboard.
const toastTime = 9000

// toast is the one notification at the bottom of the screen.
type toast struct {
	text string
	undo func()
	turn int // grows with each toast, so that an old timer does not hide a new one
}

// show replaces the toast. undo may be nil.
func (t *toast) show(s *store, text string, undo func()) {
	t.turn++
	t.text, t.undo = text, undo
	turn := t.turn
	s.later(toastTime, func() {
		if t.turn == turn {
			t.hide()
			s.redraw()
		}
	})
}

func (t *toast) hide() { t.text, t.undo = "", nil }

func (t *toast) view(s *store) app.UI {
	var inside []app.UI
	if t.text != "" {
		row := []app.UI{txt("p", "toast-text", t.text)}
		if t.undo != nil {
			row = append(row, button("toast-undo", "undo", func(app.Context) {
				if t.undo != nil {
					t.undo()
				}
			}, app.Text(s.words.Undo)))
		}
		row = append(row, iconButton("toast-close", "close", "close", s.words.Dismiss, "", func(app.Context) {
			t.hide()
			s.redraw()
		}))
		inside = append(inside, el("div", "toast", row...))
	}
	return el("div", "toasts", inside...).Attr("role", "status").Attr("aria-live", "polite")
}
