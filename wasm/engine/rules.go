package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/filter"
	"sparrow/wasm/live"
)

// mostFactor is what boosts of one item multiply up to.
const mostFactor = 4

// At tells the engine the moment that its next answers are of, in Unix seconds, by which
// rules of the overlay begin and end.
func (e *Engine) At(now int64) {
	x := &e.overlay
	if x.source == nil {
		return
	}
	active, same := make([]bool, len(x.rules)), x.active != nil
	for i := range active {
		active[i] = x.source.Rules[i].Active(now)
		same = same && active[i] == x.active[i]
	}
	if same {
		return
	}
	x.active, x.shown, x.factor = active, nil, nil
	n := e.catalog.Len()
	for i, r := range x.rows {
		switch item := &x.source.Items[i]; {
		case r == catalog.None:
		case item.Hidden || item.SoldOut():
			e.leaveOut(r)
		case item.Boost != 0:
			e.multiply(r, 1+item.Boost)
		}
	}
	for i := range active {
		if !active[i] {
			continue
		}
		of, set := &x.source.Rules[i], x.rules[i].set
		for r := range catalog.Row(n) {
			switch {
			case !set.Has(r):
			case of.Do == live.Exclude:
				e.leaveOut(r)
			case of.Do == live.Boost:
				e.multiply(r, 1+of.By)
			case of.Do == live.Bury:
				e.multiply(r, 1-of.By)
			}
		}
	}
}

// leaveOut takes item r out of what is shown.
func (e *Engine) leaveOut(r catalog.Row) {
	x := &e.overlay
	if x.shown == nil {
		x.shown = filter.All(e.catalog.Len())
	}
	x.shown[r>>6] &^= 1 << (r & 63)
}

// multiply multiplies the factor of item r.
func (e *Engine) multiply(r catalog.Row, by float32) {
	x := &e.overlay
	if x.factor == nil {
		x.factor = make([]float32, e.catalog.Len())
		for i := range x.factor {
			x.factor[i] = 1
		}
	}
	x.factor[r] = min(mostFactor, float32(x.factor[r]*by))
}

// among returns the set that a list is made of: what is shown, where no filter says so.
// Sets of [Engine.Where] hold nothing else.
func (e *Engine) among(set filter.Set) filter.Set {
	if set == nil {
		return e.overlay.shown
	}
	return set
}

// weigh multiplies how far the score of each candidate is above the least by its factor, and
// sorts them again.
func (e *Engine) weigh(candidates []feature.Candidate) {
	if e.overlay.factor == nil || len(candidates) == 0 {
		return
	}
	least := candidates[0].Score
	for i := range candidates {
		least = min(least, candidates[i].Score)
	}
	for i := range candidates {
		c := &candidates[i]
		if f := e.overlay.factor[c.Row]; f != 1 {
			c.Score = least + float32(f*(c.Score-least))
		}
	}
	feature.Best(candidates)
}

// boost multiplies the scores, [N], of what is like an item.
func (e *Engine) boost(score []float32) {
	for r, f := range e.overlay.factor {
		score[r] *= f
	}
}

// boostListed is boost of a list, whose scores are 1 at most.
func (e *Engine) boostListed(list []Similar) {
	if e.overlay.factor == nil {
		return
	}
	for i := range list {
		list[i].Score = min(1, list[i].Score*e.overlay.factor[list[i].Row])
	}
}

// buried reports whether the score of item r is multiplied by less than 1.
func (e *Engine) buried(r catalog.Row) bool {
	return e.overlay.factor != nil && e.overlay.factor[r] < 1
}

// Unmoved has make answer as if no rule and no boost moved items; what is hidden, excluded
// or sold out stays away.
func (e *Engine) Unmoved(make func()) {
	was := e.overlay.factor
	e.overlay.factor = nil
	make()
	e.overlay.factor = was
}

// Movers returns the names of the rules that move item r in a list at this moment, in their
// order, and "" first where it has a boost of its own.
func (e *Engine) Movers(r catalog.Row) (names []string) {
	x := &e.overlay
	if item := x.of(r); item != nil && item.Boost != 0 {
		names = append(names, "")
	}
	for _, i := range x.order {
		if of := &x.source.Rules[i]; x.active[i] && of.Do != live.Exclude && x.rules[i].set.Has(r) {
			names = append(names, of.Name)
		}
	}
	return names
}
