package catalog

import "sparrow/wasm/vec"

// Index builds the look-up from ID to Row, 4 bytes an item. Call it once,
// after the columns are in place. Of two equal ids the first wins; a decoder
// refuses such a catalog, see [Catalog.Twice].
//
// Rows are sorted by the length of the id first, so that ascending numbers,
// which most catalogs use, are in order already and are not sorted.
func (c *Catalog) Index() {
	c.byID = make([]Row, len(c.IDs))
	for r := range c.byID {
		c.byID[r] = Row(r)
	}
	for r := 1; r < len(c.IDs); r++ {
		if before(c.IDs[r], c.IDs[r-1]) {
			vec.Sort(c.byID, func(a, b Row) bool { return before(c.IDs[a], c.IDs[b]) })
			return
		}
	}
}

func before(a, b ID) bool { return len(a) < len(b) || len(a) == len(b) && a < b }

// Row returns the row of the item called id, or None and false.
func (c *Catalog) Row(id ID) (Row, bool) {
	low, high := 0, len(c.byID)
	for low < high {
		if middle := (low + high) / 2; before(c.IDs[c.byID[middle]], id) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == len(c.byID) || c.IDs[c.byID[low]] != id {
		return None, false
	}
	return c.byID[low], true
}

// Twice returns the row of an item whose id an earlier item has too, or None.
// It needs the index.
func (c *Catalog) Twice() Row {
	for i := 1; i < len(c.byID); i++ {
		if r := c.byID[i]; c.IDs[r] == c.IDs[c.byID[i-1]] {
			return r
		}
	}
	return None
}
