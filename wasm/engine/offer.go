package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// Price returns what item r costs and in which currency, "" where that is not said: by the
// overlay, else by the catalog's columns price, of numbers, and currency. known is false
// where neither has a price.
func (e *Engine) Price(r catalog.Row) (price float64, currency string, known bool) {
	if item := e.overlay.of(r); item != nil && item.Price.Known {
		price, currency, known = item.Price.Value, item.Currency, true
	} else if v := e.Values("price"); v != nil {
		price, known = v.Number(r)
	}
	if v := e.Values("currency"); known && currency == "" && v != nil {
		if texts := v.Texts(r); len(texts) > 0 {
			currency = texts[0]
		}
	}
	return price, currency, known
}

// Values returns the values of a column, with those of the overlay; nil where there is no such column.
// They are valid until another overlay comes.
func (e *Engine) Values(column string) *filter.Values { return e.conditions().Values(column) }

// Labels is Values of a column whose texts cards are to show as what; an error where it is none.
func (e *Engine) Labels(what, column string) (*filter.Values, error) {
	return e.conditions().Labels(what, column)
}
