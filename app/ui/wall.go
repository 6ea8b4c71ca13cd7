package ui

import (
	"slices"
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	wallCards = 12 // of a round

	// unseen is what the button of a card on the wall does that says that the visitor does not know the
	// item. It is no act: nothing of it is kept in the profile, and it says nothing of their taste.
	unseen = "unseen"
)

// wall asks somebody new which of a few items they like that tell tastes apart, or which groups of items.
type wall struct {
	cards   []protocol.Card
	asked   []catalog.ID // items of earlier rounds
	times   int          // how often items were asked for: answers that came with the page are those of the first time
	loaded  bool
	grouped bool // groups are shown in place of single items
	groups  groups
}

// ask requests a round of the wall. After the last one it begins again, and where all that is left was
// not seen by the visitor, with that, too.
func (p *wall) ask(s *store) {
	q := protocol.Request{Verb: protocol.Tastes, Offset: p.times, Exclude: s.known(p.asked), K: wallCards}
	p.times++
	s.ask(q, func(r reply) {
		p.loaded = true
		if len(r.Cards) == 0 && len(q.Exclude) > 0 {
			if len(p.asked) == 0 {
				s.unseen = nil
			}
			p.asked = nil
			p.ask(s)
			return
		}
		p.cards = r.Cards
	})
}

// skip has an item that the visitor has not seen leave its place to another one, which tells more.
func (p *wall) skip(s *store, id catalog.ID) {
	at := p.place(id)
	if at < 0 || slices.Contains(s.unseen, id) {
		return
	}
	gone := p.cards[at]
	s.unseen = append(s.unseen, id)
	q := protocol.Request{Verb: protocol.Tastes, Offset: p.times, Exclude: s.known(p.asked), K: len(p.cards)}
	p.times++
	for _, c := range p.cards {
		if !slices.Contains(s.unseen, c.ID) {
			q.Pin = append(q.Pin, c.ID)
		}
	}
	var next protocol.Card
	s.ask(q, func(r reply) {
		if !slices.Contains(s.unseen, id) {
			return // taken back
		}
		for _, c := range r.Cards {
			if next.ID == "" && p.place(c.ID) < 0 {
				next = c
			}
		}
		p.replace(id, next)
		if len(p.cards) == 0 {
			p.ask(s)
		}
	})
	s.toast.show(s, fill(s.words.DidUnseen, "title", s.words.title(gone.Title)), func() {
		var left []catalog.ID
		for _, other := range s.unseen {
			if other != id {
				left = append(left, other)
			}
		}
		s.unseen = left
		if p.place(id) < 0 {
			if p.place(next.ID) < 0 {
				p.cards = append(p.cards, next)
			}
			p.replace(next.ID, gone)
		}
		s.toast.hide()
		s.redraw()
	})
}

// known returns the items that the visitor was asked about before: those of earlier rounds, and those that
// they have not seen.
func (s *store) known(asked []catalog.ID) []catalog.ID {
	return append(append([]catalog.ID(nil), asked...), s.unseen...)
}

// place returns where an item stands on the wall; -1 for nowhere.
func (p *wall) place(id catalog.ID) int {
	for i, c := range p.cards {
		if c.ID == id {
			return i
		}
	}
	return -1
}

// replace puts a card in place of that of an item, which goes without one where the card is of none.
func (p *wall) replace(id catalog.ID, by protocol.Card) {
	var cards []protocol.Card
	for _, c := range p.cards {
		if c.ID == id {
			c = by
		}
		if c.ID != "" {
			cards = append(cards, c)
		}
	}
	p.cards = cards
}

// view draws the wall, which is all that the page has for somebody who has said nothing.
func (p *wall) view(s *store) app.UI {
	w := s.words
	if p.grouped {
		return el("section", "wall", txt("h2", "wall-title", w.GroupsTitle), txt("p", "wall-text", w.GroupsText),
			p.turn(s), p.groups.view(s))
	}
	return el("section", "wall", txt("h2", "wall-title", w.WallTitle), txt("p", "wall-text", w.WallText),
		p.turn(s), grid(s, listTastes, nil, p.cards), p.others(s))
}

// row draws the wall as a row, which leaves the list in sight.
func (p *wall) row(s *store) app.UI {
	return el("div", "wall", newRow(s, "wall", listTastes, s.words.WallTitle, "", nil, p.cards), p.others(s), p.turn(s))
}

// turn draws the button that leads from single items to groups, and back.
func (p *wall) turn(s *store) app.UI {
	text := s.words.WallGroups
	if p.grouped {
		text = s.words.WallSingles
	}
	return button("text-link text-button", strconv.Itoa(s.visit), func(app.Context) {
		if p.grouped = !p.grouped; p.grouped && !p.groups.loaded {
			p.groups.ask(s)
		}
		s.redraw()
	}, app.Text(text))
}

// others draws how the visitor says that they know nothing of the wall, and what they said they have
// not seen.
func (p *wall) others(s *store) app.UI {
	w := s.words
	scope := strconv.Itoa(s.visit)
	body := []app.UI{button("button", scope, func(app.Context) {
		for _, c := range p.cards {
			p.asked = append(p.asked, c.ID)
		}
		p.ask(s)
	}, app.Text(w.WallOthers))}
	if n := len(s.unseen); n > 0 {
		body = append(body, txt("span", "muted", fill(w.Unseen, "n", w.number(n))), button("text-link text-button", scope+"/back", func(app.Context) {
			s.unseen, p.asked = nil, nil
			p.ask(s)
		}, app.Text(w.UnseenBack)))
	}
	return el("div", "wall-foot", body...)
}
