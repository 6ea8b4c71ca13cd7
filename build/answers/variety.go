package answers

import (
	"math"

	"sparrow/build/evaluation"
	"sparrow/build/rerank"
	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/feature"
)

// Variety is how varied lists are, in means over those of which it can be said.
type Variety struct {
	GenreCoverage     float64 `json:"genre_coverage"`         // share of the catalog's genres that a list has, 0 to 1
	IntraListDistance float64 `json:"intra_list_distance"`    // of two items of a list, 1 - cosine as the engine compares them, 0 to 2
	Divergence        float64 `json:"calibration_divergence"` // of a list's genres from the history's, in nats, see [rerank.Divergence]
}

// VarietyMeter adds up how varied lists are.
type VarietyMeter struct {
	catalog  *catalog.Catalog
	distance evaluation.Distance
	sum      Variety
	n        Variety // lists of which each could be said
}

// NewVarietyMeter returns a meter for lists of items of e.
func NewVarietyMeter(e *engine.Engine) *VarietyMeter {
	all := make([]catalog.Row, e.Catalog().Len())
	for r := range all {
		all[r] = catalog.Row(r)
	}
	m := &VarietyMeter{catalog: e.Catalog()}
	if vectors := e.Describe(all); len(vectors) > 0 {
		m.distance = evaluation.CosineDistance(vectors, len(vectors)/len(all))
	}
	return m
}

// Add adds the list that was recommended for h. A list of fewer than two items has
// no distance, and where no genre of the history or of the catalog is known, there is
// no divergence or coverage.
func (m *VarietyMeter) Add(h feature.History, list []Scored) {
	if len(list) == 0 {
		return
	}
	rows := make([]catalog.Row, len(list))
	for i, s := range list {
		rows[i] = s.Row
	}
	if d := evaluation.IntraListDistance(rows, m.distance, len(rows)); !math.IsNaN(d) {
		m.sum.IntraListDistance += d
		m.n.IntraListDistance++
	}
	width := len(m.catalog.GenreNames)
	if width == 0 {
		return
	}
	mean := make([]float32, width)
	for i, p := range genresOf(m.catalog, rows) {
		mean[i%width] += p / float32(len(rows))
	}
	has := 0
	for _, p := range mean {
		if p > 0 {
			has++
		}
	}
	m.sum.GenreCoverage += float64(has) / float64(width)
	m.n.GenreCoverage++
	wanted, known := taste(m.catalog, h), float32(0)
	for _, p := range wanted {
		known += p
	}
	if known > 0 {
		m.sum.Divergence += rerank.Divergence(wanted, mean)
		m.n.Divergence++
	}
}

// Mean returns the means of what was added, zeros where there is nothing.
func (m *VarietyMeter) Mean() Variety {
	return Variety{
		GenreCoverage:     m.sum.GenreCoverage / max(m.n.GenreCoverage, 1),
		IntraListDistance: m.sum.IntraListDistance / max(m.n.IntraListDistance, 1),
		Divergence:        m.sum.Divergence / max(m.n.Divergence, 1),
	}
}
