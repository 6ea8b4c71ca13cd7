package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

const (
	becauseEvents = 20 // newest events of the history that can carry a recommendation
	becauseTries  = 3  // events tried for one recommendation
	becauseStride = 4  // see attribute
	becauseSteps  = 32 // see scoresAmong
	positiveStars = 3.5
)

// attribute stores in each of list the item of history h that carries it: of
// the events with the largest part in the retrieval score and the transitions
// the first whose removal lowers the ranker's score. To be quick, scores with
// and without an event are compared among the list and every becauseStride-th of
// the candidates found instead of all of them.
func (e *Engine) attribute(h feature.History, found []catalog.Row, list []Recommendation) {
	if len(h) == 0 || len(list) == 0 {
		return
	}
	rows := make([]catalog.Row, len(list), len(list)+len(found)/becauseStride+1)
	for i, rec := range list {
		rows[i] = rec.Row
	}
	for i := 0; i < len(found); i += becauseStride {
		if r := found[i]; !slices.Contains(rows[:len(list)], r) {
			rows = append(rows, r)
		}
	}
	with := e.scoresAmong(h, rows)
	removed := make([][]float32, len(h)) // scores without an event, once they are needed
	for i := range list {
		for _, k := range e.carriers(h, list[i].Row) {
			if removed[k] == nil {
				removed[k] = e.scoresAmong(without(h, h[k].Row), rows)
			}
			if removed[k][i] < with[i] {
				list[i].Because = h[k].Row
				break
			}
		}
	}
}

// carriers returns the places in h of the becauseTries positive events that
// speak most for item r, best first.
func (e *Engine) carriers(h feature.History, r catalog.Row) []int {
	type carrier struct {
		at    int
		value float32
	}
	var all []carrier
	var drawn, followed float32
	pulls := make([][2]float32, 0, becauseEvents)
	model := &e.bundle.Retrieval
	for k := range min(becauseEvents, len(h)) {
		ev := h[len(h)-1-k]
		pull := [2]float32{model.Pull(k, ev, r), e.bundle.Transition.Weight(ev.Row, r)}
		drawn, followed = max(drawn, pull[0]), max(followed, pull[1])
		pulls = append(pulls, pull)
	}
	for k, pull := range pulls {
		ev := h[len(h)-1-k]
		if ev.Stars > 0 && ev.Stars < positiveStars {
			continue
		}
		var value float32
		if drawn > 0 {
			value += pull[0] / drawn
		}
		if followed > 0 {
			value += pull[1] / followed
		}
		if value > 0 {
			all = append(all, carrier{len(h) - 1 - k, value})
		}
	}
	places := make([]int, 0, becauseTries)
	for len(places) < becauseTries {
		best := carrier{-1, 0}
		for _, c := range all {
			if c.value > best.value && !slices.Contains(places, c.at) {
				best = c
			}
		}
		if best.at < 0 {
			break
		}
		places = append(places, best.at)
	}
	return places
}

// scoresAmong returns the ranker's scores of rows for history h when they are
// the only candidates, parallel to rows. A network, which takes as many steps as there are
// events, is shown the newest becauseSteps: those that can carry a recommendation, and some
// before them.
func (e *Engine) scoresAmong(h feature.History, rows []catalog.Row) []float32 {
	model := &e.bundle.Retrieval
	user, out := make([]float32, model.Out.Cols), make([]float32, model.Out.Cols)
	if model.Network != nil {
		e.retriever.UserVector(user, h[max(0, len(h)-becauseSteps):])
	} else {
		e.retriever.UserVector(user, h)
	}
	candidates := make([]feature.Candidate, len(rows))
	for i, r := range rows {
		model.Out.Dequantize(out, int(r))
		score := model.Bias[r] // the products are added to it: not the bias and vec.Dot, which round differently
		for c, v := range out {
			score += float32(v * user[c])
		}
		candidates[i] = feature.Candidate{Row: r, Score: score}
	}
	e.ranker.Score(h, candidates)
	scores := make([]float32, len(rows))
	for i := range scores {
		scores[i] = candidates[i].Score
	}
	return scores
}
