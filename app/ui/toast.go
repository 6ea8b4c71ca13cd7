package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// toastTime is how long a toast stays, in milliseconds: long enough to reach
// the undo button with a keyboard. One with more to read stays twice as long.
const toastTime = 9000

// toast is the one notification at the bottom of the screen.
type toast struct {
	text   string
	undo   func()
	blocks []block // that it offers
	turn   int     // grows with each toast, so that an old timer does not hide a new one
}

// show replaces the toast. undo may be nil.
func (t *toast) show(s *store, text string, undo func()) {
	t.hide()
	t.text, t.undo = text, undo
	t.end(s, toastTime)
}

// offer adds to the toast what can be blocked beside.
func (t *toast) offer(s *store, blocks []block) {
	t.blocks = blocks
	t.end(s, 2*toastTime)
}

// end hides the toast some milliseconds from now.
func (t *toast) end(s *store, ms int) {
	t.turn++
	turn := t.turn
	s.later(ms, func() {
		if t.turn == turn {
			t.hide()
			s.redraw()
		}
	})
}

func (t *toast) hide() { t.text, t.undo, t.blocks = "", nil, nil }

func (t *toast) view(s *store) app.UI {
	var inside []app.UI
	if t.text != "" {
		said := []app.UI{txt("p", "toast-text", t.text)}
		if len(t.blocks) > 0 {
			said = append(said, el("div", "toast-blocks", append([]app.UI{txt("span", "", s.words.Block)}, list(t.blocks, func(_ int, b block) app.UI {
				return button("toast-block", b.address(), func(app.Context) { s.toggleBlock(b) }, app.Text(s.words.blockName(b)))
			})...)...).Attr("role", "group").Attr("aria-label", s.words.Block))
		}
		row := []app.UI{el("div", "toast-said", said...)}
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
