package engine

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/retrieval"
)

// followed stores in dst, which is [N] and 0, how strongly each item is tied to r by
// transitions in either direction, against the strongest tie, 0 to 1, and returns the
// items that are: those that transitions from r lead to, and where nothing but a title
// tells of r, those that lead to r.
func (e *Engine) followed(dst []float32, r catalog.Row) (tied []catalog.Row) {
	items, weights, scale := e.ties.Of(r)
	var top float32
	for i, item := range items {
		dst[item] = scale*float32(weights[i]) + e.ties.Weight(item, r)
	}
	tied = append(tied, items...)
	var before []catalog.Row
	if e.untold(r) { // a list holds few, and nothing else tells of r
		before = e.before.of(r)
	}
	for _, item := range before {
		if dst[item] == 0 && item != r {
			dst[item] = e.ties.Weight(item, r)
			tied = append(tied, item)
		}
	}
	for _, item := range tied {
		top = max(top, dst[item])
	}
	if top > 0 {
		for _, item := range tied {
			dst[item] /= top
		}
	}
	return tied
}

// listed stores in dst, which is [N] and 0, what item r weighs in the profile's list of
// each item, against the strongest of that list, 0 to 1, and returns the items whose
// lists hold r, of which there are none without a profile. A list is of the few that
// speak most for an item, so of an item that everybody knows the lists that hold it say
// more than its own.
func (e *Engine) listed(dst []float32, r catalog.Row) (holders []catalog.Row) {
	if e.bundle.Profile == nil {
		return nil
	}
	holders = e.holders.of(r)
	for _, item := range holders {
		items, weights, _ := e.bundle.Profile.Of(item)
		var own, top uint8
		for i, w := range weights {
			if top = max(top, w); items[i] == r {
				own = w
			}
		}
		dst[item] = float32(own) / float32(top)
	}
	return holders
}

// turned holds the items whose lists hold each item.
type turned struct {
	start []uint32 // [N+2]; nil until items are compared
	rows  []catalog.Row
}

// of returns the items whose lists hold item r, ascending. They are shared.
func (t *turned) of(r catalog.Row) []catalog.Row {
	return t.rows[t.start[r]:t.start[r+1]]
}

// turn finds the items that have each in their lists.
func (e *Engine) turn(l *retrieval.Lists) (t turned) {
	n := e.catalog.Len()
	t.start, t.rows = make([]uint32, n+2), make([]catalog.Row, len(l.Items))
	for _, item := range l.Items {
		t.start[item+2]++
	}
	for r := range n {
		t.start[r+2] += t.start[r+1]
	}
	for r := range catalog.Row(n) {
		items, _, _ := l.Of(r)
		for _, item := range items {
			t.rows[t.start[item+1]] = r
			t.start[item+1]++
		}
	}
	return t
}
