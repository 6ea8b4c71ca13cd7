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
// events with the largest part in the retrieval score and the transitions the
// first whose removal lowers the ranker's score. list is what [Engine.Recommend]
// made of h, and found are the candidates that it was chosen from. To be quick,
// scores with and without an event are compared among the list and every
// becauseStride-th of the candidates instead of all of them; and an event is
// removed only where an answer depends on it, once for all that ask for it.
func (e *Engine) Attribute(h feature.History, found []catalog.Row, list []Recommendation) {
	if len(h) == 0 || len(list) == 0 {
		return
	}
	rows := make([]catalog.Row, len(list), len(list)+len(found)/becauseStride+1)
	at := make([]int, len(list))
	trials := make([]trial, len(list))
	for i := range list {
		r := list[i].Row
		rows[i], at[i] = r, i
		trials[i].at = e.carriers(h, r)
	}
	for i := 0; i < len(found); i += becauseStride {
		if r := found[i]; !slices.Contains(rows[:len(list)], r) {
			rows = append(rows, r)
		}
	}
	among := e.retriever.Sample(rows)
	candidates := make([]feature.Candidate, len(rows))
	for i, r := range rows {
		candidates[i].Row = r
	}
	score := func(dst []float32, h feature.History, at []int) {
		among.Score(candidates, h, becauseSteps)
		e.ranker.ScoreAt(dst, h, candidates, at)
	}
	with, removed := make([]float32, len(list)), make([]float32, len(list))
	score(with, h, at)
	for more := true; more; {
		more = false
		// From the newest event on, which [retrieval.Sample] does best.
		for k := len(h) - 1; k >= max(0, len(h)-becauseEvents); k-- {
			at, needed := at[:0], false
			for i := range trials {
				if place := trials[i].open(k); place >= 0 {
					at, needed = append(at, i), needed || place == 0
				}
			}
			if !needed {
				continue
			}
			more = true
			score(removed, without(h, h[k].Row), at)
			for n, i := range at {
				trials[i].settle(k, removed[n] < with[i])
			}
		}
	}
	for i := range trials {
		if t := &trials[i]; len(t.at) > 0 {
			list[i].Because = h[t.at[0]].Row
		}
	}
}

// trial is the search for the event that carries one item.
type trial struct {
	at    []int // places of the events that may, best first
	holds bool  // the last of them does, if none before it
}

// open returns the index in at of the event at place k, or -1 when it is not there or
// known to hold.
func (t *trial) open(k int) int {
	i := slices.Index(t.at, k)
	if t.holds && i == len(t.at)-1 {
		return -1
	}
	return i
}

// settle notes whether the score is lower without the event at place k.
func (t *trial) settle(k int, lower bool) {
	i := slices.Index(t.at, k)
	if lower {
		t.at, t.holds = t.at[:i+1], true
	} else {
		t.at = append(t.at[:i], t.at[i+1:]...)
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
