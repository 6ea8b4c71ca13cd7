package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/rerank"
	"sparrow/wasm/retrieval"
)

// Candidates is how many items retrieval hands to the ranker.
const Candidates = 300

// dislikeStrength is how far a twin of a disliked item sinks, in standard
// deviations of the candidates' scores.
const dislikeStrength = 2

// Query asks for recommendations.
type Query struct {
	History  feature.History
	Seen     int           // events at its beginning that say no more than that the visitor has seen the item: as long as others speak for some, no part of a list is for what these are like
	Exclude  []catalog.Row // not to be recommended; neither is the history
	Again    []catalog.Row // items of the history that may be recommended all the same
	Disliked []catalog.Row // what resembles them sinks
	Filter   Filter
	Variety  float32 // 0 to 1, of neighbours in the list, and how far it is balanced; 0 without dislikes is exactly the ranker's order
	K        int
	Because  bool // name the item of the history that carries each recommendation
	Unranked bool // keep the order and the scores of retrieval
	Leaning  Leaning

	Mix      *retrieval.Mix            // quotas of the sources; nil for the default
	Trending []catalog.Row             // a source of its own, best first, each once
	Explore  float32                   // temperature of exploration, in standard deviations of the candidates' scores; 0 for none
	Chance   func(draw uint64) float64 // with Explore: numbers in [0, 1), see [rerank.Explore]

	Model string // that orders the candidates: "" for the ranker, else one of [Engine.Models]
	Now   int64  // with Model: the moment, Unix seconds
}

// Recommendation is a candidate that was chosen. Its score is the ranker's, or
// ln(p/(1-p)) of a pointwise model; dislikes and variety move it from its place
// after ranking.
type Recommendation struct {
	feature.Candidate
	Because catalog.Row // an item of the history without which the score is lower; None if there is none, or it was not asked for
	Team    int         // of interleaved lists; the engine leaves it 0
}

// Recommend returns at most q.K items for q: candidates from all sources, ranked,
// lowered where they resemble a disliked item, diversified or drawn. It panics
// if there is no q.Model.
func (e *Engine) Recommend(q Query) []Recommendation {
	list, _ := e.RecommendAmong(&q)
	return list
}

// RecommendAmong is Recommend, and the candidates that were ranked in retrieval's
// order: without q.Because, [Engine.Attribute] can name the reasons later.
func (e *Engine) RecommendAmong(q *Query) (list []Recommendation, found []catalog.Row) {
	e.mark(0)
	candidates := e.retrieve(q, Candidates)
	e.mark(1)
	found = rowsOf(candidates)
	list = e.pick(q, candidates)
	e.mark(3)
	if q.Because {
		e.Attribute(q.History, found, list)
	}
	e.mark(4)
	return list, found
}

// pick ranks the candidates, in place, and chooses q.K of those that have a
// finite score.
func (e *Engine) pick(q *Query, candidates []feature.Candidate) []Recommendation {
	e.rank(q, candidates)
	candidates = finite(candidates)
	e.weigh(candidates)
	parts := [][]feature.Candidate{candidates}
	likes := q.likes()
	if q.Variety > 0 && len(likes) > 0 {
		parts = e.inKeeping(likes, e.withoutClashes(likes, candidates, q.K), q.K)
	}
	e.mark(2)
	list := make([]Recommendation, 0, min(q.K, len(candidates)))
	for _, part := range parts {
		for _, c := range e.choose(q, likes, part, q.K-len(list)) {
			list = append(list, Recommendation{Candidate: c, Because: catalog.None})
		}
	}
	return list
}

// choose returns at most k of the candidates, lowered where they resemble a disliked
// item, moved as the list leans, diversified or drawn.
func (e *Engine) choose(q *Query, likes []catalog.Row, candidates []feature.Candidate, k int) []feature.Candidate {
	var vectors []float32
	leans := !q.Leaning.none()
	if q.Variety > 0 || len(q.Disliked) > 0 || leans {
		vectors = e.Describe(rowsOf(candidates))
		rerank.PushDown(candidates, vectors, e.Describe(q.Disliked), dislikeStrength)
	}
	if leans {
		rerank.Shift(candidates, vectors, e.lean(&q.Leaning, likes, candidates, vectors))
	}
	var targets []rerank.Target // of the candidates in this order
	if q.Variety > 0 && len(likes) > 0 {
		targets = e.balance(likes, candidates, q)
		if t := e.interests(likes, vectors, q.Variety); t != nil {
			targets = append(targets, *t)
		}
	}
	if len(q.Leaning.Genres) > 0 {
		targets = append(targets, e.more(q.Leaning.Genres, likes, candidates))
	}
	if q.Explore > 0 {
		if q.Variety <= 0 {
			vectors = nil
		}
		return rerank.Explore(candidates, vectors, q.Variety, q.Explore, k, q.Chance, targets...)
	}
	return rerank.Diversify(candidates, vectors, q.Variety, k, targets...)
}

// finite returns the candidates that have a finite score, in place.
func finite(candidates []feature.Candidate) []feature.Candidate {
	kept := candidates[:0]
	for _, c := range candidates {
		if !infinite(c.Score) {
			kept = append(kept, c)
		}
	}
	return kept
}

func rowsOf(candidates []feature.Candidate) []catalog.Row {
	rows := make([]catalog.Row, len(candidates))
	for i := range rows {
		rows[i] = candidates[i].Row
	}
	return rows
}

// excluded returns the rows that q rules out.
func (q *Query) excluded() []catalog.Row {
	rows := slices.Clone(q.Exclude)
	for _, ev := range q.History {
		if !slices.Contains(q.Again, ev.Row) {
			rows = append(rows, ev.Row)
		}
	}
	return rows
}

// Without returns q without the event of item r.
func (q Query) Without(r catalog.Row) Query {
	for i, ev := range q.History {
		if ev.Row == r {
			if i < q.Seen {
				q.Seen--
			}
			q.History = append(q.History[:i:i], q.History[i+1:]...)
			break
		}
	}
	return q
}
