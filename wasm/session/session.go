// Package session is one visitor at one engine: it holds the profile and answers
// every verb of the protocol.
package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/protocol"
)

// Session answers one visitor's requests. It is not for concurrent use.
type Session struct {
	engine      *engine.Engine
	catalog     *catalog.Catalog
	genreCounts []int            // movies of each genre
	log         []protocol.Entry // by time
	meaning     *meaning         // of log
}

// Open returns a session with an empty profile over the bundle that data encodes.
func Open(data []byte) (*Session, error) {
	e, err := engine.Open(data)
	if err != nil {
		return nil, err
	}
	return New(e), nil
}

// New returns a session with an empty profile at engine e.
func New(e *engine.Engine) *Session {
	s := &Session{engine: e, catalog: e.Catalog(), genreCounts: e.GenreCounts()}
	s.become(nil)
	return s
}

// Profile returns the profile as bytes to be kept, entries of movies that this
// catalog does not know included.
func (s *Session) Profile() []byte { return encode(s.log) }

// Load replaces the profile by one that Profile returned, or by an empty one
// when there are no bytes. After an error the profile is what it was.
func (s *Session) Load(data []byte) error {
	log, err := decode(data)
	if err != nil {
		return err
	}
	s.become(log)
	return nil
}

// become makes log the profile.
func (s *Session) become(log []protocol.Entry) {
	s.log, s.meaning = log, fold(s.catalog, log)
}

// Mutates tells whether requests of verb v may change the profile.
func Mutates(v protocol.Verb) bool {
	switch v {
	case protocol.Act, protocol.Undo, protocol.Import, protocol.Erase:
		return true
	}
	return false
}

// Answer does what q asks. When it cannot be done the answer has an Error and
// nothing else, and the profile is what it was.
func (s *Session) Answer(q protocol.Request) protocol.Answer {
	q.K = min(q.K, mostCards)
	if q.K <= 0 {
		q.K = fewCards
	}
	switch q.Verb {
	case protocol.Open:
		return s.open()
	case protocol.Home:
		return s.home(q)
	case protocol.Browse:
		return s.browse(q)
	case protocol.Movie:
		return s.movie(q)
	case protocol.Recommend:
		return s.recommend(q)
	case protocol.Search:
		return s.search(q)
	case protocol.Explain:
		return s.explain(q)
	case protocol.Tastes:
		return s.tastes(q)
	case protocol.Profile:
		return s.profile()
	case protocol.Act:
		return s.act(q)
	case protocol.Undo:
		return s.undo()
	case protocol.Import:
		return s.importEntries(q)
	case protocol.Erase:
		s.become(nil)
		return protocol.Answer{}
	}
	return badRequest("There is no request called \"" + string(q.Verb) + "\".")
}

const (
	fewCards  = 20  // when a request names no number
	mostCards = 500 // of a list
)

func badRequest(text string) protocol.Answer {
	return protocol.Answer{Error: &protocol.Error{Code: "bad-request", Text: text}}
}

func unknownMovie(id catalog.ID) protocol.Answer {
	text := "This catalog has no movie \"" + string(id) + "\"."
	return protocol.Answer{Error: &protocol.Error{Code: "unknown-movie", Text: text}}
}
