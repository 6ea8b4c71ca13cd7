package engine

import (
	"slices"
	"strconv"

	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	"sparrow/wasm/live"
	"sparrow/wasm/vec"
)

// overlay is a live overlay as the engine goes by it.
type overlay struct {
	source *live.Overlay // nil for none
	rows   []catalog.Row // parallel to its items; None for one that there is not
	item   []int32       // [N] 1 + the place of each item among these, 0 for none
	rules  []rule        // parallel to its rules
	order  []int32       // of its rules, by name

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
func (e *Engine) Overlay(o *live.Overlay) live.Remarks {
	remarks := e.renew(o)
	n := e.catalog.Len()
	x := &e.overlay
	x.source, x.rows, x.item, x.rules, x.active = o, make([]catalog.Row, len(o.Items)), make([]int32, n), make([]rule, len(o.Rules)), nil
	x.order = vec.Sorted(len(o.Rules), func(a, b int32) bool { return o.Rules[a].Name < o.Rules[b].Name })
	for i := range o.Items {
		r, ok := e.catalog.Row(o.Items[i].ID)
		if x.rows[i] = r; !ok {
			remarks.On("items", string(o.Items[i].ID), ": the bundle has no such item")
			continue
		}
		x.item[r] = int32(i + 1)
	}
	e.present(&remarks)
	for i := range o.Rules {
		r, found := &o.Rules[i], &x.rules[i]
		found.set = make(filter.Set, (n+63)/64)
		said := remarks.Count
		if r.Where != "" {
			e.holding(found, r, &remarks)
		}
		for _, id := range r.Items {
			row, ok := e.catalog.Row(id)
			if !ok {
				remarks.On("rules", r.Name, ", items: the bundle has no item \""+string(id)+"\"")
				continue
			}
			found.rows = append(found.rows, row)
			found.set[row>>6] |= 1 << (row & 63)
		}
		if remarks.Count == said && found.set.Of(n) == 0 {
			remarks.On("rules", r.Name, ": holds of no item")
		}
	}
	e.At(0)
	return remarks
}

// holding fills in the items that the condition of a rule holds of, shown or not.
func (e *Engine) holding(found *rule, r *live.Rule, remarks *live.Remarks) {
	p, err := e.conditions().Parse(r.Where)
	if err == nil {
		var set filter.Set
		set, err = p.Keep(catalog.None)
		copy(found.set, set)
	}
	if err != nil {
		remarks.On("rules", r.Name, ", where: "+err.Error()+"; the rule is not used")
	}
}

// of returns what the overlay says of item r, nil for nothing.
func (x *overlay) of(r catalog.Row) *live.Item {
	if x.item == nil || x.item[r] == 0 {
		return nil
	}
	return &x.source.Items[x.item[r]-1]
}

// present makes the catalog as it is shown: with the titles of the overlay, and its prices
// and stock in the columns that filters read.
func (e *Engine) present(remarks *live.Remarks) {
	shown, retitled, priced := *e.catalog, false, 0
	for i, r := range e.overlay.rows {
		item := &e.overlay.source.Items[i]
		if r == catalog.None {
			continue
		}
		if item.Price.Known {
			priced++
		}
		if item.Title != "" {
			if !retitled {
				shown.Titles, retitled = slices.Clone(shown.Titles), true
			}
			shown.Titles[r] = item.Title
		}
	}
	if retitled || e.retitled {
		e.search = nil
	}
	e.retitled, e.columns, e.condition = retitled, nil, nil
	shown.Attributes = slices.Clone(shown.Attributes)
	for i := range shown.Attributes {
		c := &shown.Attributes[i]
		price := c.Name == "price" && c.Kind == attribute.Number
		if price || c.Name == "stock" && c.Kind == attribute.Number || c.Name == "in_stock" && c.Kind == attribute.Bool {
			e.replace(c, price)
		}
		if price {
			priced = 0
		}
	}
	if priced > 0 {
		remarks.Add("items, price: the bundle has no column price of numbers, so that no filter sees the prices of " + strconv.Itoa(priced) + " items")
	}
	e.presented = &shown
}

// replace gives a column the prices of the overlay, or its stock.
func (e *Engine) replace(c *attribute.Column, price bool) {
	var rows []int32
	var values []float64
	for i, r := range e.overlay.rows {
		item := &e.overlay.source.Items[i]
		v := item.Stock
		if price {
			v = item.Price
		}
		if r == catalog.None || !v.Known {
			continue
		}
		if c.Kind == attribute.Bool {
			if v.Value = 1; item.SoldOut() {
				v.Value = 0
			}
		}
		rows, values = append(rows, int32(r)), append(values, v.Value)
	}
	*c = c.With(e.catalog.Len(), rows, values)
}

// Addresses returns where the picture and the page of item r are, "" for none.
func (e *Engine) Addresses(r catalog.Row) (image, url string) {
	if own := e.base.Catalog; int(r) < own.Len() {
		image, url = own.Image(r), own.URL(r)
	} else {
		n := e.fresh[int(r)-own.Len()]
		image, url = n.Image, n.URL
	}
	if item := e.overlay.of(r); item != nil {
		if item.Image != "" {
			image = item.Image
		}
		if item.URL != "" {
			url = item.URL
		}
	}
	return image, url
}
