package engine

import (
	"errors"
	"math"
	"strconv"

	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/retrieval"
)

// tolerance is how far a score may be from the golden one, as a share of it
// and at least of 1: the order of a sum may change, what is summed may not.
const tolerance = 1e-3

// probed is how many of the best known items make the history that every
// bundle is probed with, golden questions or none.
const probed = 3

// Judge returns the golden question about a history and the at most k items
// that the retrieval model scores highest for it. The answer is that of the
// models alone: it does not change with the sources of candidates or with what
// comes after ranking. It panics if the history is empty.
func (e *Engine) Judge(history []catalog.Row, k int) bundle.Golden {
	events := e.liked(history)
	g := bundle.Golden{History: history}
	for _, c := range e.retriever.Mixed(nil, events, nil, k, retrieval.Mix{}, nil) {
		g.Items = append(g.Items, c.Row)
	}
	g.Scores = e.judge(events, g.Items)
	return g
}

// liked returns the history of a golden question.
func (e *Engine) liked(rows []catalog.Row) feature.History {
	h := make(feature.History, len(rows))
	for i, r := range rows {
		h[i] = feature.Event{Row: r, Stars: 5, At: e.bundle.Statistics.AsOf - 3600*int64(len(rows)-1-i)}
	}
	return h
}

// judge returns the scores of every model, [2+P][K], as [bundle.Golden] has them;
// without pointwise models the first two.
func (e *Engine) judge(h feature.History, items []catalog.Row) [][]float32 {
	all := e.retriever.Scores(h)
	candidates := make([]feature.Candidate, len(items))
	for i, r := range items {
		candidates[i] = feature.Candidate{Row: r, Score: all[r]}
	}
	scores := [][]float32{scoresOf(candidates)}
	e.ranker.Score(h, candidates)
	scores = append(scores, scoresOf(candidates))
	if e.newPointwise == nil {
		return scores
	}
	for _, name := range e.Models() {
		e.pointwiseRanker(name).Score(h, candidates, 0)
		scores = append(scores, scoresOf(candidates))
	}
	return scores
}

func scoresOf(candidates []feature.Candidate) []float32 {
	scores := make([]float32, len(candidates))
	for i := range scores {
		scores[i] = candidates[i].Score
	}
	return scores
}

// check returns an error unless the engine gives the bundle's golden answers,
// and finite scores to a newcomer and to who likes the best known items.
func (e *Engine) check() error {
	if err := e.checkGolden(); err != nil {
		return err
	}
	for _, known := range []int{0, probed} {
		if err := e.probe(e.liked(e.sorted(ByPopularity)[:min(known, e.catalog.Len())])); err != nil {
			return err
		}
	}
	return nil
}

// checkGolden returns an error unless the engine gives the bundle's golden answers.
func (e *Engine) checkGolden() error {
	for i, g := range e.bundle.Golden {
		for m, scores := range e.judge(e.liked(g.History), g.Items) {
			for k, score := range scores {
				want := g.Scores[m][k]
				if !near(score, want) {
					return errors.New("golden question " + strconv.Itoa(i+1) + ", item " + string(e.catalog.IDs[g.Items[k]]) + ": " +
						e.judgeName(m) + " says " + short(score) + ", not " + short(want) + ": bundle and engine do not belong together")
				}
			}
		}
	}
	e.pointwise = nil // made again when the laboratory first asks
	return nil
}

// probe returns an error unless retrieval gives each item and the ranker each
// candidate a finite score for history h.
func (e *Engine) probe(h feature.History) error {
	for r, score := range e.retriever.Scores(h) {
		if infinite(score) {
			return e.notFinite(0, catalog.Row(r))
		}
	}
	candidates := e.retriever.Candidates(nil, h, nil, Candidates)
	e.ranker.Score(h, candidates)
	for _, c := range candidates {
		if infinite(c.Score) {
			return e.notFinite(1, c.Row)
		}
	}
	return nil
}

// near reports whether a score is the golden one, up to the tolerance.
func near(score, want float32) bool {
	return math.Abs(float64(score-want)) <= tolerance*max(1, math.Abs(float64(want))) // false for NaN
}

// infinite reports whether v is an infinity or NaN.
func infinite(v float32) bool { return v-v != 0 }

func (e *Engine) notFinite(m int, r catalog.Row) error {
	return errors.New(e.judgeName(m) + " gives item " + string(e.catalog.IDs[r]) + " no finite score: the model is broken")
}

// judgeName returns what the m-th column of [bundle.Golden.Scores] is the score of.
func (e *Engine) judgeName(m int) string {
	if m < 2 {
		return [...]string{"retrieval", "the ranker"}[m]
	}
	return e.bundle.Pointwise[m-2].Name
}

// short writes a score with four decimals. Package strconv would bring the powers of ten along
// that floats are written by, 13 KB of engine.wasm.
func short(v float32) string {
	if infinite(v) || v > 1e5 || v < -1e5 {
		return "what no score is"
	}
	sign, n := "", int(math.Round(float64(v)*1e4))
	if n < 0 {
		sign, n = "-", -n
	}
	return sign + strconv.Itoa(n/1e4) + "." + strconv.Itoa(1e4 + n%1e4)[1:]
}
