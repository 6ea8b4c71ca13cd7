package feature

import "sparrow/wasm/catalog"

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
