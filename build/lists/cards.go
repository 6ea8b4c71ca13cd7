package lists

import (
	"bytes"
	"encoding/json"

	"sparrow/wasm/catalog"
)

// listCard is one item of a list.
type listCard struct {
	ID     catalog.ID `json:"id"`
	Title  string     `json:"title"`
	Year   int16      `json:"year,omitempty"`
	Genres []string   `json:"genres,omitempty"`
	Image  string     `json:"image,omitempty"`
	URL    string     `json:"url,omitempty"`
}

// listed is an item of a list, and as JSON what it has in common with the item
// that the list is of; "" where nothing can be said. Unlike that item as far as is
// known, it is there for being popular.
type listed struct {
	row    catalog.Row
	why    string
	unlike bool
}

// lists writes lists of a catalog's items. An item is in many lists, so its JSON is
// made once.
type lists struct {
	hash  string // of the bundle
	ids   []catalog.ID
	cards [][]byte // [N] JSON
}

// listsOf returns the lists of catalog c, whose bundle has the given sha256.
func listsOf(c *catalog.Catalog, hash string) (*lists, error) {
	l := &lists{hash: hash, ids: c.IDs, cards: make([][]byte, c.Len())}
	ranks := c.GenreRanks()
	for r := range l.cards {
		card := listCard{ID: c.IDs[r], Title: c.Titles[r], Year: c.Years[r]}
		for _, g := range c.Specific(nil, catalog.Row(r), ranks) {
			card.Genres = append(card.Genres, c.GenreNames[g])
		}
		card.Image, card.URL = c.Image(catalog.Row(r)), c.URL(catalog.Row(r))
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false) // no client takes application/json for a page
		if err := e.Encode(card); err != nil {
			return nil, err
		}
		l.cards[r] = bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	}
	return l, nil
}

// popular returns popular.json: the list of items that are like no other.
func (l *lists) popular(rows []catalog.Row) []byte {
	text := []byte(`{"bundle":"` + l.hash + `","items":[`)
	for i, r := range rows {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, l.cards[r]...)
	}
	return append(text, "]}\n"...)
}
