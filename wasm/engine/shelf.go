package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// OnShelf returns the items of one shelf of the home page, as it would be alone: k of a set at
// most, nil for all items, and none where nothing belongs there. kind is one of
//
//	Rising  trending, the site's own feedback, best first; then those that [Engine.Trending] holds
//	        of, by the decayed number of their interactions
//	Newest  new items of the overlay; then those that [Engine.Recent] holds of, by the same number
func (e *Engine) OnShelf(kind Kind, trending []catalog.Row, k int, among filter.Set) []catalog.Row {
	h := home{k: k, used: make([]bool, e.catalog.Len())}
	e.among(among).Outside(h.used)
	var list []Recommendation
	if kind == Rising {
		list = h.best(e, trending, nil, nil)
		for i := range list {
			h.use(list[i].Row)
		}
		if h.k -= len(list); h.k > 0 {
			list = append(list, h.best(e, e.sorted(ByTrend), nil, e.Trending)...)
		}
	} else {
		list = h.newest(e)
	}
	rows := make([]catalog.Row, len(list))
	for i := range list {
		rows[i] = list[i].Row
	}
	return rows
}

// newest returns the shelf of new items.
func (h *home) newest(e *Engine) []Recommendation {
	return h.best(e, e.sorted(ByTrend), e.newcomersFirst(), func(r catalog.Row) bool {
		return e.Recent(r) || int(r) >= e.base.Catalog.Len() && e.catalog.Years[r] == 0
	})
}
