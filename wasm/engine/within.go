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

// quotaPool is how many times as long the list is that a list with quotas is first chosen from.
const quotaPool = 4

// Within returns the items of a list of k that keeps to quotas: the same list, asked for of these alone, is that.
// They are chosen from the list that ordered makes without, as long as it is told: four times as
// long, and as long again and again where k of it do not keep to them.
func (e *Engine) Within(q *filter.Quotas, k int, ordered func(n int) []catalog.Row) filter.Set {
	for n := quotaPool * k; ; n *= 2 * quotaPool {
		rows := ordered(n)
		places := q.Pick(rows, k)
		if len(places) < k && len(rows) >= n {
			continue
		}
		set := make(filter.Set, (e.catalog.Len()+63)/64)
		for _, i := range places {
			r := rows[i]
			set[r>>6] |= 1 << (r & 63)
		}
		return set
	}
}
