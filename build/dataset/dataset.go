// Package dataset reads what people did with movies and splits it for
// training and evaluation. IDs become rows here and only here.
package dataset

import "sparrow/wasm/catalog"

// Interaction is one rating, view or click: 12 bytes.
type Interaction struct {
	Row   catalog.Row
	At    uint32 // Unix seconds
	Stars uint8  // in halves, 1 to 10; 0 when the user gave none
	Part  uint8  // how much it counts, in 1/255, as clicks count less; 0 counts in full
}

// Dataset is a catalog and what U users did with it.
type Dataset struct {
	Name, Licence, Citation string

	Catalog      *catalog.Catalog
	Users        []string      // [U] the source's user ids, in order of first appearance
	Interactions []Interaction // by user, then by time; ties keep the order of the file
	Start, End   []int         // [U] user u did Interactions[Start[u]:End[u]]
}

// Of returns what user u did, oldest first. The slice is shared.
func (d *Dataset) Of(u int) []Interaction {
	return d.Interactions[d.Start[u]:d.End[u]:d.End[u]]
}

// WithoutLast returns a view of d in which each user's newest n interactions
// do not exist. A user with n or fewer keeps none. The interactions are shared.
func (d *Dataset) WithoutLast(n int) *Dataset {
	view := *d
	view.End = make([]int, len(d.End))
	for u := range d.End {
		view.End[u] = max(d.Start[u], d.End[u]-n)
	}
	return &view
}
