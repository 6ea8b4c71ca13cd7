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
	for i := range x.rules {
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

// pin returns list with the items of at at their places, which the others move on for, at
// most as many as at has places. parts returns what is at stake of an item of the list, and
// added makes one. A pinned item's score is moved between those of its neighbours.
func pin[T any](list []T, at []catalog.Row, parts func(*T) (catalog.Row, *float32), added func(catalog.Row) T) []T {
	pins, others := make(map[catalog.Row]T), make([]T, 0, len(list))
	for i := range list {
		if r, _ := parts(&list[i]); slices.Contains(at, r) {
			pins[r] = list[i]
		} else {
			others = append(others, list[i])
		}
	}
	out := make([]T, 0, len(at))
	for _, r := range at {
		switch one, listed := pins[r]; {
		case r == catalog.None && len(others) == 0:
			continue
		case r == catalog.None:
			one, others = others[0], others[1:]
			out = append(out, one)
		case listed:
			out = append(out, one)
		default:
			out = append(out, added(r))
		}
	}
	for i := len(out) - 1; i >= 0; i-- {
		r, score := parts(&out[i])
		if !slices.Contains(at, r) {
			continue
		}
		if i+1 < len(out) {
			_, behind := parts(&out[i+1])
			*score = max(*score, *behind)
		}
		for before := i - 1; before >= 0; before-- { // the nearest one that is not pinned
			if other, ahead := parts(&out[before]); !slices.Contains(at, other) {
				*score = min(*score, *ahead)
				break
			}
		}
	}
	return out
}

// Pin returns list, which answers q, with what rules pin to its places. The history and
// what is excluded stay away, and what the filter does not keep.
func (e *Engine) Pin(q *Query, list []Recommendation) []Recommendation {
	never := q.excluded()
	at := e.pinned(q.K, func(r catalog.Row) bool { return e.keeps(q.Filter, r) && !slices.Contains(never, r) })
	if at == nil {
		return list
	}
	list = pin(list, at, func(x *Recommendation) (catalog.Row, *float32) { return x.Row, &x.Score }, recommendation)
	for i := range list {
		if slices.Contains(at, list[i].Row) {
			list[i].Sources |= feature.FromPin
		}
	}
	return list
}

// SimilarPinned is [Engine.SimilarAmong] with what rules pin to its places.
func (e *Engine) SimilarPinned(r catalog.Row, k int, among filter.Set) []Similar {
	list := e.SimilarAmong(r, k, among)
	at := e.pinned(k, func(other catalog.Row) bool { return other != r && e.among(among).Has(other) })
	if at == nil {
		return list
	}
	q := e.question(r)
	return pin(list, at, func(x *Similar) (catalog.Row, *float32) { return x.Row, &x.Score }, func(other catalog.Row) Similar {
		one := []Similar{{Row: other, Vector: e.cosine(r, other)}} // what else they share is in the scratch memory
		e.compare(&q, one)
		return one[0]
	})
}
