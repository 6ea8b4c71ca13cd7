package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/protocol"
)

const (
	mostLikes = 40 // of a link to somebody
	twoCards  = 24
)

// twoPage makes one list for the visitor and somebody else: another profile of this device, a saved copy of theirs, or
// likes that they sent as a link. Of somebody from outside nothing is kept once the page is left.
type twoPage struct {
	linked // what the address brings
	other  other
	who    string // what they are called; "" where they did not say
	said   string // why there is no one, or what of them is not used

	cards   []protocol.Card
	shares  protocol.Points // parallel to cards
	unknown int             // of the other's items, not in this catalog
	loaded  bool
	drawn   pieces

	likes   []protocol.Card // of the visitor, the latest first: what a link would hold
	sending sending
}

// other is somebody to make a list with; the zero value is no one.
type other struct {
	entries []protocol.Entry
	kept    []byte   // in place of entries: a profile of this device
	filter  string   // that their profile is held to, with what their own lists are never to show
	blocked []string // what they block
}

func newTwoPage(r route) *twoPage {
	p := &twoPage{linked: readLinked(r.sent, mostLikes)}
	if len(p.ids) > 0 {
		p.who, p.other.entries = p.name, p.entries(protocol.Like)
	}
	return p
}

func (p *twoPage) title(w *words) string { return w.TwoTitle }
func (p *twoPage) about(w *words) string { return w.About }

// some reports whether there is somebody to make a list with.
func (p *twoPage) some() bool { return len(p.other.entries)+len(p.other.kept) > 0 }

func (p *twoPage) load(s *store) {
	s.ask(protocol.Request{Verb: protocol.Profile}, func(r reply) { p.likes = likesOf(r.Entries, r.Cards) })
	if !p.some() {
		return
	}
	q := protocol.Request{Verb: protocol.Two, Entries: p.other.entries, Other: p.other.kept, K: twoCards}
	q.Filter = both(s.settings.filter(), p.other.filter)
	q.Blocked = append(s.settings.blocked(), p.other.blocked...)
	s.list(q, len(p.cards) > 0, func(r reply) {
		if r.Error != nil {
			p.forget(s.words.ImportFailed)
			return
		}
		if n := len(r.Unknown); n > 0 && n == len(byItem(q.Entries)) { // nothing is known of them: a list would be for one
			p.forget(fill(s.words.TwoUnknown, "n", s.words.number(n)))
			return
		}
		p.cards, p.shares, p.unknown, p.loaded = r.Cards, r.Points, len(r.Unknown), true
		p.drawn.grow(s, p, len(p.cards), gridPiece)
	}, nil)
}

// likesOf returns the cards of what the visitor likes, the latest first; entries and cards are those of a profile.
func likesOf(entries []protocol.Entry, cards []protocol.Card) (likes []protocol.Card) {
	items := byItem(entries)
	for i := min(len(items), len(cards)) - 1; i >= 0 && len(likes) < mostLikes; i-- {
		o := items[i].opinion
		_, _, elsewhere := recordOf(items[i].id)
		if !elsewhere && (o.Action == protocol.Like || o.Action == protocol.Rate && o.Stars >= 4) {
			likes = append(likes, cards[i])
		}
	}
	return likes
}

// with makes the list with somebody.
func (p *twoPage) with(s *store, who string, them other) {
	p.forget("")
	p.who, p.other = who, them
	s.redraw()
	p.load(s)
}

// forget leaves no one, and says why.
func (p *twoPage) forget(why string) {
	p.other, p.who, p.said, p.cards, p.loaded, p.drawn = other{}, "", why, nil, false, 0
	p.linked = linked{}
}

// withPerson makes the list with another profile of this device, which keeps its rules and its settings.
func (p *twoPage) withPerson(s *store, one person) {
	profileOf(one.ID, func(kept []byte) {
		s.run(func() {
			if len(kept) == 0 {
				p.forget(fill(s.words.TwoEmpty, "name", s.words.called(&one)))
				s.redraw()
				return
			}
			held, _ := one.held()
			theirs := settingsOf(one.ID)
			p.with(s, s.words.called(&one), other{kept: kept, filter: both(theirs.filter(), filterOf(held)), blocked: theirs.blocked()})
		})
	})
}

// withFile makes the list with who saved a copy of their profile.
func (p *twoPage) withFile(s *store, file source) {
	if file == nil {
		return
	}
	var stop func()
	stop = file(func(b brought) {
		if b.kind != "saved" && b.kind != "failed" && b.kind != "end" {
			return
		}
		f := found{tell: func(int) {}}
		err := errUnreadable
		if b.kind == "saved" {
			err = f.read(b.text)
		}
		s.run(func() {
			stop()
			if err != nil || len(f.entries) == 0 {
				p.forget(s.words.TwoNoCopy)
				s.redraw()
				return
			}
			p.with(s, "", other{entries: f.entries})
		})
	})
}

