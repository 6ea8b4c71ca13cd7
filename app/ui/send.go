package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// sendItem draws the button that hands an item's address on.
func sendItem(s *store, c protocol.Card) app.UI {
	return button("button send", strconv.Itoa(s.visit)+"/"+string(c.ID), func(app.Context) {
		s.send(c.Title, origin()+ItemURL(s.route.lang, c.ID))
	}, icon("send"), app.Text(s.words.SendItem)).Attr("id", "send")
}

// send hands an address on, and says what became of it.
func (s *store) send(title, address string) {
	send(title, address, func(how string) {
		s.run(func() {
			w := s.words
			switch how {
			case "copied":
				s.toast.show(s, w.SendCopied, nil)
			case "sent":
				s.toast.show(s, w.SendSent, nil)
			case "failed":
				s.toast.show(s, fill(w.SendFailed, "link", address), nil)
			}
			s.redraw()
		})
	})
}

// sending is a link in the making: what will be in it is shown before it leaves the page.
type sending struct {
	open bool
	name string // of the visitor, if they want it in the link
}

// letter is what a link is made of.
type letter struct {
	id, label, text string          // of the elements, of the button, and what is said of it with {n}
	path, title     string          // of the page that opens it, and what another app calls it
	cards           []protocol.Card // whose ids it holds, as many as fit
	code            bool            // it is drawn as a QR code, too
}

// view draws a button, and once it was pressed what a link would hold, a field for a name, the link
// itself, and the button that hands it on.
func (p *sending) view(s *store, l *letter) app.UI {
	w := s.words
	scope := strconv.Itoa(s.visit) + l.id
	set := func(open bool, focus string) func(app.Context) {
		return func(app.Context) {
			p.open = open
			s.focusSoon(focus)
		}
	}
	if !p.open {
		return button("button send", scope, set(true, l.id+"-now"), icon("send"), app.Text(l.label)).Attr("id", l.id)
	}
	of := linked{ids: idsOf(l.cards, len(l.cards)), name: p.name}
	address, n := of.link(origin() + Address(s.route.lang, l.path))
	titles := make([]string, n)
	for i := range titles {
		titles[i] = w.title(l.cards[i].Title)
	}
	var code app.UI
	if l.code {
		code = el("div", "qr", el("svg", "").XMLNS(svgNamespace).Attr("id", l.id+"-code")).Attr("role", "img").Attr("aria-label", w.TwoCode)
		s.drawn(func() { drawCode(l.id+"-code", address) })
	}
	return el("section", "sending",
		txt("h2", "sending-title", l.label),
		txt("p", "", fill(l.text, "n", w.number(n))),
		txt("p", "muted", fill(w.SendHolds, "titles", strings.Join(titles, w.join))),
		textField(l.id+"-name", w.SendName, p.name, scope, "input", func(text string) {
			p.name = text
			s.redraw()
		}),
		el("label", "picker", txt("span", "picker-label", w.SendLink),
			void("input", "text-field").Attr("id", l.id+"-link").Attr("readonly", "true").Attr("value", attr(address))),
		code,
		el("div", "panel-buttons",
			button("button", scope+address, func(app.Context) { s.send(l.title, address) }, app.Text(w.SendNow)).Attr("id", l.id+"-now"),
			button("button button-quiet", scope, set(false, l.id), app.Text(w.SendClose))),
	).Attr("aria-label", l.label)
}

// textField draws a field for a name that says so at each event of that kind.
func textField(id, label, value, scope, event string, said func(text string)) app.UI {
	return el("label", "picker", txt("span", "picker-label", label),
		void("input", "text-field").Attr("id", id).Attr("maxlength", strconv.Itoa(mostName)).Attr("autocomplete", "off").Attr("value", attr(value)).
			On(event, func(_ app.Context, e app.Event) { said(e.Get("target").Get("value").String()) }, app.EventScope(scope)))
}
