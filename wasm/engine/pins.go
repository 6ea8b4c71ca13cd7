package engine

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/filter"
	"sparrow/wasm/live"
)

// pinned returns the items that rules put at the places of a list of k, of those that may
// be on it: [k], None for no item, nil where there is none at all. Of two pins for one place
// the rule whose name comes first has it, and the other one the next place. Pins behind the
// end of the list do nothing.
func (e *Engine) pinned(k int, may func(catalog.Row) bool) (at []catalog.Row) {
	x := &e.overlay
	for _, i := range x.order {
		of := &x.source.Rules[i]
		if of.Do != live.Pin || !x.active[i] {
			continue
		}
		next := of.To - 1
		for _, r := range x.rules[i].rows {
			for at != nil && next < k && at[next] != catalog.None {
				next++
			}
			if next >= k {
				break
			}
			if slices.Contains(at, r) || !may(r) {
				continue
			}
			if at == nil {
				at = make([]catalog.Row, k)
				for place := range at {
					at[place] = catalog.None
				}
			}
			at[next] = r
		}
	}
	return at
}

// Placed returns how items on these rows are put in order where those of at stand at their places,
// which the others move on for: the place of each before, or below 0 for -1 - r where item r is
// added. There are as many as at has places, or as there are items.
func Placed(rows, at []catalog.Row) []int {
	order, next := make([]int, 0, len(at)), 0
	for _, r := range at {
		i := slices.Index(rows, r)
		if r != catalog.None && i < 0 {
			i = -1 - int(r)
		}
		if r == catalog.None {
			for next < len(rows) && slices.Contains(at, rows[next]) {
				next++
			}
			if i = next; i >= len(rows) {
				continue
			}
			next++
		}
		order = append(order, i)
	}
	return order
}

// Pin returns list, which answers q, with what rules pin to its places. The history and
// what is excluded stay away, and what the filter does not keep. What was not on the list
// has no score.
func (e *Engine) Pin(q *Query, list []Recommendation) []Recommendation {
	never := q.excluded()
	at := e.pinned(q.K, func(r catalog.Row) bool { return e.keeps(q.Filter, r) && !slices.Contains(never, r) })
	if at == nil {
		return list
	}
	rows := make([]catalog.Row, len(list))
	for i := range list {
		rows[i] = list[i].Row
	}
	order := Placed(rows, at)
	out := make([]Recommendation, len(order))
	for i, from := range order {
		x := &out[i]
		if from >= 0 {
			*x = list[from]
		} else {
			x.Row, x.Because = catalog.Row(-1-from), catalog.None
		}
		if slices.Contains(at, x.Row) {
			x.Sources |= feature.FromPin
		}
	}
	return out
}

// SimilarPinned is [Engine.SimilarAmong] with what rules pin to its places, whose scores are
// at least that of the best one.
func (e *Engine) SimilarPinned(r catalog.Row, k int, among filter.Set) []Similar {
	list := e.SimilarAmong(r, k, among)
	at := e.pinned(k, func(other catalog.Row) bool { return other != r && e.among(among).Has(other) })
	if at == nil {
		return list
	}
	rows, best := make([]catalog.Row, len(list)), float32(0)
	for i := range list {
		rows[i], best = list[i].Row, max(best, list[i].Score)
	}
	q, order := e.question(r), Placed(rows, at)
	out := make([]Similar, len(order))
	for i, from := range order {
		x := &out[i]
		if from >= 0 {
			*x = list[from]
		} else {
			x.Row = catalog.Row(-1 - from)
			x.Vector = e.cosine(r, x.Row) // what else they share is in the scratch memory
			e.compare(&q, out[i:i+1])
		}
		if slices.Contains(at, x.Row) {
			x.Score = best
		}
	}
	return out
}
