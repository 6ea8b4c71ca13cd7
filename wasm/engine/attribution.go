package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

const (
	becauseEvents = 20 // newest events of the history that can carry a recommendation
	becauseTries  = 3  // events tried for one recommendation
	becauseStride = 4  // see Attribute
	becauseSteps  = 32 // newest events that a network sees: those that can carry a recommendation, and some before them
	positiveStars = 3.5
)

// Attribute stores in each of list the item of history h that carries it: of the
// events with the largest part in the retrieval score, the transitions and the profile the
// first whose removal lowers the ranker's score; none where no event that does has
// anything in common with the item that a person could see. list is what [Engine.Recommend]
// made of h, and found are the candidates that it was chosen from. To be quick,
// scores with and without an event are compared among the list and every
// becauseStride-th of the candidates instead of all of them; and an event is
// removed only where it may carry an item, once for all of these.
func (e *Engine) Attribute(h feature.History, found []catalog.Row, list []Recommendation) {
	if len(h) == 0 || len(list) == 0 {
		return
	}
	turns := e.turns(h)
	rows := make([]catalog.Row, len(list), len(list)+len(found)/becauseStride+1)
	at, places := make([]int, len(list)), make([][]catalog.Row, len(list))
	for i := range list {
		rows[i], at[i] = list[i].Row, i
		places[i] = e.carriers(turns[0], list[i].Row)
	}
	for i := 0; i < len(found); i += becauseStride {
		if r := found[i]; !slices.Contains(rows[:len(list)], r) {
			rows = append(rows, r)
		}
	}
	with, removed := make([]float32, len(list)), make([][becauseTries]float32, len(list))
	for _, turn := range turns {
		score := e.scorer(rows, len(list))
		for i, s := range score(turn, at) {
			with[i] += s
		}
		for k := len(turn) - 1; k >= 0; k-- { // in the order that [retrieval.Sample] is fastest in
			at = at[:0]
			for i, of := range places {
				if slices.Contains(of, turn[k].Row) {
					at = append(at, i)
				}
			}
			if len(at) == 0 {
				continue
			}
			scores := score(without(turn, turn[k].Row), at)
			for _, i := range at {
				removed[i][slices.Index(places[i], turn[k].Row)] += scores[i]
			}
		}
		at = at[:0]
		for i := range list {
			at = append(at, i)
		}
	}
	for i, of := range places {
		for j, row := range of {
			if removed[i][j] < with[i] {
				list[i].Because = row
				break
			}
		}
	}
}

// scorer returns a function that scores those of the first n of rows that at has for a
// history of one order, as they are scored for [Engine.Recommend].
func (e *Engine) scorer(rows []catalog.Row, n int) func(h feature.History, at []int) []float32 {
	candidates := make([]feature.Candidate, len(rows))
	for i, r := range rows {
		candidates[i].Row = r
	}
	among := e.retriever.Sample(rows)
	return func(h feature.History, at []int) []float32 {
		scores := make([]float32, n)
		among.Score(candidates, h, becauseSteps)
		e.ranker.ScoreAt(scores, h, candidates, at)
		if e.bundle.Profile == nil {
			return scores
		}
		blended := make([]feature.Candidate, n)
		for i := range blended {
			blended[i] = feature.Candidate{Row: rows[i], Score: scores[i]}
		}
		e.bundle.Profile.Blend(blended, h, e.scratch.score)
		return scoresOf(blended)
	}
}

// carriers returns the items of the becauseTries positive events of h that speak most
// for item r and are related to it, best first.
func (e *Engine) carriers(h feature.History, r catalog.Row) []catalog.Row {
	type carrier struct {
		row   catalog.Row
		value float32
	}
	var all []carrier
	var drawn, followed, spoken float32
	pulls := make([][3]float32, 0, becauseEvents)
	model := &e.bundle.Retrieval
	for k := range min(becauseEvents, len(h)) {
		ev := h[len(h)-1-k]
		pull := [3]float32{model.Pull(k, ev, r), e.bundle.Transition.Weight(ev.Row, r), 0}
		if p := e.bundle.Profile; p != nil && p.Gate.Share(h) > 0 {
			pull[2] = p.Weight(ev.Row, r)
		}
		drawn, followed, spoken = max(drawn, pull[0]), max(followed, pull[1]), max(spoken, pull[2])
		pulls = append(pulls, pull)
	}
	for k, pull := range pulls {
		ev := h[len(h)-1-k]
		if ev.Row == r || ev.Stars > 0 && ev.Stars < positiveStars || !e.Related(ev.Row, r) {
			continue
		}
		var value float32
		if drawn > 0 {
			value += pull[0] / drawn
		}
		if followed > 0 {
			value += pull[1] / followed
		}
		if spoken > 0 {
			value += pull[2] / spoken
		}
		if value > 0 {
			all = append(all, carrier{ev.Row, value})
		}
	}
	rows := make([]catalog.Row, 0, becauseTries)
	for len(rows) < becauseTries {
		best := carrier{catalog.None, 0}
		for _, c := range all {
			if c.value > best.value && !slices.Contains(rows, c.row) {
				best = c
			}
		}
		if best.row == catalog.None {
			break
		}
		rows = append(rows, best.row)
	}
	return rows
}
