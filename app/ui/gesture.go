package ui

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// gestureTime is how long after the last key a rating counts as chosen, in
// milliseconds.
const gestureTime = 900

// gesture is a rating that the visitor is choosing, key by key. The engine is
// told of the first value at once, so that a page that dies keeps it, and of
// later ones as amendments of that one entry: the profile gets a single line, the
// site is told of a single rating, and one undo takes all of it back. While an
// answer is awaited, only the newest value waits.
type gesture struct {
	card    protocol.Card // the item, with the feedback from before
	stars   float32       // chosen last, 0 for none
	sent    float32       // of the last request
	told    bool          // the last request leaves an entry of this gesture
	waiting int           // requests without an answer
	ended   bool
	done    bool
	turn    int    // grows with each key, so that an old timer does not end it
	unhide  func() // ends the listening for the end of the page
}

// given returns the stars that a visitor gave an item, 0 for none.
func given(c protocol.Card) float32 {
	if c.Action == protocol.Rate {
		return c.Stars
	}
	return 0
}

// rate gives c stars, or takes its rating back with 0. It goes on with the
// gesture on that item, if one is under way.
func (s *store) rate(c protocol.Card, stars float32) {
	g := s.gesture
	if g == nil || g.card.ID != c.ID {
		s.endGesture()
		c = s.card(c)
		if stars == given(c) {
			return
		}
		g = &gesture{card: c, sent: given(c), unhide: onHide(func() { s.run(s.endGesture) })}
		s.gesture = g
	}
	g.stars = stars
	g.turn++
	s.overrides[c.ID] = g.mark()
	action := protocol.Rate
	if stars == 0 {
		action = protocol.Clear
	}
	s.toast.show(s, s.words.did(c, action, stars, false), func() {
		g.stars = g.sent // what was not sent yet need not be
		s.endGesture()
		s.undo(g.card, mark{g.card.Action, g.card.Stars, g.card.Watch}, true)
	})
	s.redraw()
	s.sendRating(g)
	turn := g.turn
	s.later(gestureTime, func() {
		if s.gesture == g && g.turn == turn {
			s.endGesture()
		}
	})
}

// mark returns what the item shows while the gesture goes on.
func (g *gesture) mark() mark {
	switch g.stars {
	case given(g.card):
		return mark{g.card.Action, g.card.Stars, g.card.Watch}
	case 0:
		return mark{"", 0, g.card.Watch}
	}
	return mark{protocol.Rate, g.stars, g.card.Watch}
}

// sendRating tells the engine of the newest value. A gesture that comes back to
// where it began has changed nothing, so its entry goes.
func (s *store) sendRating(g *gesture) {
	if g.sent == g.stars || g.waiting > 0 && !g.ended {
		return
	}
	q := protocol.Request{Verb: protocol.Act, Now: now(), Entries: []protocol.Entry{{ID: g.card.ID, Action: protocol.Rate, Stars: g.stars, At: now()}}}
	if g.stars == 0 {
		q.Entries[0].Action = protocol.Clear
	}
	if g.told {
		q.Verb = protocol.Amend
	}
	if g.told = !g.told || g.stars != given(g.card); !g.told {
		q.Verb, q.Entries = protocol.Undo, nil
	}
	g.waiting++
	g.sent = g.stars
	s.client.ask(q, func(r reply) {
		g.waiting--
		if r.Error != nil {
			g.done = true
			s.failed(g.card.ID, mark{g.card.Action, g.card.Stars, g.card.Watch})
			if s.gesture == g {
				s.gesture = nil
				g.unhide()
			}
			return
		}
		s.sendRating(g)
		s.finish(g)
	})
}

// endGesture makes the rating that the visitor is choosing, if any, the chosen
// one. Its value is sent before anything that follows.
func (s *store) endGesture() {
	if g := s.gesture; g != nil {
		s.gesture = nil
		g.unhide()
		g.ended = true
		s.sendRating(g)
		s.finish(g)
	}
}

// finish tells the site of the outcome of a gesture that has ended, once the
// engine has it, and the lists follow.
func (s *store) finish(g *gesture) {
	if !g.ended || g.waiting > 0 || g.done {
		return
	}
	g.done = true
	if !g.told {
		return
	}
	if g.stars == 0 {
		s.track(string(protocol.Clear), g.card.ID, 0)
	} else {
		s.track(string(protocol.Rate), g.card.ID, g.stars)
	}
	s.moving = true
	s.refresh()
}

// failed shows that an act was not saved, and what holds instead.
func (s *store) failed(id catalog.ID, before mark) {
	s.overrides[id] = before
	s.toast.show(s, s.words.ActFailed, nil)
	s.redraw()
}
