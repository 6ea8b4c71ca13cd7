package engine

import (
	"slices"
	"strconv"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/live"
)

// overlay is a live overlay as the engine goes by it.
type overlay struct {
	source *live.Overlay // nil for none
	items  map[catalog.Row]*live.Item
	gone   []catalog.Row // hidden, or sold out
	rules  []rule        // parallel to those of source

	// As of the moment of the last answer, see [Engine.At].
	active []bool     // [rules]; nil before the first
	shown  filter.Set // what may stand in a list; nil for all
	factor []float32  // [N] that scores are multiplied by; nil where all are 1
}

// rule is what a rule is about in this catalog.
type rule struct {
	rows []catalog.Row // of Items, in their order
	set  filter.Set    // of Where, else of rows
}

// Overlay has the engine go by o, in place of any before, from the next answer on, and
// says what of it does nothing in this catalog. It keeps o. An overlay of other new items
// than the last one's numbers the rows of new items again, so that none from before holds.
// Before the next call of At it is as if no rule that has a beginning had begun.
func (e *Engine) Overlay(o *live.Overlay) (remarks live.Remarks) {
	remarks = e.renew(o)
	e.overlay = overlay{source: o, items: make(map[catalog.Row]*live.Item, len(o.Items))}
	x := &e.overlay
	for i := range o.Items {
		item := &o.Items[i]
		r, ok := e.catalog.Row(item.ID)
		if !ok {
			remarks.Add("items " + quoted(string(item.ID)) + ": the bundle has no such item")
			continue
		}
		x.items[r] = item
		if item.Hidden || item.SoldOut() {
			x.gone = append(x.gone, r)
		}
	}
	e.present(&remarks)
	for i := range o.Rules {
		x.rules = append(x.rules, e.resolve(&o.Rules[i], &remarks))
	}
	e.At(0)
	return remarks
}

func quoted(name string) string { return "\"" + name + "\"" }

// resolve finds the items that a rule is about.
func (e *Engine) resolve(r *live.Rule, remarks *live.Remarks) (found rule) {
	name := "rules " + quoted(r.Name)
	n := e.catalog.Len()
	if r.Where != "" {
		set, err := e.holding(r.Where)
		if err != nil {
			remarks.Add(name + ", where: " + err.Error() + "; the rule is not used")
			return rule{set: make(filter.Set, (n+63)/64)}
		}
		found.set = set
	} else {
		found.set = make(filter.Set, (n+63)/64)
		for _, id := range r.Items {
			row, ok := e.catalog.Row(id)
			if !ok {
				remarks.Add(name + ", items: the bundle has no item " + quoted(string(id)))
				continue
			}
			if !found.set.Has(row) {
				found.rows = append(found.rows, row)
				found.set[row>>6] |= 1 << (row & 63)
			}
		}
	}
	if found.set.Of(n) == 0 {
		remarks.Add(name + ": holds of no item")
	}
	return found
}

// holding returns the items that a condition holds of, shown or not, as a set of their own.
func (e *Engine) holding(text string) (filter.Set, error) {
	p, err := e.conditions().Parse(text)
	if err != nil {
		return nil, err
	}
	set, err := p.Keep(catalog.None)
	return slices.Clone(set), err
}

// present makes the catalog as it is shown: with the titles of the overlay, and its prices
// and stock in the columns that filters read.
func (e *Engine) present(remarks *live.Remarks) {
	shown, x, retitled := *e.catalog, &e.overlay, false
	var stock, price []int
	var counts, prices []float64
	var some []bool
	for i := range x.source.Items {
		item := &x.source.Items[i]
		row, ok := e.catalog.Row(item.ID)
		if !ok {
			continue
		}
		r := int(row)
		if item.Title != "" {
			if !retitled {
				shown.Titles, retitled = slices.Clone(shown.Titles), true
			}
			shown.Titles[r] = item.Title
		}
		if item.Stock.Known {
			stock, counts, some = append(stock, r), append(counts, item.Stock.Value), append(some, !item.SoldOut())
		}
		if item.Price.Known {
			price, prices = append(price, r), append(prices, item.Price.Value)
		}
	}
	if e.search != nil && (retitled || e.retitled) {
		e.search = nil
	}
	e.retitled, e.columns, e.condition = retitled, nil, nil
	shown.Attributes = slices.Clone(shown.Attributes)
	for i := range shown.Attributes {
		c, fits := &shown.Attributes[i], true
		switch {
		case c.Kind == attribute.Bool && c.Name == "in_stock" && len(stock) > 0:
			*c = c.WithBools(e.catalog.Len(), stock, some)
		case c.Kind == attribute.Number && c.Name == "stock" && len(stock) > 0:
			*c, fits = c.WithNumbers(e.catalog.Len(), stock, counts)
		case c.Kind == attribute.Number && c.Name == "price" && len(price) > 0:
			*c, fits = c.WithNumbers(e.catalog.Len(), price, prices)
			price = nil
		}
		if !fits {
			remarks.Add("items, " + c.Name + ": the numbers lie too far apart for the column; filters see those of the bundle")
		}
	}
	if len(price) > 0 {
		remarks.Add("items, price: the bundle has no column price of numbers, so that no filter sees the prices of " + strconv.Itoa(len(price)) + " items")
	}
	e.presented = &shown
}

// Addresses returns where the picture and the page of item r are, "" for none.
func (e *Engine) Addresses(r catalog.Row) (image, url string) {
	if own := e.base.Catalog; int(r) < own.Len() {
		image, url = own.Image(r), own.URL(r)
	} else {
		n := e.fresh.items[int(r)-own.Len()]
		image, url = n.Image, n.URL
	}
	if item := e.overlay.items[r]; item != nil {
		if item.Image != "" {
			image = item.Image
		}
		if item.URL != "" {
			url = item.URL
		}
	}
	return image, url
}
