// Package catalog holds the items of a bundle. An item has two names of two
// types: its [ID] is stable and is the only one stored, logged or sent; its
// [Row] is the dense index into the tables of one loaded bundle and never
// leaves the process.
package catalog

import "sparrow/wasm/attribute"

// ID is the catalog's own item_id.
type ID string

// Row is the index of an item in the tables of one loaded bundle, 0 ≤ Row < N.
type Row int32

// None is the Row of no item.
const None Row = -1

// Catalog holds N items in columns; every column has length N and is indexed
// by Row. It is read-only once made.
type Catalog struct {
	IDs    []ID
	Titles []string   // as people say them, without the year: "The Usual Suspects"
	Years  []int16    // year of release, 0 when unknown
	Genres [][]uint8  // indices into GenreNames, in the source's order, without repeats
	Tags   [][]uint16 // indices into TagNames, most used first, without repeats
	Images []string   // poster address; "" when there is none; nil when no item has one. Image reads it
	URLs   []string   // address of the item's page; "" when there is none; nil when no item has one. URL reads it

	ImagePattern, URLPattern *Pattern // in place of Images and URLs; nil when there is none

	GenreNames []string // at most 255
	TagNames   []string // at most 65,535

	Attributes []attribute.Column // what else the owner says of the items, by declaration; names differ

	byID []Row // by length of the id, then by its bytes, then ascending
}

// Len returns N.
func (c *Catalog) Len() int { return len(c.IDs) }
