// Package live reads the live overlay: what changes by the minute and
// needs no training, such as stock, prices and rules. FORMAT.md says what it may hold.
package live

import "sparrow/wasm/catalog"

// Version is the one that this package reads.
const Version = 1

// Overlay is a document of the format. What [Decode] returns is valid but for the ids and
// filters in it, which a bundle may not have.
type Overlay struct {
	At    int64 // when it was made, Unix seconds; 0 where it does not say
	Items []Item
	New   []New
	Rules []Rule
}

// Item is what is known of one item by now.
type Item struct {
	ID                catalog.ID
	Stock, Price      Amount
	Currency          string  // of Price, "EUR"; "" where it does not say
	Hidden            bool    // in no list
	Boost             float32 // -1 to 1: its score is multiplied by 1 + Boost
	Title, Image, URL string  // in place of the bundle's; "" for none
}

// SoldOut reports whether none is left.
func (i *Item) SoldOut() bool { return i.Stock.Known && i.Stock.Value <= 0 }

// Amount is a number that may not be known.
type Amount struct {
	Value float64 // 0 unless it is known
	Known bool
}

// New is an item that the bundle does not have.
type New struct {
	ID           catalog.ID
	Title        string
	Year         int // 0 when unknown
	Genres, Tags []string
	Text         string
	Image, URL   string
	Like         []catalog.ID // items that it is like
	Vector       []float32    // in place of these

	Written string // its bytes in the document, by which a change is seen; "" for always
}

// Action is what a rule does.
type Action string

// The actions.
const (
	Pin     Action = "pin"     // Items stand at To and behind it
	Boost   Action = "boost"   // scores are multiplied by 1 + By
	Bury    Action = "bury"    // scores are multiplied by 1 - By
	Exclude Action = "exclude" // in no list
)

// Rule is what to do with some items for some time.
type Rule struct {
	Name        string
	Do          Action
	Items       []catalog.ID // which; nil where Where says so
	Where       string       // a condition of package filter; "" where Items says so
	By          float32      // of Boost and Bury, above 0 to 1
	To          int          // of Pin, the place of its first item, from 1 on
	From, Until int64        // Unix seconds: from the first one on and before the last one; 0 for always, and for ever
}

// Active reports whether the rule holds at a moment in Unix seconds.
func (r *Rule) Active(now int64) bool { return now >= r.From && (r.Until == 0 || now < r.Until) }
