package answers

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
	"sparrow/wasm/filter"
)

// Within returns the answers of what make makes of a set, held to quotas of e, which it keeps.
func Within(e *engine.Engine, q *filter.Quotas, among filter.Set, make func(among filter.Set) Answer) Answer {
	all := make(among)
	return func(h feature.History, excluded []catalog.Row, k int) []Scored {
		return make(e.Within(q, k, func(n int) (rows []catalog.Row) {
			for _, s := range all(h, excluded, n) {
				rows = append(rows, s.Row)
			}
			return rows
		}))(h, excluded, k)
	}
}
