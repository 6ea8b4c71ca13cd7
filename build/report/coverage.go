package report

import (
	"cmp"
	"slices"

	"sparrow/wasm/catalog"
)

// exposure is how often the cards of one item were seen and clicked.
type exposure struct{ seen, clicked int }

// item returns the exposure of an item.
func (c *counter) item(id catalog.ID) *exposure {
	x := c.items[id]
	if x == nil {
		x = new(exposure)
		c.items[id] = x
	}
	return x
}

// Coverage says how much of the catalog lists show.
type Coverage struct {
	Items   int `json:"items"`   // of the catalog
	Seen    int `json:"seen"`    // of them, seen on a list
	Clicked int `json:"clicked"` // of them, clicked on one
	Half    int `json:"half"`    // fewest of them that have half of all cards seen
	Gone    int `json:"gone"`    // items that were seen and are not in the catalog any more
}

func coverage(items map[catalog.ID]*exposure, known *catalog.Catalog) Coverage {
	c := Coverage{Items: known.Len()}
	var seen []int
	sum := 0
	for id, x := range items {
		if _, ok := known.Row(id); !ok {
			c.Gone++
			continue
		}
		c.Seen++
		if x.clicked > 0 {
			c.Clicked++
		}
		seen = append(seen, x.seen)
		sum += x.seen
	}
	slices.SortFunc(seen, func(a, b int) int { return cmp.Compare(b, a) })
	for rest := sum; c.Half < len(seen) && 2*rest > sum; c.Half++ {
		rest -= seen[c.Half]
	}
	return c
}
