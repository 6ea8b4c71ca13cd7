package engine

import "sparrow/wasm/catalog"

// Search returns at most k items, best first, whose titles fit query; see
// [catalog.Search.Find]. The first search makes what is left of its index.
func (e *Engine) Search(query string, k int) []catalog.Row { return e.searcher().Find(query, k) }

func (e *Engine) searcher() *catalog.Search {
	if e.search == nil {
		e.search = catalog.NewSearch(e.catalog, e.bundle.Statistics.Count)
	}
	return e.search
}

// Prepare does a piece, a few milliseconds long in a browser, of what the first
// search and the first similar items need, and reports whether there was one left.
// It changes no answer; a caller has it done while no one waits.
func (e *Engine) Prepare() bool { return e.prepareTerm() || e.searcher().Prepare() }
