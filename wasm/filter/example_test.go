package filter_test

import (
	"fmt"

	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
)

// Example keeps what is cheap, in stock and like the page's item.
func Example() {
	c := &catalog.Catalog{
		IDs: []catalog.ID{"a", "b", "c"}, Years: []int16{1995, 2001, 1999},
		GenreNames: []string{"Crime", "Comedy"}, Genres: [][]uint8{{0}, {0, 1}, {1}}, Tags: make([][]uint16, 3),
	}
	p, err := filter.Of(c).Parse("genre=same and year>1995")
	if err != nil {
		fmt.Println(err)
		return
	}
	set, _ := p.Keep(0)
	for r, id := range c.IDs {
		if set.Has(catalog.Row(r)) {
			fmt.Println(id)
		}
	}
	_, err = filter.Of(c).Parse("yaer>1995")
	fmt.Println(err)
	// Output:
	// b
	// filter "yaer>1995", column 1: there is no column "yaer"; "year" is near. There are: genre tag year
}
