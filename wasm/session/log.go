package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
	"sparrow/wasm/vec"
)

// numbered numbers the items of log as they first appear: item[i] is that of
// log[i]. It also returns how many items there are.
func numbered(log []protocol.Entry) (item []int32, n int32) {
	numbers := make(map[catalog.ID]catalog.Row)
	item = make([]int32, len(log))
	for i := range log {
		r, ok := numbers[log[i].ID]
		if !ok {
			r = catalog.Row(n)
			numbers[log[i].ID] = r
			n++
		}
		item[i] = int32(r)
	}
	return item, n
}

// standing is what a log has said of one item so far.
type standing struct {
	from    int  // entries before this place, but for the watchlist's, are taken back
	opinion bool // one stands that is not a view
	view    int  // 1 + place of the view that stands, 0 for none
	watch   int  // 1 + place of the entry of the watchlist that stands, 0 for none
}

// settle returns the entries of log, which is by time, that still say something:
// what was taken back is gone, and so is what took it back. In the order of log:
//
//	Rate, Like, Dislike, NotInterested  stand, the last one as the visitor's opinion; so do Seen and Buy
//	View       stands where it is the last of its item and no opinion stands before it
//	Watchlist  stands as long as no second one takes the item off again
//	Clear      takes opinions and views back; without any, takes the item off the watchlist
//	Forget     takes everything back that was said of the item
//
// A settled log holds no Clear, no Forget, and one Watchlist an item at most, so
// settle leaves it as it is.
func settle(log []protocol.Entry) []protocol.Entry {
	item, n := numbered(log)
	said := make([]standing, n)
	for i := range log {
		s := &said[item[i]]
		switch log[i].Action {
		case protocol.Watchlist:
			if s.watch > 0 {
				s.watch = 0
			} else {
				s.watch = i + 1
			}
		case protocol.Forget, protocol.Clear:
			if log[i].Action == protocol.Forget || !s.opinion && s.view == 0 {
				s.watch = 0
			}
			s.from, s.opinion, s.view = i, false, 0
		case protocol.View:
			if !s.opinion {
				s.view = i + 1
			}
		default:
			s.opinion = true
		}
	}
	stands := make([]protocol.Entry, 0, len(log))
	for i := range log {
		s := &said[item[i]]
		keep := i >= s.from
		switch log[i].Action {
		case protocol.Watchlist:
			keep = i+1 == s.watch
		case protocol.View:
			keep = i+1 == s.view
		case protocol.Clear, protocol.Forget:
			keep = false
		}
		if keep {
			stands = append(stands, log[i])
		}
	}
	return stands
}

// grouped returns the entries of a settled log item by item. An item stands where
// the visitor's opinion of it does, or else its entry on the watchlist, which
// comes after the opinions, or else its note, which comes last. Since byTime keeps this order among entries of one
// moment, an import of these entries into an empty profile says of every item
// what log does, in the same order.
func grouped(log []protocol.Entry) []protocol.Entry {
	item, n := numbered(log)
	place := make([]int, n) // of each item
	for part := 2; part >= 0; part-- {
		for i := range log {
			if partOf(&log[i]) == part {
				place[item[i]] = i
			}
		}
	}
	return sorted(log, func(a, b int32) bool {
		if p, q := place[item[a]], place[item[b]]; p != q {
			return p < q
		}
		return partOf(&log[a]) < partOf(&log[b])
	})
}

// partOf returns where e stands among what is said of its item: opinions, the watchlist, the note.
func partOf(e *protocol.Entry) int {
	switch e.Action {
	case protocol.Watchlist:
		return 1
	case protocol.Note:
		return 2
	}
	return 0
}

// byTime returns log sorted by time; entries of one moment keep their order.
func byTime(log []protocol.Entry) []protocol.Entry {
	return sorted(log, func(a, b int32) bool { return log[a].At < log[b].At })
}

func sorted(log []protocol.Entry, before func(a, b int32) bool) []protocol.Entry {
	list := make([]protocol.Entry, len(log))
	for to, from := range vec.Sorted(len(log), before) {
		list[to] = log[from]
	}
	return list
}

// pick returns the entries of log on item id, or those on all others.
func pick(log []protocol.Entry, id catalog.ID, others bool) []protocol.Entry {
	var list []protocol.Entry
	for i := range log {
		if (log[i].ID != id) == others {
			list = append(list, log[i])
		}
	}
	return list
}

// equal reports whether two logs are the same.
func equal(a, b []protocol.Entry) bool {
	same := len(a) == len(b)
	for i := 0; same && i < len(a); i++ {
		same = a[i] == b[i]
	}
	return same
}
