package engine

import "sparrow/wasm/catalog"

// Search returns at most k items, best first, whose titles fit query; see
// [catalog.Search.Find]. The first search makes what is left of its index.
func (e *Engine) Search(query string, k int) []catalog.Row { return e.search.Find(query, k) }

// Prepare does a piece, a few milliseconds long in a browser, of what the first
// similar items and the first search need, and reports whether there was one left.
// It changes no answer; a caller has it done while no one waits.
func (e *Engine) Prepare() bool { return e.prepareTerms() || e.search.Prepare() }

// prepareTerms makes one of what items are compared by beside the models and genres,
// and reports whether one was left. No list of recommendations needs them.
func (e *Engine) prepareTerms() bool {
	switch {
	case e.tags == nil:
		e.tags = newTFIDF(e.catalog.Len(), tagTerms(e.catalog))
	case e.titles == nil:
		e.titles = newTFIDF(e.catalog.Len(), titleTerms(e.catalog.Titles))
	default:
		return false
	}
	return true
}
