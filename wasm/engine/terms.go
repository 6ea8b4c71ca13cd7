package engine

// terms is what similar items are compared by beside the models and genres. No list
// of recommendations needs it, so it is made in steps in idle time, or when the
// first similar ones are asked for.
type terms struct {
	tags, titles *tfidf
	step         int
	pairs        []uint64 // of the titles, between two steps
}

// prepareTerms takes all steps that are left.
func (e *Engine) prepareTerms() {
	for e.prepareTerm() {
	}
}

// prepareTerm takes the next step and reports whether there was one.
func (e *Engine) prepareTerm() bool {
	t := &e.terms
	switch t.step {
	case 0:
		t.tags = newTFIDF(e.catalog.Len(), tagTerms(e.catalog))
	case 1:
		t.pairs = titleTerms(e.catalog.Titles)
	case 2:
		t.pairs = byTerm(t.pairs)
	case 3:
		t.titles = newTFIDF(e.catalog.Len(), t.pairs)
		t.pairs = nil
	default:
		return false
	}
	t.step++
	return true
}
