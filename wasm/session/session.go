// Package session is one visitor at one engine: it holds the profile and answers
// every verb of the protocol.
package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/experiment"
	"sparrow/wasm/filter"
	"sparrow/wasm/live"
	"sparrow/wasm/protocol"
)

// Session answers one visitor's requests. It is not for concurrent use.
type Session struct {
	engine      *engine.Engine
	catalog     *catalog.Catalog
	genreCounts []int                                       // items of each genre
	log         []protocol.Entry                            // settled, by time
	notes       []protocol.Entry                            // by time, one an item
	steps       []step                                      // that led here, the latest last
	record      func(s *Session, from, to state, now int64) // adds a step; nil where nothing is taken back
	profile     *profile                                    // of log
	last        *change                                     // what undo takes back; nil for nothing
	enrolment   experiment.Enrolment
	trending    []catalog.Row                                       // of this catalog, best first
	arms        []experiment.Assigned                               // that the visitor is in while an answer is made
	made        *made                                               // the last list, whose reasons may be asked for; nil for none
	brand       *filter.Values                                      // what the cards of the answer show as brand; nil for nothing
	badge       *filter.Values                                      // the same of the badge
	held        filter.Set                                          // what a list with quotas is made of; nil for all
	blocking    *blocking                                           // what no list has; nil for nothing
	block       func(*Session, *protocol.Answer, *protocol.Request) // that finds it; nil in a program whose pages block nothing
	sift        func(*Session, *protocol.Answer, *protocol.Request) // that takes it out of an answer; nil there, too
	allowed     filter.Set                                          // what the last list was made of; nil for all
	titles      *filter.Values                                      // titles in the language of the request; nil for the catalog's own
	matcher     any                                                 // a *match.Matcher, nil until records are to be matched; its type would take 4 KB of programs without that verb
	links       []byte                                              // that the matcher goes by; nil for none
	more        []verb                                              // that it answers beside those of [OpenLists]
}

// Open returns a session with an empty profile over the bundle that data encodes,
// which answers every verb.
func Open(data []byte) (*Session, error) {
	e, err := engine.Open(data)
	if err != nil {
		return nil, err
	}
	return New(e), nil
}

// New returns a session with an empty profile at engine e, which answers every verb.
func New(e *engine.Engine) *Session {
	s := start(e, more)
	s.record, s.block, s.sift = (*Session).addStep, (*Session).blockItems, (*Session).siftHeld
	return s
}

// OpenLists is [Open] for a page that shows lists and notes what visitors do with
// them: verbs open, browse, movie, together, next, recent, trending, new, recommend, act and amend. A program that opens
// its sessions by it alone is linked without what other verbs take.
func OpenLists(data []byte) (*Session, error) {
	e, err := engine.OpenLists(data)
	if err != nil {
		return nil, err
	}
	return start(e, nil), nil
}

func start(e *engine.Engine, more []verb) *Session {
	s := &Session{engine: e, catalog: e.Catalog(), genreCounts: e.GenreCounts(), more: more}
	s.become(state{})
	return s
}

// Lacks names the second file of the bundle, which Extend takes: its SHA-256 and its
// length. The length is 0 where nothing is missing.
func (s *Session) Lacks() (hash [32]byte, length int) {
	if missing := s.engine.Lacks(); missing != nil {
		return missing.SHA256, missing.Bytes
	}
	return hash, 0
}

// Extend adds the second file of the bundle, data: later answers are those of a bundle
// of one file. After an error the session is what it was.
func (s *Session) Extend(data []byte) error {
	err := s.engine.Extend(data)
	if s.engine.Catalog() != s.catalog {
		s.meet()
	}
	return err
}

// Overlay has later answers go by o, in place of the overlay before, and says what of it does
// nothing in this catalog; see [engine.Engine.Overlay]. It keeps o.
func (s *Session) Overlay(o *live.Overlay) live.Remarks {
	remarks := s.engine.Overlay(o)
	s.meet()
	return remarks
}

// meet reads the profile and what is trending again, since items may have other rows.
func (s *Session) meet() {
	s.catalog, s.genreCounts = s.engine.Catalog(), s.engine.GenreCounts()
	s.matcher, s.links, s.blocking = nil, nil, nil
	s.become(s.state())
	s.Enrol(s.enrolment)
}

// SetClock gives the session a clock, in milliseconds since whenever, so that the
// laboratory can tell what work takes.
func (s *Session) SetClock(now func() float64) { s.engine.SetClock(now) }

