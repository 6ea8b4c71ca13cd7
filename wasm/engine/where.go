package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// Where returns the items that a condition holds of, of which package filter has the
// grammar; nil for "", which all items meet. same stands for what item has, of which
// there may be none. The set is valid until the next call.
func (e *Engine) Where(condition string, item catalog.Row) (filter.Set, error) {
	if condition == "" {
		return nil, nil
	}
	if e.condition == nil || e.condition.Text != condition {
		if e.columns == nil {
			e.columns = filter.Of(e.catalog)
		}
		p, err := e.columns.Parse(condition)
		if err != nil {
			return nil, err
		}
		e.condition = p
	}
	return e.condition.Keep(item)
}

// Absent returns what the last condition compares with although no item has it, as
// "lang=fr".
func (e *Engine) Absent() []string { return e.condition.Absent }
