package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// Quotas reads the quotas of a list from texts that name columns, see [filter.Columns.Quotas];
// nil for none. They are for one list at a time, and valid until another overlay comes.
func (e *Engine) Quotas(most, least, diversity string) (*filter.Quotas, error) {
	return e.conditions().Quotas(most, least, diversity)
}

// within returns the places of k items in a list that is longer, and that made makes as long as
// it is told. They are chosen among the first best of it, as far as made says these go, if k of
// them keep to the quotas, else among as many as Candidates, and of more and more until there are k.
func within(q *filter.Quotas, k int, made func(n int) (rows []catalog.Row, best int)) []int {
	for n := max(k, Candidates); ; n *= 8 {
		rows, best := made(n)
		places := q.PickFirst(rows, best, k)
		if len(places) == k || len(rows) < n {
			return places
		}
	}
}

// SimilarWithin is [Engine.SimilarAmong] that keeps to quotas, nil for none: what is not known to be
// like r is there only where too few that are keep to them.
func (e *Engine) SimilarWithin(r catalog.Row, k int, among filter.Set, q *filter.Quotas) []Similar {
	if q == nil {
		return e.SimilarAmong(r, k, among)
	}
	var list []Similar
	return at(&list, within(q, k, func(n int) (rows []catalog.Row, best int) {
		list = e.SimilarAmong(r, n, among)
		rows = make([]catalog.Row, len(list))
		for i := range list {
			if rows[i] = list[i].Row; list[i].Score > 0 {
				best = i + 1
			}
		}
		return rows, best
	}))
}

// TogetherWithin is [Engine.Together] that keeps to quotas, nil for none, in the same way.
func (e *Engine) TogetherWithin(basket []catalog.Row, k int, among filter.Set, q *filter.Quotas) []Companion {
	if q == nil {
		return e.Together(basket, k, among)
	}
	var list []Companion
	return at(&list, within(q, k, func(n int) (rows []catalog.Row, best int) {
		list = e.Together(basket, n, among)
		rows = make([]catalog.Row, len(list))
		for i := range list {
			if rows[i] = list[i].Row; list[i].Score > 0 {
				best = i + 1
			}
		}
		return rows, best
	}))
}

// BrowseWithin is [Engine.Browse] of a list that keeps to quotas, nil for none; total is that of
// the items without.
func (e *Engine) BrowseWithin(f Filter, o Order, offset, k int, q *filter.Quotas) (rows []catalog.Row, total int) {
	if q == nil {
		return e.Browse(f, o, offset, k)
	}
	var list []catalog.Row
	rows = at(&list, within(q, offset+k, func(n int) ([]catalog.Row, int) {
		list, total = e.Browse(f, o, 0, n)
		return list, 0
	}))
	return rows[min(offset, len(rows)):], total
}

// at returns what stands at places of a list.
func at[T any](list *[]T, places []int) []T {
	out := make([]T, len(places))
	for i, place := range places {
		out[i] = (*list)[place]
	}
	return out
}