// Prepare does a piece of what later answers need, and reports whether there was
// one left; see [engine.Engine.Prepare] and [engine.Engine.PrepareSearch].
func (s *Session) Prepare() bool {
	if s.engine.Prepare() {
		return true
	}
	for i := range s.more {
		if prepare := s.more[i].prepare; prepare != nil && !s.more[i].rare && prepare(s) {
			return true
		}
	}
	return false
}

// PrepareFor does a piece of what the answer to verb v needs, and reports whether
// there was one left: a caller that answers others in between does not hold them up.
func (s *Session) PrepareFor(v protocol.Verb) bool {
	if v == protocol.Item || v == protocol.Basket || v == protocol.Next {
		return s.engine.Prepare()
	}
	at := s.beyond(v)
	return at >= 0 && s.more[at].prepare != nil && s.more[at].prepare(s)
}

// Profile returns the profile as bytes to be kept, entries of items that this
// catalog does not know included.
func (s *Session) Profile() []byte { return encode(s.log) }

// Load replaces the profile by one that Profile returned, or by an empty one
// when there are no bytes: without notes and steps, which LoadJournal adds. After an error the
// profile is what it was.
func (s *Session) Load(data []byte) error {
	log, err := decode(data)
	if err != nil {
		return err
	}
	if len(log) == 0 && s.last != nil && len(s.last.after.log) > 0 {
		s.last = nil // erased in another tab: nothing comes back
	}
	s.steps = nil
	s.become(state{log: settle(log)})
	return nil
}

// become makes to, whose log is settled, the profile.
func (s *Session) become(to state) {
	s.log, s.notes, s.profile = to.log, to.notes, fold(s.catalog, to.log)
}

// Mutates reports whether requests of verb v may change the profile.
func Mutates(v protocol.Verb) bool {
	switch v {
	case protocol.Act, protocol.Amend, protocol.Undo, protocol.LoseSteps, protocol.Import, protocol.Erase:
		return true
	}
	return false
}

// Answer does what q asks. When it cannot be done the answer has an Error and
// nothing else, and the profile is what it was.
func (s *Session) Answer(q protocol.Request) (a protocol.Answer) {
	q.K = min(q.K, mostCards)
	if q.K <= 0 {
		q.K = fewCards
	}
	s.arms = s.enrolment.Arms(q.Now)
	s.engine.At(q.Now)
	if s.label(&a, &q); a.Error != nil {
		return a
	}
	if s.held = nil; len(q.Blocked) == 0 && q.Held == "" {
		s.blocking = nil
	} else if s.block != nil {
		if s.block(s, &a, &q); a.Error != nil {
			return a
		}
	}
	switch make := listed(q.Verb); {
	case make != nil:
		s.hold(&a, &q, make)
		if a.Error == nil {
			make(s, &a, &q)
			s.pin(&a, &q)
		}
	case q.Verb == protocol.Open:
		s.open(&a)
	case q.Verb == protocol.Act || q.Verb == protocol.Amend:
		s.act(&a, &q)
	default:
		s.answerMore(&a, &q)
	}
	if s.sift != nil && q.Held != "" {
		s.sift(s, &a, &q)
	}
	if len(a.Cards) > 0 && q.Verb != protocol.Profile && q.Verb != protocol.History && q.Verb != protocol.Steps {
		a.Layers = s.layers(&q, q.Verb == protocol.Recommend)
	}
	for i := range a.Shelves {
		shelf := &a.Shelves[i]
		shelf.Layers = s.layers(&q, shelf.Kind == string(engine.ForYou))
	}
	return a
}

const (
	fewCards  = 20  // when a request names no number
	mostCards = 500 // of a list
)

// unknown makes a an error that says that nothing of a kind has that name, and
// which names there are.
func unknown[S ~string](a *protocol.Answer, kind string, name S, known []S) {
	text, join := "Unknown "+kind+" \""+string(name)+"\"; known: ", ""
	for _, k := range known {
		text += join + string(k)
		join = ", "
	}
	badRequest(a, text+".")
}

// badRequest makes a an error that says text.
func badRequest(a *protocol.Answer, text string) { refuse(a, "bad-request", text) }

func unknownItem(a *protocol.Answer, id catalog.ID) {
	refuse(a, "unknown-movie", "This catalog has no item \""+string(id)+"\".")
}

func refuse(a *protocol.Answer, code, text string) {
	a.Error = &protocol.Error{Code: code, Text: text}
}
