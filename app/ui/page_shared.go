package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

// sharedPage shows a list that somebody sent as a link: its items as this catalog has them.
type sharedPage struct {
	linked
	cards   []protocol.Card
	unknown int // items that this catalog lacks
	outside int // items that the limits of a child's profile keep from it
	loaded  bool
}

func newSharedPage(r route) *sharedPage { return &sharedPage{linked: readLinked(r.sent, mostListed)} }

func (p *sharedPage) load(s *store) {
	if len(p.ids) == 0 {
		return
	}
	s.list(protocol.Request{Verb: protocol.Named, Entries: p.entries("")}, len(p.cards) > 0, func(r reply) {
		p.cards, p.unknown, p.loaded = r.Cards, len(r.Unknown), true
		if p.outside = 0; r.Error == nil {
			p.outside = len(p.ids) - len(r.Cards) - len(r.Unknown)
		}
	}, nil)
}

func (p *sharedPage) title(w *words) string {
	if p.name != "" {
		return fill(w.SharedFrom, "name", p.name)
	}
	return w.SharedTitle
}

func (p *sharedPage) about(w *words) string { return w.About }

func (p *sharedPage) view(s *store) app.UI {
	w := s.words
	body := []app.UI{el("div", "page-head", txt("h1", "page-title", p.title(w)))}
	home := linkButton(Address(s.route.lang, "/"), w.GoHome)
	switch {
	case p.long:
		body = append(body, emptyState("card", w.SharedNone, w.SharedLong, home))
	case p.outside > 0 && len(p.cards) == 0:
		body = append(body, outsideView(s))
	case len(p.ids) == 0:
		body = append(body, emptyState("card", w.SharedNone, w.SharedNoneText, home))
	case p.loaded && len(p.cards) == 0: // what is said below is all there is
		body = append(body, home)
	case !p.loaded:
		body = append(body, skeletons(w, "grid", len(p.ids)))
	default:
		body = append(body, txt("p", "muted", w.SharedText), grid(s, listShared, nil, p.cards))
	}
	for _, of := range []struct {
		text string
		n    int
	}{{w.SharedUnknown, p.unknown}, {w.SharedOutside, p.outside}, {w.SharedUnread, p.unread}} {
		if of.n > 0 {
			body = append(body, txt("p", "muted", fill(of.text, "n", w.number(of.n))))
		}
	}
	return el("div", "shared", body...)
}
