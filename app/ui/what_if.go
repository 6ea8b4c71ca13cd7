package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// doubt is what a visitor may put in question of a reason: something they said of an item, or how their
// lists are set, which they can set against the reason.
type doubt struct {
	item  catalog.ID // what was said of it; "" with other settings
	title string     // of the item
	other settings
	wish  string // what of these differs, in words
}

// doubtOf returns what can be put in question of a reason; false where nothing can, or not further.
func doubtOf(s *store, y protocol.Why) (d doubt, ok bool) {
	d.other = s.settings
	var change settings // alone, for its words
	switch y.Kind {
	case protocol.WhySome:
		g := y.Names[0]
		if !byGenre || len(s.settings.never) >= mostGenres {
			return d, false
		}
		d.other.more, d.other.never = except(s.settings.more, g), append(except(s.settings.never, g), g)
		change.never = []string{g}
	case protocol.WhyTaste:
		d.other.familiarity--
		change.familiarity = d.other.familiarity
	case protocol.WhyCrowd:
		d.other.popularity--
		change.popularity = d.other.popularity
	default:
		d.item, d.title = y.ID, y.Title
		return d, true
	}
	if min(d.other.familiarity, d.other.popularity) < -lastStop {
		return d, false
	}
	d.wish = strings.Join(change.line(s.words), s.words.join)
	return d, true
}

// except returns a copy of all without one.
func except(all []string, one string) (rest []string) {
	for _, name := range all {
		if name != one {
			rest = append(rest, name)
		}
	}
	return rest
}

// whatIf is what the list would be without a reason.
type whatIf struct {
	of     int // the number of the reason from 1; 0 while nothing is asked
	doubt  doubt
	answer *protocol.Answer
}

// ask asks what the list would be; asked again, the answer goes away.
func (p *itemPage) ask(s *store, of int, d doubt) {
	if p.whatIf.of == of {
		p.whatIf = whatIf{}
		s.redraw()
		return
	}
	p.whatIf = whatIf{of: of, doubt: d}
	then := func(a *protocol.Answer) {
		if p.whatIf.of == of {
			p.whatIf.answer = a
		}
	}
	q := protocol.Request{Verb: protocol.WhatIf, ID: p.id, Exclude: []catalog.ID{d.item}, K: forYouCards}
	s.settings.apply(&q)
	if d.item != "" {
		s.ask(q, func(r reply) {
			if r.Error == nil {
				then(&r.Answer)
			}
		})
		return
	}
	q.Verb, q.ID, q.Exclude, q.Reasons = protocol.Recommend, "", nil, protocol.Later
	s.ask(q, func(now reply) {
		d.other.apply(&q)
		s.ask(q, func(r reply) {
			if now.Error == nil && r.Error == nil {
				then(compared(p.id, now.Cards, r.Cards))
			}
		})
	})
}

// mostInstead is how many items are named that come up in place of another.
const mostInstead = 3

// compared answers as [protocol.WhatIf] does from two lists.
func compared(id catalog.ID, before, after []protocol.Card) *protocol.Answer {
	place := func(list []protocol.Card, id catalog.ID) int {
		for i := range list {
			if list[i].ID == id {
				return i + 1
			}
		}
		return 0
	}
	a := &protocol.Answer{Before: place(before, id), After: place(after, id)}
	for _, c := range after {
		if c.ID != id && place(before, c.ID) == 0 && len(a.Cards) < mostInstead {
			a.Cards = append(a.Cards, c)
		}
	}
	return a
}

// unsure says what was answered, and offers to do it.
func (p *itemPage) unsure(s *store) []app.UI {
	a, d := p.whatIf.answer, p.whatIf.doubt
	if a == nil {
		return nil
	}
	w := s.words
	text := w.WhatIfPlace
	switch {
	case a.Before == 0 && a.After == 0:
		text = w.WhatIfNone
	case a.After == 0:
		text = w.WhatIfGone
	case a.Before == 0:
		text = w.WhatIfCome
	case a.Before == a.After:
		text = w.WhatIfStays
	}
	given := fill(w.WhatIfWithout, "title", w.title(d.title))
	action, do := fill(w.WhatIfDo, "title", w.title(d.title)), func() {
		c, ok := s.cards[d.item]
		if !ok {
			c = protocol.Card{ID: d.item, Title: d.title, Action: protocol.Like}
		}
		s.act(c, protocol.Clear, 0)
	}
	if d.item == "" {
		given = fill(w.WhatIfWished, "wish", d.wish)
		action, do = fill(w.WhatIfSet, "wish", d.wish), func() { s.wish(func() { s.settings = d.other }) }
	}
	text = fill(text, "given", given, "before", strconv.Itoa(a.Before), "after", strconv.Itoa(a.After), "n", strconv.Itoa(forYouCards))
	if len(a.Cards) > 0 {
		titles := make([]string, len(a.Cards))
		for i, c := range a.Cards {
			titles[i] = w.title(c.Title)
		}
		text += " " + fill(w.WhatIfInstead, "titles", strings.Join(titles, w.join))
	}
	scope := strconv.Itoa(s.visit) + "/" + strconv.Itoa(p.whatIf.of)
	return []app.UI{
		txt("p", "", text),
		el("div", "panel-buttons",
			button("button", scope, func(app.Context) {
				p.whatIf = whatIf{}
				do()
			}, app.Text(action)),
			button("button button-quiet", scope, func(app.Context) {
				p.whatIf = whatIf{}
				s.redraw()
			}, app.Text(w.WhatIfLeave))),
	}
}
