package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// Every element is an app.Elem: a type of its own for each tag (app.Div,
// app.P, …) costs about 1 KB of brotli in app.wasm.

// el returns an element with children. class may be "".
func el(tag, class string, kids ...app.UI) app.HTMLElem {
	e := app.Elem(tag)
	if class != "" {
		e = e.Class(class)
	}
	return e.Body(kids...)
}

// txt returns an element that contains only text.
func txt(tag, class, text string) app.HTMLElem {
	return el(tag, class, app.Text(text))
}

// void returns an element that has no content: img, input, hr.
func void(tag, class string) app.HTMLElemSelfClosing {
	e := app.ElemSelfClosing(tag)
	if class != "" {
		e = e.Class(class)
	}
	return e
}

// link returns a link to a page of the app, or to nothing when href is not
// allowed.
func link(class, href string, kids ...app.UI) app.HTMLElem {
	e := el("a", class, kids...)
	if href = safeURL(href); href != "" {
		e = e.Attr("href", attr(href))
	}
	return e
}

// icon returns a picture drawn by the style sheet; its meaning is in a label
// elsewhere.
func icon(name string) app.HTMLElem {
	return el("span", "icon icon-"+name).Attr("aria-hidden", "true")
}

// button returns a button that calls do when it is pressed. scope differs
// wherever do closes over something else: go-app compares handlers by their
// code, not by what they hold.
func button(class, scope string, do func(ctx app.Context), kids ...app.UI) app.HTMLElem {
	return el("button", class, kids...).
		Attr("type", "button").
		On("click", func(ctx app.Context, e app.Event) { do(ctx) }, app.EventScope(scope))
}

// iconButton returns a button that shows an icon and is labelled label. pressed
// is "true", "false", or "" for a button that is not a toggle.
func iconButton(class, scope, name, label, pressed string, do func(ctx app.Context)) app.HTMLElem {
	return button("icon-button "+class, scope, do, icon(name)).
		Attr("aria-label", attr(label)).
		Attr("title", attr(label)).
		Attr("aria-pressed", pressed)
}

// safeURL returns u if it may stand in a link: https, or a path of this site.
// Everything else ("javascript:", "//host", "data:") becomes "".
func safeURL(u string) string {
	if strings.ContainsAny(u, "\\\n\r\t\x00") {
		return ""
	}
	switch {
	case strings.HasPrefix(u, "https://"):
		return u
	case strings.HasPrefix(u, "/") && !strings.HasPrefix(u, "//"):
		return u
	case strings.HasPrefix(u, "#"):
		return u
	}
	return ""
}

// yes returns b as an ARIA boolean.
func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// when returns s if ok, else "".
func when(ok bool, s string) string {
	if ok {
		return s
	}
	return ""
}

// list returns children of the same kind, for elements that take any number.
func list[T any](from []T, draw func(i int, v T) app.UI) []app.UI {
	out := make([]app.UI, 0, len(from))
	for i, v := range from {
		if u := draw(i, v); u != nil {
			out = append(out, u)
		}
	}
	return out
}
