package feature

import (
	"math"

	"sparrow/wasm/catalog"
	"sparrow/wasm/quant"
)

// Tables is what features are computed from, besides a history.
type Tables struct {
	Catalog    *catalog.Catalog
	Statistics *Statistics
	Out        *quant.Matrix // [N×D] output vectors of the retrieval model
	OutNorms   []float32     // [N] their InverseNorms; nil where no one else needs them

	// Neighbours returns the items that follow item r in the crowd's
	// histories, each once, with the weight scale·weights[i].
	Neighbours func(r catalog.Row) (items []catalog.Row, weights []uint8, scale float32)

	// Speaks returns likewise the items that r speaks for where it is liked, and Set how far
	// a history is one, 0 to 1. Both are nil where all that matters is order.
	Speaks func(r catalog.Row) (items []catalog.Row, weights []uint8, scale float32)
	Set    func(h History) float32
}

// Extractor computes the features of one query at a time. It keeps scratch
// memory of about 24 bytes an item and is not for concurrent use.
type Extractor struct {
	tables Tables
	totals Totals

	user    User
	history History
	set     float32       // how far the history is one
	traces  []trace       // [N] zero but for touched
	touched []catalog.Row // rows whose trace is not zero
	counts  [Window]counts
}

// NewExtractor returns an extractor over tables, which it keeps.
func NewExtractor(tables Tables) *Extractor {
	n := tables.Catalog.Len()
	x := &Extractor{tables: tables, traces: make([]trace, n)}
	if tables.OutNorms == nil {
		x.tables.OutNorms = tables.Out.InverseNorms()
	}
	x.SetTotals(tables.Statistics.Totals())
	return x
}

// SetTotals tells the sums over the statistics after these were changed.
func (x *Extractor) SetTotals(t Totals) { x.totals = t }

// User reads history h and returns its features, valid until the next call. The
// following calls of Items are about h.
func (x *Extractor) User(h History) *User {
	x.set = 0
	if x.tables.Set != nil {
		x.set = x.tables.Set(h)
	}
	all := h
	if x.set == 1 { // sums of floats hang on their order, too
		h = h.last(Window).ByRow()
	}
	x.history = h
	x.user.read(x.tables.Catalog, h)
	if x.set >= 0.5 { // a set has no latest
		for i := range x.user.Items {
			x.user.Items[i] = catalog.None
		}
	}
	x.trace(h)
	x.speak(all)
	return &x.user
}

// Items stores the candidate side of every candidate in dst, or of those at the
// given indices; it has their number. The candidates' scores are retrieval's, and
// retrievalScore and retrievalRank are relative to the candidates given.
// The history is that of the last call of User.
func (x *Extractor) Items(dst []Item, candidates []Candidate, at []int) {
	if at == nil && len(dst) != len(candidates) || at != nil && len(dst) != len(at) {
		panic("feature: dst has another length than the candidates")
	}
	if len(dst) == 0 {
		return
	}
	top, logSum := likelihood(candidates)
	rank := make([]int32, len(candidates))
	for place, i := range order(candidates) {
		rank[i] = int32(place)
	}
	for k := range dst {
		i := k
		if at != nil {
			i = at[k]
		}
		c, m := &candidates[i], &dst[k]
		crowd := x.tables.Statistics.Crowd(c.Row, &x.totals)
		m.read(x.tables.Catalog, c.Row, &crowd)
		x.readPair(m)
		m.Numeric[RetrievalScore] = float32(float64(c.Score-top) - logSum)
		m.Numeric[RetrievalRank] = float32(math.Log1p(float64(1 + rank[i])))
	}
}

// likelihood returns the highest score of the candidates and ln Σ exp(score - highest).
// Here and in the other features, only those functions of package math are used
// that have no assembly of their own on amd64 (Log1p, Exp2), so that the same bits
// come out natively and in the browser.
func likelihood(candidates []Candidate) (top float32, logSum float64) {
	top = candidates[0].Score
	for i := range candidates {
		top = max(top, candidates[i].Score)
	}
	var sum float64
	for i := range candidates {
		sum += math.Exp2(float64(candidates[i].Score-top) * math.Log2E)
	}
	return top, math.Log1p(sum - 1)
}
