package serve

import (
	"errors"

	"sparrow/wasm/catalog"
	"sparrow/wasm/engine"
	"sparrow/wasm/filter"
)

// quotas returns what a list of e has to keep to as a whole, nil for nothing.
func quotas(e *engine.Engine, most, least, diversity string) (*filter.Quotas, *refusal) {
	q, err := e.Quotas(most, least, diversity)
	var mistake *filter.Error
	if errors.As(err, &mistake) {
		text := map[string]string{"max": most, "min": least, "diversity": diversity}[mistake.What]
		return nil, ofText(mistake.What, text, err)
	}
	return q, nil
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
