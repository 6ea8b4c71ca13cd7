package session

import (
	"sparrow/wasm/engine"
	"sparrow/wasm/experiment"
	"sparrow/wasm/protocol"
)

// surprise is the temperature of a list that is drawn, in standard deviations of the candidates' values.
const surprise = 1

// leaning returns what the engine's list leans to as l asks; genres that no item has are left out.
func (s *Session) leaning(l *protocol.Leaning) engine.Leaning {
	of := engine.Leaning{Popularity: l.Popularity, Familiarity: l.Familiarity, Recency: l.Recency}
	for _, name := range l.Genres {
		if g, ok := s.engine.GenreNamed(name); ok {
			of.Genres = append(of.Genres, g)
		}
	}
	return of
}

// badLeaning reports whether q leans further than there is, and then makes a an error.
func badLeaning(a *protocol.Answer, q *protocol.Request) bool {
	for _, v := range []float32{q.Leaning.Popularity, q.Leaning.Familiarity, q.Leaning.Recency} {
		if v < -1 || v > 1 {
			badRequest(a, "A list leans by numbers from -1 to 1.")
			return true
		}
	}
	return false
}

// draw has the list of p drawn by chance where q asks for it: a draw of the same number is the same
// list while the profile is.
func (s *Session) draw(p *plan, q *protocol.Request) {
	if q.Draw == 0 {
		return
	}
	for i := range p.queries {
		p.queries[i].Explore = surprise
		p.queries[i].Chance = experiment.SeedOf("draw", s.enrolment.Visitor, int64(q.Draw)).Uniform
	}
}
