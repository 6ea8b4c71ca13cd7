package engine

import "sparrow/wasm/catalog"

// Search returns at most k items that may be shown, best first, whose names fit query; see
// [catalog.Search.Find]. The first search makes what is left of its index.
func (e *Engine) Search(query string, k int) []catalog.Hit {
	s := e.searcher()
	if s.Skip = nil; e.overlay.shown != nil {
		s.Skip = e.scratch.skip
		e.overlay.shown.Outside(s.Skip)
	}
	return s.Find(query, k)
}

// Lacking returns the words of the last search that some of what it found lack.
func (e *Engine) Lacking() []string { return e.searcher().Lacking }

// PrepareSearch does a piece, a few milliseconds long in a browser, of what the
// first search needs, and reports whether there was one left. It changes no answer;
// a caller has it done while no one waits.
func (e *Engine) PrepareSearch() bool { return e.searcher().Prepare() }

// searcher returns the search, made when it is first asked for: a page of lists never
// does.
func (e *Engine) searcher() *catalog.Search {
	if e.search == nil {
		e.search = catalog.NewSearch(e.presented, e.bundle.Statistics.Count)
	}
	return e.search
}

// Prepare is [Engine.PrepareSearch] for the first similar items: it does a piece of
// what items are compared by beside the models and genres. No list of
// recommendations needs them.
func (e *Engine) Prepare() bool {
	switch {
	case e.titles != nil && e.centre.along != nil && e.before.start != nil:
		return false
	case e.titles != nil && e.before.start == nil:
		e.before = e.turn(&e.ties)
		if p := e.bundle.Profile; p != nil {
			e.holders = e.turn(&p.Lists)
		}
	case e.titles != nil:
		e.center()
	case e.gathering == nil:
		e.gathering = gatherTags(e.catalog)
	case e.tags == nil:
		if e.tags = e.gathering.step(); e.tags != nil {
			e.gathering = gatherTitles(e.catalog)
		}
	default:
		if e.titles = e.gathering.step(); e.titles != nil {
			e.gathering = nil
		}
	}
	return true
}
