package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// Where returns the items that a condition holds of, of which package filter has the
// grammar, without those that the overlay keeps from lists; for "", which all items meet,
// nil where there are none of these. same stands for what item has, of which there may be
// none. The set is valid until the next call.
func (e *Engine) Where(condition string, item catalog.Row) (filter.Set, error) {
	if condition == "" {
		return e.overlay.shown, nil
	}
	if e.condition == nil || e.condition.Text != condition {
		p, err := e.conditions().Parse(condition)
		if err != nil {
			return nil, err
		}
		e.condition = p
	}
	set, err := e.condition.Keep(item)
	if err == nil && e.overlay.shown != nil {
		for i, word := range e.overlay.shown {
			set[i] &= word
		}
	}
	return set, err
}

// Meeting returns the items that a condition holds of, also those that the overlay keeps from lists; it must not say
// same. The set is the caller's.
func (e *Engine) Meeting(condition string) (filter.Set, error) {
	p, err := e.conditions().Parse(condition)
	if err != nil {
		return nil, err
	}
	return p.Keep(catalog.None)
}

// conditions returns the columns that a condition may name, made when one first does.
func (e *Engine) conditions() *filter.Columns {
	if e.columns == nil {
		e.columns = filter.Of(e.presented)
	}
	return e.columns
}

// Absent returns what the last condition compares with although no item has it, as
// "lang=fr".
func (e *Engine) Absent() []string { return e.condition.Absent }
