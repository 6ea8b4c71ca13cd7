package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// missingPage is shown at an unknown address.
type missingPage struct{}

func (missingPage) load(*store)           {}
func (missingPage) title(w *words) string { return w.MissingTitle }
func (missingPage) about(w *words) string { return w.About }

func (missingPage) view(s *store) app.UI {
	w := s.words
	return el("div", "missing", txt("h1", "only-read", w.MissingTitle),
		emptyState("card", w.MissingTitle, w.MissingText, linkButton(Address(s.route.lang, "/"), w.GoHome)))
}

// shellPage is shown at an address that was not rendered in advance, until the
// app has parsed it.
type shellPage struct{}

func (shellPage) load(*store)           {}
func (shellPage) title(w *words) string { return "" }
func (shellPage) about(w *words) string { return w.About }

func (shellPage) view(s *store) app.UI {
	return el("div", "shell", txt("h1", "only-read", s.words.SkeletonText), skeletons(s.words, "grid", 12))
}
