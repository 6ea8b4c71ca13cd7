// Package catalog holds the items of a bundle. A movie has two names of two
// types: its [ID] is stable and is the only one stored, logged or sent; its
// [Row] is the dense index into the tables of one loaded bundle and never
// leaves the process.
package catalog

// ID is the catalog's own item_id.
type ID string

// Row is the index of a movie in the tables of one loaded bundle, 0 ≤ Row < N.
type Row int32

// None is the Row of no movie.
const None Row = -1

// Catalog holds N movies in columns; every column has length N and is indexed
// by Row. It is read-only once made.
type Catalog struct {
	IDs    []ID
	Titles []string   // as people say them, without the year: "The Usual Suspects"
	Years  []int16    // year of release, 0 when unknown
	Genres [][]uint8  // indices into GenreNames, in the source's order, without repeats
	Tags   [][]uint16 // indices into TagNames, most used first, without repeats
	Images []string   // poster address; "" when there is none; nil when no movie has one
	URLs   []string   // address of the movie's page; "" when there is none; nil when no movie has one

	GenreNames []string // at most 255
	TagNames   []string // at most 65,535

	rows map[ID]Row
}

// Len returns N.
func (c *Catalog) Len() int { return len(c.IDs) }

// Index builds the look-up from ID to Row. Call it once, after the columns are
// in place. Of two equal ids the first wins; a decoder refuses such a catalog.
func (c *Catalog) Index() {
	c.rows = make(map[ID]Row, len(c.IDs))
	for r := len(c.IDs) - 1; r >= 0; r-- {
		c.rows[c.IDs[r]] = Row(r)
	}
}

// Row returns the row of the movie called id, or None and false.
func (c *Catalog) Row(id ID) (Row, bool) {
	r, ok := c.rows[id]
	if !ok {
		return None, false
	}
	return r, true
}
