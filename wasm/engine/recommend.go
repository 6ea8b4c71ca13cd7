package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/rerank"
	"sparrow/wasm/retrieval"
)

// Candidates is how many movies retrieval hands to the ranker.
const Candidates = 300

// dislikeStrength is how far a twin of a disliked movie sinks, in standard
// deviations of the candidates' scores.
const dislikeStrength = 2

// Query asks for recommendations.
type Query struct {
	History  feature.History
	Exclude  []catalog.Row // not to be recommended; the history never is
	Disliked []catalog.Row // what resembles them sinks
	Filter   Filter
	Variety  float32 // 0 to 1; 0 without dislikes is exactly the ranker's order
	K        int
	Because  bool // name the movie of the history that carries each recommendation
	Unranked bool // keep the order and the scores of retrieval

	Mix      *retrieval.Mix            // quotas of the sources; nil for the default
	Trending []catalog.Row             // a source of its own, best first, each once
	Explore  float32                   // temperature of exploration, in standard deviations of the candidates' scores; 0 for none
	Chance   func(draw uint64) float64 // with Explore: numbers in [0, 1), see [rerank.Explore]

	Model string // that orders the candidates: "" for the ranker, else one of [Engine.Models]
	Now   int64  // with Model: the moment, Unix seconds
}

// Recommendation is a movie, its score and where it comes from.
type Recommendation struct {
	Row        catalog.Row
	Score      float32          // of the ranker, or ln(p/(1-p)) of a pointwise model
	Sources    retrieval.Source // which sources of candidates found it
	Because    catalog.Row      // a movie of the history without which the score is lower; None if there is none, or nobody asked
	Propensity float32          // probability that it was drawn for its place, given those before it; 0 without exploration
	Team       int              // for whoever interleaves lists; the engine leaves it 0

	Retrieved, Ranked int // place after retrieval and after ranking, from 1, before dislikes and variety had a say; 0 when nobody ranked
}

// Recommend returns at most q.K movies for q: candidates from all sources, ranked,
// lowered where they resemble a disliked movie, diversified or drawn. It panics
// if there is no q.Model.
func (e *Engine) Recommend(q Query) []Recommendation {
	list, _ := e.RecommendCounted(&q)
	return list
}

// RecommendCounted is Recommend and how many candidates were ranked.
func (e *Engine) RecommendCounted(q *Query) (list []Recommendation, candidates int) {
	e.mark(0)
	found := e.retrieve(q, Candidates)
	e.mark(1)
	list = e.pick(q, found)
	e.mark(3)
	if q.Because {
		e.attribute(q.History, found, list)
	}
	e.mark(4)
	return list, len(found)
}

// pick ranks the candidates found and chooses q.K of them.
func (e *Engine) pick(q *Query, found []retrieval.Candidate) []Recommendation {
	ranked := e.rank(q, found)
	e.mark(2)
	items := make([]rerank.Item, len(ranked))
	for i, r := range ranked {
		items[i] = rerank.Item{Row: r.Row, Score: r.Score}
	}
	var vectors []float32
	if q.Variety > 0 || len(q.Disliked) > 0 {
		rows := make([]catalog.Row, len(items))
		for i, it := range items {
			rows[i] = it.Row
		}
		vectors = e.Describe(rows)
		rerank.PushDown(items, vectors, e.Describe(q.Disliked), dislikeStrength)
	}
	if q.Explore > 0 {
		if q.Variety <= 0 {
			vectors = nil
		}
		items = rerank.Explore(items, vectors, q.Variety, q.Explore, q.K, q.Chance)
	} else {
		items = rerank.Diversify(items, vectors, q.Variety, q.K)
	}
	list := make([]Recommendation, len(items))
	for i, it := range items {
		list[i] = Recommendation{Row: it.Row, Because: catalog.None, Propensity: it.Propensity}
		for at, r := range ranked {
			if r.Row == it.Row {
				list[i].Score, list[i].Ranked = r.Score, at+1
			}
		}
		if q.Unranked {
			list[i].Ranked = 0
		}
		for at, c := range found {
			if c.Row == it.Row {
				list[i].Sources, list[i].Retrieved = c.Sources, at+1
			}
		}
	}
	return list
}

// excluded returns the rows that q rules out.
func (q *Query) excluded() []catalog.Row {
	rows := slices.Clone(q.Exclude)
	for _, ev := range q.History {
		rows = append(rows, ev.Row)
	}
	return rows
}
