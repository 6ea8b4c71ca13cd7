package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// store is what the parts of the page share: the words, the engine's state, and
// the visitor's feedback on items in this tab. It lives on the UI goroutine.
type store struct {
	client    client
	words     *words
	route     route
	page      page
	visit     int // grows with each page opened
	conn      conn
	lacking   *news // what of the model is not there, and why; nil for nothing
	live      int64 // when the overlay that the engine goes by was made, Unix seconds; 0 where it does not say, or there is none
	obeys     bool  // there is one, which pages made in advance do not know
	offline   bool
	hash      string // of the model that answers
	durable   bool   // the profile outlives the tab
	warned    bool   // the note that it does not was closed
	update    bool   // a newer version waits
	install   func() // offers to install the app; nil where that cannot be done
	overrides map[catalog.ID]mark
	cards     map[catalog.ID]protocol.Card
	unseen    []catalog.ID     // of the wall's items those that the visitor says they have not seen, in this tab
	anew      []protocol.Entry // what the last import brought, which may be taken back
	gesture   *gesture         // the rating that is being chosen; nil for none
	toast     toast
	status    *protocol.Status
	settings  settings // of lists
	people    people   // of this device
	hasEdge   bool     // the site takes feedback
	sharing   sharing
	feedback  feedback            // nil where the site takes none
	run       func(do func())     // runs do on the UI goroutine
	redraw    func()              // draws the page again; nothing before it is mounted
	animate   func(change func()) // draws the page after change and has its cards glide
	later     func(ms int, do func())
	drawn     func(do func()) // runs do after the next drawing
	keep      func()          // keeps the settings on the device, and in the address where they are in it
	moving    bool            // the visitor changed something: the next list may glide
	settled   bool            // the page shows nothing but what it was rendered from in advance
	lists     int             // shown so far
}

// conn is the state of the engine worker.
type conn struct {
	phase string // "starting", "ready" or "failed"
	news  news   // the last progress, or the failure
}

// mark is the visitor's feedback on an item since the page was opened; it
// overrides what the engine's cards hold.
type mark struct {
	action protocol.Action
	stars  float32
	watch  bool
}

// page is one page of the app. load requests what it shows and may be called
// again after the profile changed; view draws what has arrived so far.
type page interface {
	load(s *store)
	view(s *store) app.UI
	title(w *words) string
	about(w *words) string // one sentence for search engines
}

func newStore(c client) *store {
	s := &store{
		people: readPeople(""), words: &english, conn: conn{phase: "starting"},
		overrides: map[catalog.ID]mark{}, cards: map[catalog.ID]protocol.Card{},
		run: func(do func()) { do() }, redraw: func() {}, animate: func(change func()) { change() }, later: func(int, func()) {}, drawn: func(func()) {}, keep: func() {},
	}
	s.client = holding{c, &s.people}
	return s
}

// ask sends a request to the engine. The page is drawn again after then.
func (s *store) ask(q protocol.Request, then func(reply)) {
	q.Now, q.Lang = now(), s.route.lang
	answered := false
	s.client.ask(q, func(r reply) {
		answered = r.seeded
		s.remember(r.Answer)
		then(r)
		s.redraw()
	})
	s.settled = s.settled && answered
}

// open makes the page of r the current one.
func (s *store) open(r route) { s.reopen(r, newPage(r)) }

// reopen makes p, which may show something already, the page of r.
func (s *store) reopen(r route, p page) {
	s.endGesture()
	s.route = r
	s.words = wordsOf(r.lang)
	s.visit++
	s.page = p
	s.settled = true
	s.load()
}

// card returns c with the visitor's feedback since.
func (s *store) card(c protocol.Card) protocol.Card {
	if m, ok := s.overrides[c.ID]; ok {
		c.Action, c.Stars, c.Watch = m.action, m.stars, m.watch
	}
	return c
}

