//go:build !js

package ui

import (
	"slices"
	"testing"

	"sparrow/app/ui/uitest"
	"sparrow/wasm/engine"
	"sparrow/wasm/engine/enginetest"
	"sparrow/wasm/protocol"
	"sparrow/wasm/session"
)

// slowClient answers when it is told to, as a worker does.
type slowClient struct {
	session Session
	waiting []func()
	asked   []protocol.Verb
}

func (c *slowClient) ask(q protocol.Request, then func(reply)) {
	c.asked = append(c.asked, q.Verb)
	c.waiting = append(c.waiting, func() { then(reply{Answer: c.session.Answer(q)}) })
}
func (c *slowClient) start(func(func()), func(news)) {}
func (c *slowClient) retry()                         {}
func (c *slowClient) complete()                      {}

func (c *slowClient) answer() {
	for len(c.waiting) > 0 {
		next := c.waiting[0]
		c.waiting = c.waiting[1:]
		next()
	}
}

// TestFastKeysRateOnce presses the arrow key faster than the engine answers: the
// last value counts, as one entry of the profile and one event.
func TestFastKeysRateOnce(t *testing.T) {
	engine := session.New(engine.New(enginetest.Parity(60)))
	c := &slowClient{session: engine}
	r := new(recorder)
	s := NewRoot(c, r).s
	s.open(parseRoute(at(t, "/item/1")))
	c.answer()
	r.tracked = nil
	stars := &starRating{S: s, Lang: "en", Item: protocol.Card{ID: "1", Title: "Even 0"}} // as it was drawn before the first key
	for range 7 {
		s.rate(stars.Item, stars.given()+0.5)
	}
	if got := s.card(stars.Item); got.Action != protocol.Rate || got.Stars != 3.5 {
		t.Errorf("the page shows %q %v, want 3.5 stars", got.Action, got.Stars)
	}
	c.answer()
	if e := engine.Answer(protocol.Request{Verb: protocol.Profile}).Entries; len(e) != 1 || e[0].Stars != 3.5 {
		t.Errorf("before the gesture ends the profile holds %v, want 3.5 stars, which a page that dies must not lose", e)
	}
	s.endGesture()
	c.answer()
	if want := []string{"rate 1 3.5"}; !slices.Equal(r.tracked, want) {
		t.Errorf("tracked %q, want %q", r.tracked, want)
	}
	if n := countOf(c.asked, protocol.Act) + countOf(c.asked, protocol.Amend); n != 2 {
		t.Errorf("%d requests for seven keys, want the first value and the last", n)
	}

	s.rate(stars.Item, 5) // another gesture, and its undo
	s.rate(stars.Item, 4)
	s.toast.undo()
	c.answer()
	if e := engine.Answer(protocol.Request{Verb: protocol.Profile}).Entries; len(e) != 1 || e[0].Stars != 3.5 {
		t.Errorf("after undo the profile holds %v, want the 3.5 stars of before", e)
	}
	if got := s.card(stars.Item); got.Stars != 3.5 {
		t.Errorf("after undo the page shows %v stars, want 3.5", got.Stars)
	}
}

func countOf(verbs []protocol.Verb, v protocol.Verb) int {
	n := 0
	for _, o := range verbs {
		if o == v {
			n++
		}
	}
	return n
}

// TestAGestureThatComesBackChangesNothing goes up and down again over an item
// that was liked and is on the watchlist.
func TestAGestureThatComesBackChangesNothing(t *testing.T) {
	engine := session.New(engine.New(enginetest.Parity(60)))
	s := newStore(local(engine))
	r := new(recorder)
	s.feedback = r
	s.open(parseRoute(at(t, "/item/1")))
	c := protocol.Card{ID: "1"}
	s.act(c, protocol.Like, 0)
	s.act(c, protocol.Watchlist, 0)
	before, tracked := engine.Profile(), len(r.tracked)
	for _, stars := range []float32{0.5, 1, 0.5, 0} {
		s.rate(c, stars)
	}
	s.endGesture()
	if !slices.Equal(engine.Profile(), before) || len(r.tracked) != tracked {
		t.Errorf("the profile holds %q, tracked %q; want the like and the watchlist alone", engine.Profile(), r.tracked)
	}
	if got := s.card(c); got.Action != protocol.Like || !got.Watch {
		t.Errorf("the page shows %q, on the watchlist: %v", got.Action, got.Watch)
	}
	s.rate(c, 2)
	s.rate(c, 0.5)
	if s.act(c, protocol.Watchlist, 0); s.gesture != nil {
		t.Error("another act leaves the gesture open")
	}
	if e := engine.Answer(protocol.Request{Verb: protocol.Profile}).Entries; len(e) != 2 || e[1].Stars != 0.5 {
		t.Errorf("the profile holds %v, want the like and half a star", e)
	}
}

func TestForgettingLeavesNothing(t *testing.T) {
	f := session.New(engine.New(enginetest.Parity(60)))
	s := newStore(local(f))
	r := new(recorder)
	s.feedback = r
	s.open(parseRoute(at(t, "/profile")))
	p := s.page.(*profilePage)
	c := protocol.Card{ID: "1", Title: "Even 0"}
	s.act(c, protocol.Rate, 4)
	s.act(c, protocol.Watchlist, 0)
	if n := len(byItem(p.entries)); n != 1 {
		t.Errorf("%d lines for one item", n)
	}
	r.tracked = nil
	s.act(c, protocol.Forget, 0)
	if len(p.entries) != 0 || exportEntries(p.entries) != exportEntries(nil) {
		t.Errorf("the profile still holds %v", p.entries)
	}
	if want := []string{"clear 1 0", "clear 1 0"}; !slices.Equal(r.tracked, want) {
		t.Errorf("tracked %q, want %q: the opinion, then the watchlist", r.tracked, want)
	}
	if s.toast.undo(); len(p.entries) != 2 {
		t.Errorf("after undo the profile holds %v, want the rating and the watchlist", p.entries)
	}
}

// TestAnUndoThatFailsShowsWhatHolds asks an engine that has nothing to take back,
// since it took another's place.
func TestAnUndoThatFailsShowsWhatHolds(t *testing.T) {
	s := openAt(t, uitest.Planted(6), "/browse")
	c := uitest.Planted(1).Cards[0]
	s.act(c, protocol.Like, 0)
	s.client = local(session.New(engine.New(enginetest.Parity(6))))
	s.toast.undo()
	if s.toast.text != english.ActFailed {
		t.Errorf("the toast says %q, want %q", s.toast.text, english.ActFailed)
	}
	if _, ok := s.overrides[c.ID]; ok {
		t.Error("the page shows as taken back what may hold")
	}
}
