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
	if slices.Contains(s.unseen, id) {
		return
	}
	s.unseen = append(s.unseen, id)
	q := protocol.Request{Verb: protocol.Tastes, Offset: p.times, Exclude: append(s.known(p.asked), identify(p.cards)...), K: wallCards}
	p.times++
	next := catalog.ID("") // which has taken the place
	s.ask(q, func(r reply) {
		if !slices.Contains(s.unseen, id) {
			return // taken back
		}
		for i := range r.Cards {
			if other := r.Cards[i].ID; next == "" && p.place(other) < 0 {
				next = other
			}
		}
		p.replace(s, id, next)
		if len(p.cards) == 0 {
			p.ask(s)
		}
	})
	s.toast.show(s, fill(s.words.DidUnseen, "title", s.words.title(s.cards[id].Title)), func() {
		var left []catalog.ID
		for _, other := range s.unseen {
			if other != id {
				left = append(left, other)
			}
		}
		s.unseen = left
		if p.place(id) < 0 {
			p.replace(s, next, id)
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

// identify returns the ids of cards.
func identify(cards []protocol.Card) (ids []catalog.ID) {
	for i := range cards {
		ids = append(ids, cards[i].ID)
	}
	return ids
}

// place returns where an item stands on the wall; -1 for nowhere.
func (p *wall) place(id catalog.ID) int {
	for i := range p.cards {
		if p.cards[i].ID == id {
			return i
		}
	}
	return -1
}

// replace puts one item in place of another, at the end where that is nowhere; with none, "", the other one goes.
func (p *wall) replace(s *store, was, by catalog.ID) {
	at, cards := p.place(was), append([]protocol.Card(nil), p.cards...) // what is drawn already must differ
	if at < 0 {
		at, cards = len(cards), append(cards, protocol.Card{})
	}
	if cards[at] = s.cards[by]; by == "" {
		cards = append(cards[:at], cards[at+1:]...)
	}
	p.cards = cards
}

// view draws the wall, which is all that the page has for somebody who has said nothing.
func (p *wall) view(s *store) app.UI {
	w := s.words
	title, text, body := w.WallTitle, w.WallText, app.UI(nil)
	if p.grouped {
		title, text, body = w.GroupsTitle, w.GroupsText, p.groups.view(s)
	} else {
		body = grid(s, listTastes, nil, p.cards)
	}
	return el("section", "wall", txt("h2", "wall-title", title), txt("p", "wall-text", text), p.turn(s), body, p.others(s))
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

// others draws how the visitor wants others than these, and those back that they have not seen.
func (p *wall) others(s *store) app.UI {
	w := s.words
	text := w.WallOthers
	if p.grouped {
		text = w.GroupsOthers
	}
	body := []app.UI{button("button", strconv.Itoa(s.visit), func(app.Context) {
		if p.grouped {
			p.groups.others(s)
			return
		}
		p.asked = append(p.asked, identify(p.cards)...)
		p.ask(s)
	}, app.Text(text))}
	if n := len(s.unseen); n > 0 && !p.grouped {
		body = append(body, button("text-link text-button", strconv.Itoa(s.visit)+"/back", func(app.Context) {
			s.unseen, p.asked = nil, nil
			p.ask(s)
		}, app.Text(fill(w.UnseenBack, "n", w.number(n)))))
	}
	return el("div", "wall-foot", body...)
}
