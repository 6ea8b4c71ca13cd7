package command

import (
	"fmt"
	"strings"

	"sparrow/wasm/catalog"
)

// titleOf names an item for people: "Heat (1995) · Action, Crime".
func titleOf(c *catalog.Catalog, r catalog.Row) string {
	s := c.Titles[r]
	if c.Years[r] != 0 {
		s += fmt.Sprintf(" (%d)", c.Years[r])
	}
	var genres []string
	for _, g := range c.Genres[r] {
		genres = append(genres, c.GenreNames[g])
	}
	if len(genres) > 0 {
		s += " · " + strings.Join(genres, ", ")
	}
	return s
}

// rowOf finds an item by its id; the error names the id, and one that differs by
// case alone or by the .0 that programs write behind a number.
func rowOf(c *catalog.Catalog, id string) (catalog.Row, error) {
	if row, ok := c.Row(catalog.ID(id)); ok {
		return row, nil
	}
	for _, other := range c.IDs {
		if strings.EqualFold(strings.TrimSuffix(string(other), ".0"), strings.TrimSuffix(id, ".0")) {
			return catalog.None, fmt.Errorf("no item has the item id %q; there is %q", id, other)
		}
	}
	return catalog.None, fmt.Errorf("no item has the item id %q", id)
}
