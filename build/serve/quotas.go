package serve

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
)

// quotas are what a list has to keep to as a whole.
type quotas struct {
	Max       string `json:"max"`       // "author:2"
	Min       string `json:"min"`       // "lang:2"
	Diversity string `json:"diversity"` // "author"
}

// of returns the quotas of e, nil for none.
func (q *quotas) of(e *engine.Engine) (*filter.Quotas, *refusal) {
	read, err := e.Quotas(q.Max, q.Min, q.Diversity)
	var mistake *filter.Error
	if errors.As(err, &mistake) {
		text := map[string]string{"max": q.Max, "min": q.Min, "diversity": q.Diversity}[mistake.What]
		return nil, ofText(mistake.What, text, err)
	}
	return read, nil
}

// without returns set, nil for all items, without rows.
func without(e *engine.Engine, set filter.Set, rows []catalog.Row) filter.Set {
	if len(rows) == 0 {
		return set
	}
	kept := filter.All(e.Catalog().Len())
	for i := range kept {
		if set != nil {
			kept[i] &= set[i]
		}
	}
	for _, r := range rows {
		kept[r>>6] &^= 1 << (r & 63)
	}
	return kept
}
