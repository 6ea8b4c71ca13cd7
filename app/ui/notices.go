package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// notices draws what stands under the app bar: how far the download is, what
// failed and what to do, that the history lasts only as long as the tab, and
// that a newer version waits.
func notices(s *store) app.UI {
	w := s.words
	var out []app.UI
	switch {
	case s.conn.phase == "failed":
		out = append(out, failure(s))
	case s.conn.phase == "starting" && app.IsClient:
		out = append(out, progress(s))
	}
	if s.ready() && !s.durable && !s.warned && s.history() > 0 && s.route.page != "profile" { // which says it itself
		out = append(out, el("div", "notice",
			txt("p", "", w.NotDurable),
			linkButton(Address(s.route.lang, "/profile"), w.Profile),
			iconButton("", "warned", "close", w.Dismiss, "", func(app.Context) {
				s.warned = true
				s.redraw()
			}),
		).Attr("role", "status"))
	}
	if s.update {
		out = append(out, el("div", "notice",
			txt("p", "", w.UpdateWaits),
			button("button", "update", func(app.Context) { applyUpdate() }, app.Text(w.UpdateNow)),
		).Attr("role", "status"))
	}
	return el("div", "notices", out...)
}

// progress draws the one bar that shows while engine and model are fetched.
func progress(s *store) app.UI {
	w, n := s.words, s.conn.news
	text := w.Starting
	switch n.stage {
	case "engine":
		text = w.LoadingEngine
	case "model":
		text = w.LoadingModel
	}
	bar := el("progress", "").Attr("aria-label", text)
	detail := ""
	if n.total > 0 {
		bar = bar.Attr("max", int(n.total)).Attr("value", int(min(n.loaded, n.total)))
		detail = fill(w.LoadingBytes, "loaded", w.size(min(n.loaded, n.total)), "total", w.size(n.total))
	}
	return el("div", "notice loading", txt("p", "", text), bar, txt("p", "loading-bytes", detail))
}

// failure draws what happened, what is safe and what to do.
func failure(s *store) app.UI {
	w, n := s.words, s.conn.news
	title, text := w.cause(n)
	if n.kept {
		text += " " + w.FailedKept
	}
	return errorState(title, text, button("button", "retry", func(app.Context) {
		s.conn = conn{phase: "starting"}
		s.client.retry()
		s.redraw()
	}, app.Text(w.Retry)))
}

// cause returns what happened, as a heading and as a sentence.
func (w *words) cause(n news) (title, text string) {
	title, text = w.FailedStart, w.FailedEngine
	switch n.code { // as in static/js/failure.js
	case "network":
		title, text = w.FailedTitle, w.FailedNetwork
	case "http":
		title, text = w.FailedTitle, fill(w.FailedHTTP, "status", strconv.Itoa(int(n.status)))
	case "page":
		title, text = w.FailedTitle, w.FailedPage
	case "integrity":
		title, text = w.FailedTitle, w.FailedIntegrity
	case "decode":
		title, text = w.FailedTitle, w.FailedDecode
	case "browser":
		text = w.FailedBrowser
	case "wasm":
		text = w.FailedWasm
	case "memory":
		text = w.FailedMemory
	case "worker":
		text = w.FailedWorker
	}
	return title, text
}

// errorState draws what went wrong, what is safe, and the next step.
func errorState(title, text string, next app.UI) app.UI {
	return el("div", "notice notice-bad",
		el("div", "", txt("p", "notice-title", title), txt("p", "", text)),
		next,
	).Attr("role", "alert")
}

// emptyState draws what stands where a list would be.
func emptyState(name, title, text string, next ...app.UI) app.UI {
	return el("div", "empty", append([]app.UI{
		icon(name), txt("h2", "empty-title", title), txt("p", "empty-text", text),
	}, next...)...)
}

// linkButton returns a link that looks like a button.
func linkButton(href, label string) app.UI {
	return link("button", href, app.Text(label))
}
