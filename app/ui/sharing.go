package ui

import "sparrow/wasm/catalog"

// feedback sends what a visitor agreed to share. It has two implementations:
// feedback_js.go over static/js/feedback.js, and a recorder in tests.
type feedback interface {
	// start tells the visitor's consent now, and again whenever it changes. run
	// brings a function to the UI goroutine.
	start(run func(func()), tell func(sharing))

	// decide switches sharing on or off; the device remembers that the visitor
	// has made up their mind. erase also deletes what was shared.
	decide(yes bool, then func(failed bool))
	erase(then func(o outcome))

	// track notes what the visitor did; without consent it does nothing.
	track(kind string, id catalog.ID, stars float32)

	// model tells which model the lists on the page come from from now on.
	model(hash string)
}

// The kinds of what is tracked beside those of protocol.Action.
const (
	viewed = "view" // an item's own page was opened
	undone = "undo" // the last of what was tracked is taken back
)

// sharing is what is known of the visitor's consent.
type sharing struct {
	state    string // "off", "on", or "never" where the browser asks sites not to collect; "" until known
	waiting  int    // events on this device that have not left it yet
	shared   bool   // the site may have something of this device
	deleting bool   // the site has still to be told to delete it
	answered bool   // the visitor has said yes or no on this device
}

// outcome is what came of deleting what was shared.
type outcome string

const (
	erasing outcome = "erasing" // under way
	erased  outcome = "erased"  // here and at the site
	pending outcome = "pending" // here; the site will hear of it
	refused outcome = "refused" // nothing was deleted
)

// listen takes the visitor's consent in.
func (s *store) listen(run func(func())) {
	if s.feedback == nil {
		return
	}
	s.feedback.start(run, func(now sharing) {
		s.sharing = now
		s.redraw()
	})
}

// track notes a change of the profile that the engine accepted, or an item
// page that was opened.
func (s *store) track(kind string, id catalog.ID, stars float32) {
	if s.feedback != nil {
		s.feedback.track(kind, id, stars)
	}
}

// share switches sharing on or off. Away from the switch, a note says what is
// the case now.
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

// invites reports whether the visitor may be asked, once, to share: when they have
// said enough to know what it is about, and their browser did not answer for them.
func (s *store) invites() bool {
	return s.feedback != nil && s.sharing.state == "off" && !s.sharing.answered && s.history() >= enough
}
