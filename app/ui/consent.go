package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// shareView draws where the visitor decides whether this site may learn from
// what they do, and deletes what they shared. A site without an edge has no
// such part.
func (p *profilePage) shareView(s *store) app.UI {
	if !s.hasEdge {
		return nil
	}
	w, now := s.words, s.sharing
	scope := strconv.Itoa(s.visit) + now.state
	body := []app.UI{
		txt("h2", "panel-title", w.ShareTitle).Attr("id", "share"), txt("p", "", w.ShareText),
		shareSwitch(s, scope),
		txt("p", "muted share-note", p.shareNote(s)).Attr("id", "share-note").Attr("role", "status"),
	}
	switch {
	case now.shared:
		body = append(body, question(s, &p.unshare, "unshare", w.Unshare, w.UnshareSure, w.UnshareYes, func() {
			p.eraseShared(s)
			s.focusSoon("share-switch")
		}))
	case now.state == "off" && p.deleted == "" && !now.deleting:
		body = append(body, txt("p", "muted share-nothing", w.ShareNothing))
	default: // keeps the layout in place
		body = append(body, txt("span", "button button-quiet share-later", w.Unshare).Attr("aria-hidden", "true"))
	}
	return el("section", "panel", body...).Attr("aria-labelledby", "share")
}

// shareSwitch is on or off; it is disabled before the consent is known, and
// where the browser has refused for the visitor (Global Privacy Control, Do Not
// Track).
func shareSwitch(s *store, scope string) app.UI {
	w, on := s.words, s.sharing.state == "on"
	word := w.ShareOff
	if on {
		word = w.ShareOn
	}
	b := button("switch", scope, func(app.Context) { s.share(!on) },
		el("span", "switch-track", el("span", "switch-knob")).Attr("aria-hidden", "true"),
		txt("span", "switch-label", w.ShareSwitch),
		txt("span", "switch-word", word).Attr("aria-hidden", "true")).
		Attr("id", "share-switch").Attr("role", "switch").Attr("aria-checked", yes(on)).Attr("aria-describedby", "share-note")
	if s.feedback == nil || s.sharing.state == "" || s.sharing.state == "never" {
		b = b.Attr("disabled", "true")
	}
	return b
}

// shareNote returns the note under the switch: why it is disabled, the outcome
// of a deletion, the number of events that wait for the network.
func (p *profilePage) shareNote(s *store) string {
	w := s.words
	switch {
	case p.deleted == erasing:
		return w.Unsharing
	case s.sharing.deleting:
		return w.UnsharedPending
	case p.deleted == erased || p.deleted == pending:
		return w.Unshared
	case p.deleted == refused:
		return w.ShareFailed
	case s.sharing.state == "never":
		return w.ShareNever
	case s.sharing.state == "on" && s.offline && s.sharing.waiting > 0:
		return fill(w.ShareWaiting, "n", w.number(s.sharing.waiting))
	}
	return ""
}

// eraseShared deletes what was shared, on the device and at the site, and ends
// sharing.
func (p *profilePage) eraseShared(s *store) {
	p.unshare, p.deleted = false, erasing
	s.feedback.erase(func(o outcome) {
		p.deleted = o
		s.redraw()
	})
}

// invitation draws a question that appears once, above the list and out of its
// way: whether the site may learn from what the visitor does.
func invitation(s *store) app.UI {
	w := s.words
	scope := strconv.Itoa(s.visit)
	answer := func(class, label string, on bool) app.UI {
		return button("button "+class, scope+yes(on), func(app.Context) {
			s.share(on)
			arrive() // the button is gone; the focus must stay on the page
		}, app.Text(label))
	}
	return el("section", "notice invite",
		el("div", "", txt("h2", "invite-title", w.InviteTitle), txt("p", "", w.InviteText)),
		el("div", "panel-buttons", answer("", w.InviteYes, true), answer("", w.InviteNo, false)),
	).Attr("aria-label", w.InviteTitle)
}
