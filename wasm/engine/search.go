package engine

import "sparrow/wasm/catalog"

// Search returns at most k items, best first, whose titles fit query; see
// [catalog.Search.Find]. The first search builds its index, which takes some
// tens of milliseconds and which a visitor who never searches never needs.
func (e *Engine) Search(query string, k int) []catalog.Row {
	if e.search == nil {
		e.search = catalog.NewSearch(e.catalog, e.bundle.Statistics.Count)
	}
	return e.search.Find(query, k)
}
