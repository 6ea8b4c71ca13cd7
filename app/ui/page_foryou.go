package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	defaultVariety = 0.2 // how varied the list is unless an experiment or the visitor sets it
	usualVariety   = 2   // its place among varieties, from 1
	freeVariety    = -1  // requests that default of the engine, or an experiment's
	forYouCards    = 30
	enough         = 3 // with this many likes the list takes the wall's place
)

// forYouPage is the personal list and its settings; for a visitor without
// feedback it is a wall of items that separate tastes.
type forYouPage struct {
	cards      []protocol.Card
	layers     []string
	before     map[catalog.ID]int // rank of each item in the list that was shown before
	wall       wall
	genres     []protocol.GenreCount
	draw       int // by chance, and which draw; 0 for the best list
	ms         float64
	candidates int
	loaded     bool
	invite     bool // the invitation is shown above the list
	interests  interests
	sending    sending // the list, to somebody
}

func (p *forYouPage) load(s *store) {
	known, had := s.status != nil, s.history() > 0
	s.ask(protocol.Request{Verb: protocol.Open}, func(r reply) {
		p.genres = r.Genres
		if r.Status != nil {
			s.status = r.Status
		}
		if !known || had != (s.history() > 0) {
			p.fetch(s)
		}
	})
	if known { // the list need not wait for the genres of its settings
		p.fetch(s)
	}
}

// fetch requests the wall while there is no history, and the list from the
// first like on.
func (p *forYouPage) fetch(s *store) {
	if s.history() == 0 {
		p.cards, p.before, p.interests.all = nil, nil, nil
	}
	if len(p.wall.cards) == 0 && s.history() == 0 {
		p.wall.ask(s)
	}
	if s.history() == 0 {
		return
	}
	q := protocol.Request{Verb: protocol.Recommend, Draw: p.draw, K: forYouCards}
	s.settings.apply(&q)
	s.list(q, len(p.cards) > 0, func(r reply) {
		if r.Error != nil {
			return
		}
		p.invite = s.invites() // comes with a new list, never while the visitor is reading one
		p.before = places(p.cards)
		p.cards, p.layers, p.ms, p.candidates, p.loaded = r.Cards, r.Layers, r.ms, r.Candidates, true
	}, func(cards []protocol.Card) {
		p.cards = cards
		p.interests.fetch(s)
	})
}

// places returns the index of each item in a list, from 0.
func places(cards []protocol.Card) map[catalog.ID]int {
	at := make(map[catalog.ID]int, len(cards))
	for i, c := range cards {
		at[c.ID] = i
	}
	return at
}

func (p *forYouPage) title(w *words) string { return w.ForYou }
func (p *forYouPage) about(w *words) string { return w.About }

func (p *forYouPage) view(s *store) app.UI {
	w := s.words
	body := []app.UI{el("div", "page-head", txt("h1", "page-title", w.ForYou), ranked(s, p.ms, p.candidates))}
	switch {
	case p.wall.grouped || len(p.wall.cards) > 0 && s.history() == 0:
		body = append(body, p.wall.view(s))
	case len(p.wall.cards) > 0 && s.history() < enough: // so that the first list is in sight
		body = append(body, p.wall.row(s))
	case !p.loaded && !p.wall.loaded:
		return el("div", "for-you", append(body, skeletons(w, "grid", 18))...)
	}
	asks := p.invite && s.invites()
	if asks && wide() {
		body = append(body, invitation(s))
	}
	if s.history() >= enough {
		body = append(body, p.interests.view(s))
	}
	if s.history() > 0 {
		body = append(body, el("div", "tuned", p.tune(s), el("div", "", p.wishes(s), p.list(s), p.send(s))))
	}
	if asks && !wide() { // on a phone it would push the list out of sight
		body = append(body, invitation(s))
	}
	if len(p.wall.cards) > 0 && s.history() >= enough && !p.wall.grouped {
		body = append(body, p.wall.row(s))
	}
	body = append(body, installHint(s))
	return el("div", "for-you", body...)
}

func (p *forYouPage) list(s *store) app.UI {
	w := s.words
	if p.loaded && len(p.cards) == 0 {
		return emptyState("card", w.ListEmpty, w.ListEmptyHint)
	}
	return inList(el("ol", "grid ranked-list", list(newCards(s, p.cards), func(i int, k *card) app.UI {
		k.Move, k.Reasons = p.moved(w, k.Item.ID, i), true
		if p.draw > 0 {
			k.Move = chance(w, &p.cards[i])
		}
		return el("li", "", k)
	})...), listForYou, p.layers).Attr("aria-label", w.ForYou).On("click", s.click)
}

// send draws the button that makes a link of the list.
func (p *forYouPage) send(s *store) app.UI {
	if len(p.cards) == 0 {
		return nil
	}
	w := s.words
	return p.sending.view(s, &letter{"send-list", w.SendList, w.SendText, "/shared-list", w.SharedTitle, p.cards[:min(mostListed, len(p.cards))], false})
}

// down begins the text of moved for an item that fell.
const down = "↓ "

// moved returns in words how far an item moved since the list that was shown
// before.
func (p *forYouPage) moved(w *words, id catalog.ID, i int) string {
	if len(p.before) == 0 {
		return ""
	}
	was, ok := p.before[id]
	switch {
	case !ok:
		return w.NewHere
	case was > i:
		return "↑ " + fill(w.MovedUp, "n", strconv.Itoa(was-i))
	case was < i:
		return down + fill(w.MovedDown, "n", strconv.Itoa(i-was))
	}
	return ""
}
