package session

import (
	"slices"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

// standing is what a log has said of one item so far.
type standing struct {
	from    int  // entries before this place, but for the watchlist's, are taken back
	opinion bool // one stands that is not a view
	view    int  // place of the view that stands, -1 for none
	watch   int  // place of the entry of the watchlist that stands, -1 for none
}

// settle returns the entries of log, which is by time, that still say something:
// what was taken back is gone, and so is what took it back. In the order of log:
//
//	Rate, Like, Dislike, NotInterested  stand, the last one as the visitor's opinion
//	View       stands where it is the last of its item and no opinion stands before it
//	Watchlist  stands as long as no second one takes the item off again
//	Clear      takes opinions and views back; without any, takes the item off the watchlist
//	Forget     takes back everything that was said of the item
//
// A settled log holds no Clear, no Forget, and one Watchlist an item at most, so
// settle leaves it as it is.
func settle(log []protocol.Entry) []protocol.Entry {
	index := make(map[catalog.ID]int)
	var said []standing
	for i := range log {
		at, ok := index[log[i].ID]
		if !ok {
			at = len(said)
			index[log[i].ID] = at
			said = append(said, standing{view: -1, watch: -1})
		}
		s := &said[at]
		switch log[i].Action {
		case protocol.Watchlist:
			if s.watch < 0 {
				s.watch = i
			} else {
				s.watch = -1
			}
		case protocol.Forget:
			*s = standing{from: i, view: -1, watch: -1}
		case protocol.Clear:
			if !s.opinion && s.view < 0 {
				s.watch = -1
			}
			*s = standing{from: i, view: -1, watch: s.watch}
		case protocol.View:
			if !s.opinion {
				s.view = i
			}
		default:
			s.opinion = true
		}
	}
	var stands []protocol.Entry
	for i, e := range log {
		s := &said[index[e.ID]]
		keep := i >= s.from
		switch e.Action {
		case protocol.Watchlist:
			keep = i == s.watch
		case protocol.View:
			keep = i == s.view
		case protocol.Clear, protocol.Forget:
			keep = false
		}
		if keep {
			stands = append(stands, e)
		}
	}
	return stands
}

// grouped returns the entries of a settled log item by item, and the place where
// each item's begin. An item stands where the visitor's opinion of it does, or
// else its entry on the watchlist, which comes after the opinions. Since byTime
// keeps this order among entries of one moment, an import of these entries into
// an empty profile says of every item what log does, in the same order.
func grouped(log []protocol.Entry) (entries []protocol.Entry, begin []int) {
	index := make(map[catalog.ID]int)
	var items [][]int // places of each item's entries in log, the last one first
	var place []int
	for i := len(log) - 1; i >= 0; i-- {
		at, ok := index[log[i].ID]
		if !ok {
			at = len(items)
			index[log[i].ID] = at
			items, place = append(items, nil), append(place, i)
		} else if log[place[at]].Action == protocol.Watchlist {
			place[at] = i
		}
		items[at] = append(items[at], i)
	}
	for _, at := range vec.Sorted(len(items), func(a, b int32) bool { return place[a] < place[b] }) {
		begin = append(begin, len(entries))
		watch := -1
		for _, i := range slices.Backward(items[at]) {
			if log[i].Action == protocol.Watchlist {
				watch = i
			} else {
				entries = append(entries, log[i])
			}
		}
		if watch >= 0 {
			entries = append(entries, log[watch])
		}
	}
	return entries, begin
}

// byTime returns log sorted by time; entries of one moment keep their order.
func byTime(log []protocol.Entry) []protocol.Entry {
	sorted := make([]protocol.Entry, len(log))
	for to, from := range vec.Sorted(len(log), func(a, b int32) bool { return log[a].At < log[b].At }) {
		sorted[to] = log[from]
	}
	return sorted
}

// entriesOf returns the entries of log on item id, without returns the others.
func entriesOf(log []protocol.Entry, id catalog.ID) []protocol.Entry {
	return slices.DeleteFunc(slices.Clone(log), func(e protocol.Entry) bool { return e.ID != id })
}

func without(log []protocol.Entry, id catalog.ID) []protocol.Entry {
	return slices.DeleteFunc(slices.Clone(log), func(e protocol.Entry) bool { return e.ID == id })
}