func (p *twoPage) view(s *store) app.UI {
	w := s.words
	head := el("div", "page-head", txt("h1", "page-title", w.TwoTitle))
	if !p.some() {
		return el("div", "two", head, txt("p", "two-text", w.TwoText), el("p", "muted", app.Text(p.trouble(w))).Attr("role", "status"), p.choose(s))
	}
	body := []app.UI{head, txt("p", "two-text", fill(w.TwoHow, "name", p.called(w)))}
	if s.history() == 0 {
		body = append(body, txt("p", "muted", w.TwoStranger))
	}
	for _, of := range []struct {
		text string
		n    int
	}{{w.TwoUnknown, p.unknown}, {w.SharedUnread, p.unread}} {
		if of.n > 0 {
			body = append(body, txt("p", "muted", fill(of.text, "n", w.number(of.n))))
		}
	}
	body = append(body, button("button", strconv.Itoa(s.visit), func(app.Context) {
		p.forget("")
		s.focusSoon("two-file")
		s.redraw()
	}, app.Text(w.TwoOther)).Attr("id", "two-other"))
	switch {
	case !p.loaded:
		body = append(body, skeletons(w, "grid", 12))
	case len(p.cards) == 0:
		body = append(body, emptyState("card", w.ListEmpty, w.TwoEmptyList))
	default:
		body = append(body, p.list(s))
	}
	return el("div", "two", body...)
}

// trouble says what of a link or a file was of no use.
func (p *twoPage) trouble(w *words) string {
	switch {
	case p.long:
		return w.SharedLong
	case p.said == "" && p.unread > 0:
		return w.SharedNoneText
	}
	return p.said
}

func (p *twoPage) called(w *words) string {
	if p.who == "" {
		return w.TwoThey
	}
	return p.who
}

// list draws the cards, each with two bars: how it suits either.
func (p *twoPage) list(s *store) app.UI {
	w := s.words
	n := min(int(p.drawn), len(p.cards))
	return inList(el("ol", "grid ranked-list", list(newCards(s, p.cards[:n]), func(i int, k *card) app.UI {
		return el("li", "", k, el("div", "suits", suits(w, w.TwoYou, p.shares.X[i]), suits(w, p.called(w), p.shares.Y[i])))
	})...), listTwo, nil).Attr("aria-label", w.TwoTitle).On("click", s.click)
}

// suits draws how an item suits somebody, in words and as a bar: share of the candidates suits them less.
func suits(w *words, who string, share float32) app.UI {
	text := w.TwoLeast
	switch {
	case share >= 0.9:
		text = w.TwoBest
	case share >= 0.7:
		text = w.TwoGood
	case share >= 0.4:
		text = w.TwoFair
	}
	return el("div", "suit", txt("p", "suit-text", fill(w.TwoSuits, "how", text, "name", who)),
		el("span", "suit-bar", svg("0 0 100 6", rect("bar-plain", 0, 0, 100*share, 6))).Attr("aria-hidden", "true"))
}

// choose draws the ways to somebody else.
func (p *twoPage) choose(s *store) app.UI {
	w := s.words
	scope := strconv.Itoa(s.visit)
	var here []app.UI
	for _, one := range s.people.All {
		if one.ID != s.people.On {
			here = append(here, button("who-one", "two"+strconv.Itoa(one.ID), func(app.Context) { p.withPerson(s, one) },
				disc(w, &one), txt("span", "who-name", fill(w.TwoWith, "name", w.called(&one)))))
		}
	}
	var mine app.UI = txt("p", "muted", w.TwoNoLikes)
	if len(p.likes) > 0 {
		mine = p.sending.view(s, &letter{"send-two", w.TwoSend, w.TwoSendText, "/for-two", w.TwoTitle, p.likes, true})
	}
	return el("div", "two-ways",
		el("section", "panel", txt("h2", "panel-title", w.TwoHere), el("div", "who-list", here...), txt("p", "muted", when(len(here) == 0, w.TwoAlone))),
		el("section", "panel", txt("h2", "panel-title", w.TwoAway), mine),
		el("section", "panel", txt("h2", "panel-title", w.TwoCopy),
			el("label", "button", app.Text(w.TwoFile), void("input", "only-read").Attr("type", "file").Attr("id", "two-file").Attr("accept", ".json").
				On("change", func(app.Context, app.Event) { p.withFile(s, chosen("two-file")) }, app.EventScope(scope))),
			txt("p", "muted", w.TwoFileText)),
	)
}
