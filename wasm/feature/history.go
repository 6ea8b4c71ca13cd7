package feature

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/vec"
)

// Event is one interaction of a user with an item.
type Event struct {
	Row   catalog.Row
	Stars float32 // 0.5 to 5 in halves; 0 when the user gave none
	At    int64   // Unix seconds
}

// History is what a user did, oldest first. An item may occur once only.
type History []Event

// Window is how many events the user features see, as in Sparrow RecSys.
const Window = 100

const (
	positiveStars = 3.5  // from here on a rating counts as liked, as in Sparrow RecSys
	sittingGap    = 3600 // seconds without an event that end a sitting
)

// Positive reports whether the event speaks for the item: 3.5 stars or more, or
// no stars at all, since a user who gives none has at least chosen to watch.
func (e Event) Positive() bool { return e.Stars == 0 || e.Stars >= positiveStars }

// Liking returns how far the event speaks for its item, and so how much models that are
// trained to recommend try to predict it: in full from four stars on or where there are
// none, by fifths for less, and not at all up to one and a half.
func (e Event) Liking() float32 {
	if e.Stars == 0 {
		return 1
	}
	return max(0, min(1, (e.Stars-1.5)/2.5))
}

// last returns the newest n events of h, or all when it has fewer.
func (h History) last(n int) History { return h[max(0, len(h)-n):] }

// ByRow returns the events in the order of their items, all at the moment of the last one,
// as no order of theirs changes.
func (h History) ByRow() History {
	sorted := make(History, len(h))
	for to, from := range vec.Sorted(len(h), func(a, b int32) bool { return h[a].Row < h[b].Row }) {
		sorted[to] = h[from]
		sorted[to].At = h[len(h)-1].At
	}
	return sorted
}

// sitting returns the newest events of h that have no gap over an hour.
func (h History) sitting() History {
	i := len(h) - 1
	for i > 0 && h[i].At-h[i-1].At <= sittingGap {
		i--
	}
	return h[max(i, 0):]
}

// Sittings returns how many sittings the events were in: a gap over an hour parts two.
func (h History) Sittings() int {
	n := min(1, len(h))
	for i := 1; i < len(h); i++ {
		if h[i].At-h[i-1].At > sittingGap {
			n++
		}
	}
	return n
}

// InSittings returns h cut into its sittings, oldest first. One of fewer than least
// events belongs to the one before, the first to the one behind.
func (h History) InSittings(least int) (all []History) {
	from := 0
	for i := 1; i <= len(h); i++ {
		if i < len(h) && h[i].At-h[i-1].At <= sittingGap {
			continue
		}
		if n := len(all); n > 0 && (i-from < least || len(all[n-1]) < least) {
			all[n-1] = all[n-1][:len(all[n-1])+i-from] // they lie side by side
		} else {
			all = append(all, h[from:i])
		}
		from = i
	}
	return all
}

// Set returns how far the order of the events means nothing, 0 to 1:
//
//	max(0, l - from)/(1 - from) · (n - s)/(n - 1)
//
// of n events in s sittings, of which the share l is liked. A rating or a purchase came
// when it came, and the next one hangs on it; likes that someone marks in one evening
// come in the order of the page. Of fewer than two events it is 0: they have one order only.
func (h History) Set(from float32) float64 {
	n := len(h)
	if n < 2 {
		return 0
	}
	liked := float64(h.Liked())/float64(n) - float64(from)
	together := float64(n-h.Sittings()) / float64(n-1)
	return max(0, liked) / (1 - float64(from)) * together
}

// likedStars is the rating from which on an event is a like: [Event.Liking] is 1.
const likedStars = 4

// Liked returns how many of the events are likes: ratings of four stars and more. What
// has no stars was chosen and not judged, and is none.
func (h History) Liked() (n int) {
	for _, e := range h {
		if e.Stars >= likedStars {
			n++
		}
	}
	return n
}
