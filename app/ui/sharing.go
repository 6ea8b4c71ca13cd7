package ui

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

// feedback sends what a visitor agreed to share. It has two implementations:
// feedback_js.go over static/js/sharing.js, and a recorder in tests.
type feedback interface {
	// start delivers the visitor's consent now, and again whenever it changes.
	// run brings a function to the UI goroutine.
	start(run func(func()), deliver func(sharing))

	// decide switches sharing on or off; the device remembers that the visitor
	// has decided. erase also deletes what was shared.
	decide(yes bool, then func(failed bool))
	erase(then func(o outcome))

	// track records what the visitor did; without consent it does nothing.
	track(kind string, id catalog.ID, stars float32)

	// model sets the model that the lists on the page come from from now on.
	model(hash string)
}

// The kinds of tracked events beside those of protocol.Action.
const (
	viewed = "view" // an item's own page was opened
	undone = "undo" // the last tracked event is taken back
)

// sharing is the state of the visitor's consent.
type sharing struct {
	state    string // "off", "on", or "never" where the browser asks sites not to collect; "" until known
	waiting  int    // events on this device that have not left it yet
	shared   bool   // the site may have something of this device
	deleting bool   // the request to delete has not reached the site yet
	answered bool   // the visitor has said yes or no on this device
}

// outcome is the result of deleting what was shared.
type outcome string

const (
	erasing outcome = "erasing" // under way
	erased  outcome = "erased"  // on the device and at the site
	pending outcome = "pending" // on the device; the request to the site waits
	refused outcome = "refused" // nothing was deleted
)

// listen subscribes to the visitor's consent.
func (s *store) listen(run func(func())) {
	if s.feedback == nil {
		return
	}
	s.feedback.start(run, func(now sharing) {
		s.sharing = now
		s.redraw()
	})
}

// track records a change of the profile that the engine accepted, or an item
// page that was opened.
func (s *store) track(kind string, id catalog.ID, stars float32) {
	if s.feedback != nil {
		s.feedback.track(kind, id, stars)
	}
}

// tells reports whether the site is told of an act: it has no word for what a visitor has seen and
// says no more of, and so is not told either where that is taken back.
func tells(a protocol.Action, before mark) bool {
	return a != protocol.Seen && (before.action != protocol.Seen || a != protocol.Clear)
}

// trackAct tells the site of an act. It knows no Forget: a Clear takes back the
// opinion, and a further one takes the item off the watchlist.
func (s *store) trackAct(a protocol.Action, id catalog.ID, stars float32, before mark) {
	if !tells(a, before) {
		return
	}
	if a != protocol.Forget {
		s.track(string(a), id, stars)
		return
	}
	if before.action != "" && before.action != protocol.Seen {
		s.track(string(protocol.Clear), id, 0)
	}
	if before.watch {
		s.track(string(protocol.Clear), id, 0)
	}
}

// share switches sharing on or off. On pages without the switch, a toast shows
// the new state.
func (s *store) share(on bool) {
	before, text := s.sharing.state, s.words.ShareDidOff
	s.sharing.state, s.sharing.answered = "off", true
	if on {
		s.sharing.state, text = "on", s.words.ShareDidOn
	}
	s.redraw()
	s.feedback.decide(on, func(failed bool) {
		if failed {
			s.sharing.state, text = before, s.words.ShareFailed
		}
		if failed || s.route.page != "profile" {
			s.toast.show(s, text, nil)
		}
		s.redraw()
	})
}

// invites reports whether the visitor may be asked, once, to share: after
// enough feedback to understand the question, and unless their browser answered
// for them.
func (s *store) invites() bool {
	return s.feedback != nil && s.sharing.state == "off" && !s.sharing.answered && s.history() >= enough
}
