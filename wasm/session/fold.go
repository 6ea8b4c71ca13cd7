package session

import (
	"cmp"
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
	"sparrow/wasm/protocol"
)

// opinion is what the log says of one movie in the end.
type opinion struct {
	action protocol.Action // Rate, Like, Dislike or NotInterested; "" for none
	stars  float32         // with Rate
	watch  bool
	at     int64 // of the opinion
	index  int   // of the entry that made the opinion
}

// meaning is what a log of entries amounts to in one catalog.
type meaning struct {
	opinions map[catalog.Row]opinion
	history  feature.History // ratings and likes, in the order they were given
	liked    []catalog.Row   // 3.5 stars and more, or liked; the latest first
	disliked []catalog.Row   // disliked and not interested, in the order they were given
	watch    []catalog.Row   // the watchlist, the latest first
}

const (
	likeStars  = 5   // what a like counts for in the history
	likedStars = 3.5 // stars from which on a rating speaks for a movie
)

// fold reads the log from its first entry to its last. The last word on a movie
// counts and stands where it was said:
//
//	Rate, Like              an event of the history; a like counts 5 stars
//	Dislike, NotInterested  no event: the movie is hidden and what resembles it sinks
//	Watchlist               puts the movie on the watchlist, or takes it off again
//	Clear                   takes back the opinion; without one, takes the movie off the watchlist
//
// Entries of movies that the catalog does not know mean nothing here.
func fold(c *catalog.Catalog, log []protocol.Entry) *meaning {
	m := &meaning{opinions: make(map[catalog.Row]opinion, len(log))}
	watched := make(map[catalog.Row]int)
	for i, e := range log {
		r, ok := c.Row(e.ID)
		if !ok {
			continue
		}
		o := m.opinions[r]
		switch {
		case e.Action == protocol.Watchlist:
			o.watch = !o.watch
			watched[r] = i
		case e.Action != protocol.Clear:
			o.action, o.stars, o.at, o.index = e.Action, e.Stars, e.At, i
		case o.action != "":
			o.action, o.stars, o.at, o.index = "", 0, 0, 0
		default:
			o.watch = false
		}
		m.opinions[r] = o
	}
	rows := make([]catalog.Row, 0, len(m.opinions))
	for r, o := range m.opinions {
		if o.action != "" {
			rows = append(rows, r)
		}
		if o.watch {
			m.watch = append(m.watch, r)
		}
	}
	slices.SortFunc(rows, func(a, b catalog.Row) int { return cmp.Compare(m.opinions[a].index, m.opinions[b].index) })
	slices.SortFunc(m.watch, func(a, b catalog.Row) int { return cmp.Compare(watched[b], watched[a]) })
	m.place(rows)
	return m
}

// place sorts the opinions on rows, the first given first, into lists.
func (m *meaning) place(rows []catalog.Row) {
	var now int64 // a clock that was set back must not turn the history around
	for _, r := range rows {
		o := m.opinions[r]
		stars := o.stars
		switch o.action {
		case protocol.Dislike, protocol.NotInterested:
			m.disliked = append(m.disliked, r)
			continue
		case protocol.Like:
			stars = likeStars
		}
		now = max(now, o.at)
		m.history = append(m.history, feature.Event{Row: r, Stars: stars, At: now})
		if stars >= likedStars {
			m.liked = append(m.liked, r)
		}
	}
	slices.Reverse(m.liked)
}
