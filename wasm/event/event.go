// Package event is feedback as browsers send it, the edge keeps it and the
// builder reads it.
package event

import "sparrow/wasm/catalog"

// ID names one event, or one session: a UUIDv7 (RFC 9562, section 5.7) that the
// device made. Events are told apart by nothing else.
type ID [16]byte

// Visitor is a device that agreed to share feedback: the first 16 bytes of the
// SHA-256 of a random secret of 16 bytes that stays on the device until the
// visitor wants their events deleted.
type Visitor [16]byte

// Bundle is the SHA-256 of the bundle that answered; zero when none did.
type Bundle [32]byte

// Kind is what happened.
type Kind string

const (
	Impression    Kind = "impression"     // half of a card was in view for a second: Item, Place
	Click         Kind = "click"          // a card was followed: Item, Place, Cause (its impression, if there was one)
	View          Kind = "view"           // the item's own page was opened: Item, Cause (the click, if there was one)
	Rate          Kind = "rate"           // Item, Stars; Cause and Place where it was done on a card
	Like          Kind = "like"           // Item; Cause and Place as with Rate, here and below
	Dislike       Kind = "dislike"        // Item
	NotInterested Kind = "not-interested" // Item
	Watchlist     Kind = "watchlist"      // Item: put on the list, or taken off again
	Cart          Kind = "cart"           // put into the basket: Item; Value, Currency and Count, the pieces, where known; Cause and Place
	Purchase      Kind = "purchase"       // bought: Item; Value of all pieces, Currency and Count as with Cart
	Return        Kind = "return"         // sent back, as many pieces as Count says, 0 for all: Item
	Play          Kind = "play"           // heard or watched: Item; Value in seconds
	Read          Kind = "read"           // Item; Value is the share that was read
	Clear         Kind = "clear"          // Item: the visitor takes back what they said of it
	Undo          Kind = "undo"           // Cause: the event that is taken back
	Exposure      Kind = "exposure"       // Layer: the arm of that layer mattered for the first time in this session
	Start         Kind = "start"          // a page began to recommend: Value is seconds until its first list could be shown, from its opening in the app, from the list's being asked for in the widget; 0 where that failed
	Dropped       Kind = "dropped"        // Count events of kind Of were lost on the device because its outbox was full
)

// Event is one thing that happened on a device. Fields that a kind does not
// name are zero.
type Event struct {
	ID      ID
	Kind    Kind
	At      int64 // Unix milliseconds on the device's clock
	Visitor Visitor
	Session ID     // renewed after half an hour without an event
	Seq     uint32 // 0, 1, … within the session: with Session, the order of events
	Bundle  Bundle
	Arms    []Arm // the arm of every layer that the visitor is in, by layer
	Item    catalog.ID
	Stars   float32 // 0.5 to 5 in halves with Rate, else 0
	Value   uint32  // hundredths of what Kind says: 1250 of a purchase are 12.50 of its Currency
	Place   *Place  // nil when it did not happen on a card of a list
	Cause   ID      // zero for none
	Layer   string  // with Exposure
	Of      Kind    // with Dropped
	Count   uint32  // with Dropped; pieces with Cart, Purchase and Return

	Currency [3]byte // ISO 4217, of Value; zero for none
}

// Arm is a visitor's arm of one layer of experiments.
type Arm struct{ Layer, Name string }

// Place is where a card stood and how it came there.
type Place struct {
	List       string  // "for-you", "similar", "popular", "search", …
	Position   uint16  // 1 is the first
	Source     string  // where retrieval found it: "taste", "transition", "popular", "trending", joined by "+"; "" for lists without retrieval
	Team       string  // with interleaving, the arm whose item it is
	Propensity float32 // probability that exploration put this item here, given those before it; 0 when nothing was left to chance
}
