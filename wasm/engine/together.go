package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/retrieval"
	"sparrow/wasm/vec"
)

// Companion is an item that goes with others: people take it with them or after them, or where
// no more of these are known it is like one of them.
type Companion struct {
	Row    catalog.Row
	Linked bool        // with or after one of them; else it is like one
	With   catalog.Row // the one of them that says most for it
	Score  float32     // the list is sorted by it, those that are linked first
	Like   Similar     // how it is like With; zero where it is linked
}

// comparedLeast is how many of the items most similar to each of a basket's are looked at.
const comparedLeast = 100

// Together returns k items of a set that go with a basket, which has one item at least and
// each once; never one of these, and fewer only where no others are left. First are those
// that are bought together with the basket, by the sum over its items of the logarithm of how many
// times as often as by chance. Where these are too few, what is like the items follows,
// by the sum of [Similar.Score] as far as the item is one of the most similar, and then what is popular, with a score of 0. Ties stand in the
// order in which the items of the basket bring them. among is nil for all items.
func (e *Engine) Together(basket []catalog.Row, k int, among filter.Set) []Companion {
	return e.companions(e.bundle.Together, basket, k, among)
}

// Next returns k items of a set that people take after item r, as the transitions of the bundle have
// it, by their weight, ties by row; where these are too few the rest is that of [Engine.Together].
func (e *Engine) Next(r catalog.Row, k int, among filter.Set) []Companion {
	return e.companions(&e.bundle.Transition, []catalog.Row{r}, k, among)
}

// companions is Together by lists of what goes with each item; nil for none.
func (e *Engine) companions(lists *retrieval.Lists, basket []catalog.Row, k int, among filter.Set) []Companion {
	list := newCompanions(basket)
	if lists != nil {
		for _, r := range basket {
			items, weights, scale := lists.Of(r)
			for i, item := range items {
				if among.Has(item) {
					list.add(Companion{Row: item, Linked: true, With: r, Score: scale * float32(weights[i])})
				}
			}
		}
	}
	best := list.best(k)
	if len(best) == k {
		return best
	}
	rest := newCompanions(basket)
	for i := range best {
		rest.place[best[i].Row] = taken
	}
	enough := max(k, comparedLeast) + len(basket) // of what each is like, so that k of them are left
	for _, r := range basket {
		for _, s := range e.SimilarAmong(r, enough, among) {
			rest.add(Companion{Row: s.Row, With: r, Score: s.Score, Like: s})
		}
	}
	return append(best, rest.best(k-len(best))...)
}

// companions are gathered, each once.
type companions struct {
	all   []Companion
	most  []float32           // of what the score is the sum of
	place map[catalog.Row]int // in all, or taken
}

// taken is the place of an item that is not to be gathered.
const taken = -1

func newCompanions(basket []catalog.Row) companions {
	l := companions{place: make(map[catalog.Row]int)}
	for _, r := range basket {
		l.place[r] = taken
	}
	return l
}

// add adds to the score of c's item.
func (l *companions) add(c Companion) {
	at, known := l.place[c.Row]
	switch {
	case !known:
		l.place[c.Row] = len(l.all)
		l.all, l.most = append(l.all, c), append(l.most, c.Score)
	case at != taken:
		k := &l.all[at]
		if c.Score > l.most[at] {
			l.most[at], k.With, k.Like = c.Score, c.With, c.Like
		}
		k.Score += c.Score
	}
}

// best returns the k with the largest scores, the first of equal ones first.
func (l *companions) best(k int) []Companion {
	order := vec.Sorted(len(l.all), func(a, b int32) bool { return l.all[a].Score > l.all[b].Score })
	best := make([]Companion, min(k, len(order)))
	for i := range best {
		best[i] = l.all[order[i]]
	}
	return best
}
