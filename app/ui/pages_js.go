package ui

import (
	"encoding/json"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/vocabulary"
)

// Pages returns the constructor of pages, which share one engine worker and one
// outbox of feedback.
func Pages() func() app.Composer {
	base = window.Get("sparrow").Get("base").String()
	speak(window.Get("sparrow").Get("vocabulary").String())
	c, f := NewClient(), NewFeedback()
	return func() app.Composer { return NewRoot(c, f) }
}

// speak takes over the vocabulary of the catalog, which the exporter has checked.
func speak(text string) {
	var v vocabulary.Vocabulary
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err) // app.js is the exporter's own
	}
	take(&v)
}