// act applies a to c at once and sends it to the engine. Repeating what holds
// already takes it back. The list moves after the engine has answered.
func (s *store) act(c protocol.Card, a protocol.Action, stars float32) {
	s.endGesture()
	c = s.card(c)
	before := mark{c.Action, c.Stars, c.Watch}
	after := before
	switch {
	case a == protocol.Watchlist:
		after.watch = !before.watch
	case a == protocol.Forget:
		after = mark{}
	case a == protocol.Clear || (a == before.action && (a != protocol.Rate || stars == before.stars)):
		a, stars = protocol.Clear, 0
		after.action, after.stars = "", 0
	default:
		after.action, after.stars = a, stars
	}
	s.overrides[c.ID] = after
	s.toast.show(s, s.words.did(c, a, stars, after.watch), func() { s.undo(c, before, tells(a, before)) })
	s.redraw()
	entry := protocol.Entry{ID: c.ID, Action: a, Stars: stars, At: now()}
	s.client.ask(protocol.Request{Verb: protocol.Act, Entries: []protocol.Entry{entry}, Now: now()}, func(r reply) {
		if r.Error != nil {
			s.failed(c.ID, before)
			return
		}
		s.trackAct(a, c.ID, stars, before)
		s.settle(r, c.ID)
	})
}

// undo takes the last act back. An engine that took another's place since has
// nothing to take back, and what it holds is shown.
func (s *store) undo(c protocol.Card, before mark, told bool) {
	s.overrides[c.ID] = before
	s.toast.hide()
	s.redraw()
	s.client.ask(protocol.Request{Verb: protocol.Undo, Now: now()}, func(r reply) {
		if r.Error == nil && told {
			s.track(undone, "", 0)
		} else if r.Error != nil {
			delete(s.overrides, c.ID)
			s.toast.show(s, s.words.ActFailed, nil)
		}
		s.settle(r, c.ID)
	})
}

// settle follows a change of the profile: the engine's answer replaces the
// override and the page's lists are requested again.
func (s *store) settle(r reply, id catalog.ID) {
	if r.Item != nil {
		s.overrides[id] = mark{r.Item.Action, r.Item.Stars, r.Item.Watch}
	}
	s.moving = true
	s.refresh()
}

// wish changes the settings; the page's lists are requested again.
func (s *store) wish(change func()) {
	change()
	s.keep()
	s.moving = true
	s.redraw()
	s.load()
}

// refresh requests again everything that depends on the profile.
func (s *store) refresh() {
	s.learn(s.load)
}

// wake runs when the engine is ready. A page that was rendered in advance is
// right as it stands for a visitor without feedback, where there is no live overlay.
func (s *store) wake() {
	settled := s.settled && len(s.overrides) == 0
	s.learn(func() {
		if !settled || s.obeys || s.history() > 0 || !s.settings.none() {
			s.load()
		}
	})
}

// load requests what the page shows.
func (s *store) load() {
	if s.feedback != nil && s.hash != "" {
		s.feedback.model(s.hash)
	}
	s.page.load(s)
}

// learn requests the status of what is loaded. After a change of the model that
// is all: the page keeps the lists it shows until the visitor does something.
func (s *store) learn(then func()) {
	s.ask(protocol.Request{Verb: protocol.Open}, func(r reply) {
		if r.Status != nil {
			s.status = r.Status
		}
		then()
	})
}

// receive handles a message of the engine.
func (s *store) receive(n news) {
	switch n.kind {
	case "progress":
		if s.conn.phase == "starting" {
			s.conn.news = n
		}
	case "ready":
		renewed := s.ready() && n.hash != s.hash
		if n.hash != s.hash {
			s.lacking = nil // of another model
		}
		s.conn, s.hash, s.durable = conn{"ready", n}, n.hash, n.durable
		if renewed {
			s.learn(func() {})
		} else {
			s.wake()
		}
	case "failed":
		s.conn = conn{"failed", n}
		if n.kept {
			s.wake()
		}
	case "lacking":
		s.lacking = &n
	case "complete":
		s.lacking = nil
		if p, is := s.page.(*labPage); is {
			p.further(s)
		}
	case "live":
		s.live, s.obeys = int64(n.at), true
		if n.again {
			s.refresh()
		}
	case "changed":
		clear(s.overrides)
		s.refresh()
	case "update":
		s.update = true
	case "network":
		s.offline = !n.online
		if n.online && s.lacking != nil && s.lacking.code != "" {
			s.client.complete() // a browser need not say in the worker that it is online
		}
	}
	phase := s.conn.phase
	if s.ready() { // also when a newer catalog failed and the last good one answers
		phase = "ready"
	}
	setLiveness(phase)
	s.redraw()
}

// ready reports whether the engine answers.
func (s *store) ready() bool {
	return s.conn.phase == "ready" || s.conn.phase == "failed" && s.conn.news.kept
}
