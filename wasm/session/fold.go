package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

// opinion is what the log says of one item in the end.
type opinion struct {
	row     catalog.Row
	action  protocol.Action // Rate, Like, Dislike, NotInterested, View, Seen or Buy; "" for none
	bought  bool
	stars   float32 // with Rate
	at      int64   // moment of the action
	given   int     // place in the log of the action
	watch   bool
	watched int // place in the log of the last word on the watchlist
}

// profile is what a log of entries amounts to in one catalog.
type profile struct {
	opinions []opinion       // one an item that the log speaks of
	index    []int32         // [N] 1 + the item's place in opinions, 0 for none
	history  feature.History // ratings, likes and views, in the order they were given
	asked    feature.History // history as the engine is asked with it: what was seen and no more comes first
	seen     int             // events of asked that say no more than that
	liked    []catalog.Row   // 4 stars and more, or liked; the latest first
	disliked []catalog.Row   // disliked and not interested, in the order they were given
	watch    []catalog.Row   // the watchlist, the latest first
}

const (
	likeStars  = 5 // what a like counts for in the history
	likedStars = 4 // stars from which on a page says that the visitor liked an item
)

// fold reads a settled log from its first entry to its last. The last word on an
// item counts and stands where it was said:
//
//	Rate, Like              an event of the history; a like counts 5 stars
//	Dislike, NotInterested  no event: the item is hidden and what resembles it sinks
//	Watchlist               puts the item on the watchlist
//	View, Seen, Buy         an event of the history without stars; who rated or liked what they
//	                        buy or have seen has said so still, at the later moment
//
// A list depends on the last word on each item with its stars and its moment, on whether it was
// bought, and on the order of these words, on nothing else; see arrange. Entries of items that the catalog
// does not know mean nothing here.
func fold(c *catalog.Catalog, log []protocol.Entry) *profile {
	m := &profile{index: make([]int32, c.Len())}
	for i, e := range log {
		r, ok := c.Row(e.ID)
		if !ok {
			continue
		}
		if m.index[r] == 0 {
			m.opinions = append(m.opinions, opinion{row: r})
			m.index[r] = int32(len(m.opinions))
		}
		o := &m.opinions[m.index[r]-1]
		if e.Action == protocol.Watchlist {
			o.watch, o.watched = true, i
			continue
		}
		o.at, o.given = e.At, i
		if e.Action == protocol.Buy || e.Action == protocol.Seen {
			o.bought = o.bought || e.Action == protocol.Buy
			if o.action == protocol.Like || o.action == protocol.Rate {
				continue
			}
		}
		o.action, o.stars = e.Action, e.Stars
	}
	var given []catalog.Row
	for _, o := range m.opinions {
		if o.action != "" {
			given = append(given, o.row)
		}
		if o.watch {
			m.watch = append(m.watch, o.row)
		}
	}
	vec.Sort(given, func(a, b catalog.Row) bool { return m.of(a).given < m.of(b).given })
	vec.Sort(m.watch, func(a, b catalog.Row) bool { return m.of(a).watched > m.of(b).watched })
	m.place(given)
	return m
}

// of returns what the log says of item r.
func (m *profile) of(r catalog.Row) opinion {
	if i := m.index[r]; i > 0 {
		return m.opinions[i-1]
	}
	return opinion{row: r}
}

// place sorts the opinions on rows, the first given first, into lists.
func (m *profile) place(rows []catalog.Row) {
	for _, r := range rows {
		o := m.of(r)
		stars := o.stars
		switch o.action {
		case protocol.Dislike, protocol.NotInterested:
			m.disliked = append(m.disliked, r)
			continue
		case protocol.Like:
			stars = likeStars
		}
		m.history = append(m.history, feature.Event{Row: r, Stars: stars, At: o.at})
		if stars >= likedStars {
			m.liked = append(m.liked, r)
		}
	}
	slices.Reverse(m.liked)
	m.arrange()
}

// arrange makes asked: what the visitor has seen and says no more of comes before all else, as if it were long ago.
// Many notes of that kind tell what somebody watches, and count. But what came last weighs most in a list, and a
// single one after likes says little: with its own place it would turn the list to what it is like.
func (m *profile) arrange() {
	var others feature.History
	for _, ev := range m.history {
		if m.of(ev.Row).action == protocol.Seen {
			m.asked = append(m.asked, ev)
		} else {
			others = append(others, ev)
		}
	}
	m.seen = len(m.asked)
	for i := range m.asked {
		if len(others) > 0 {
			m.asked[i].At = min(m.asked[i].At, others[0].At) // so that times ascend
		}
	}
	m.asked = append(m.asked, others...)
}
