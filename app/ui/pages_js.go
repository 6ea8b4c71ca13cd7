package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// Pages returns the constructor of pages, which share one engine worker and one
// outbox of feedback.
func Pages() func() app.Composer {
	base = window.Get("sparrow").Get("base").String()
	c, f := NewClient(), NewFeedback()
	return func() app.Composer { return NewRoot(c, f) }
}
