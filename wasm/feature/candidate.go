package feature

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// Candidate is an item on its way from retrieval to the answer. Each stage
// re-scores the candidates, puts them in another order or drops some; what
// earlier stages wrote stays.
type Candidate struct {
	Row     catalog.Row
	Score   float32 // of the model that judged it last: retrieval's, whichever source found it, then that of ranking
	Penalty float32 // what its likeness to disliked items takes from the score, less what is added where a list leans to it
	Sources Sources // all that found it within their quotas

	Retrieved, Ranked int     // place after retrieval and after ranking, from 1; 0 without that stage
	Propensity        float32 // probability that it was drawn for its place, given those before it; 0 when nothing was drawn
}

// Value returns what reranking goes by: the score less the penalty.
func (c *Candidate) Value() float32 { return c.Score - c.Penalty }

// before reports whether c is better than d: a higher score, or an equal one
// and a lower row.
func (c *Candidate) before(d *Candidate) bool {
	return c.Score > d.Score || c.Score == d.Score && c.Row < d.Row
}

// Best sorts candidates by score, best first, ties by row.
func Best(candidates []Candidate) {
	was := append([]Candidate(nil), candidates...)
	for to, from := range order(was) {
		candidates[to] = was[from]
	}
}

// order returns the places of the candidates, best first.
func order(candidates []Candidate) []int32 {
	return vec.Sorted(len(candidates), func(a, b int32) bool { return candidates[a].before(&candidates[b]) })
}

// Sources is a set of sources of candidates.
type Sources uint8

const (
	FromTaste      Sources = 1 << iota // the retrieval model scores it high
	FromTransition                     // it follows what the user saw lately
	FromPopular                        // the crowd likes it now
	FromTrending                       // it rises in the site's own feedback
	FromPin                            // a rule of the owner puts it at its place
)

// String returns the names of the sources, joined by "+", as events carry them.
func (s Sources) String() string {
	text := ""
	for i, name := range [...]string{"taste", "transition", "popular", "trending", "pinned"} {
		if s>>i&1 == 0 {
			continue
		}
		if text != "" {
			text += "+"
		}
		text += name
	}
	return text
}
