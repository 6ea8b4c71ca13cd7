package feedback

import (
	"iter"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// likeStars is what a like counts for, as in the app.
const likeStars = 5

// least are the values from which on something was heard or read, and not only opened, as
// in a file of interactions: seconds and a share, in hundredths.
var least = map[event.Kind]uint32{event.Play: 30_00, event.Read: 50}

// Brief reports whether a play or a text that was read is too short to be more than a
// click.
func (e *Event) Brief() bool { return e.Value > 0 && e.Value < least[e.Kind] }

// verdict is what a visitor thinks of one item in the end.
type verdict struct {
	item  catalog.ID
	said  event.Kind // Rate, Like, Dislike or NotInterested; "" for no opinion
	stars float32    // with Rate and Like
	watch bool       // on the watchlist
	at    int64      // of the opinion, Unix milliseconds

	bought uint32     // pieces that were not sent back
	taken  event.Kind // Cart, Play or Read, the newest; "" for none
	took   int64      // when, or when it was bought, the last time

	opened bool         // clicked or viewed
	last   int64        // when, the last time
	place  *event.Place // where the card stood that was clicked last; nil when the item was only viewed
}

// Visitors yields the events of one visitor after the other. The slices are
// parts of l.Events.
func (l *Log) Visitors() iter.Seq[[]Event] {
	return func(yield func([]Event) bool) {
		for rest := l.Events; len(rest) > 0; {
			n := 1
			for n < len(rest) && rest[n].Visitor == rest[0].Visitor {
				n++
			}
			if !yield(rest[:n:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// undone returns the ids of what a visitor took back.
func undone(events []Event) map[event.ID]bool {
	var ids map[event.ID]bool
	for i := range events {
		if events[i].Kind == event.Undo {
			if ids == nil {
				ids = make(map[event.ID]bool)
			}
			ids[events[i].Cause] = true
		}
	}
	return ids
}

// fold reads the events of one visitor in their order, as the app reads its
// own log: the last word on an item counts.
//
//	Rate, Like              an opinion; a like counts 5 stars
//	Dislike, NotInterested  takes the item out, its clicks too
//	Clear                   takes back the opinion; without one, takes the item off the watchlist
//	Undo                    takes back the event that it names, as if that had never been
//	Purchase                counts in full, until a Return takes all of its pieces back
//	Cart, Play, Read        count in part where there is no opinion and no purchase; a play of
//	                        under half a minute and less than half of a text as a click
//	Click, View             counts where there is none of these
//
// Items come in the order in which they first occur.
func fold(events []Event) []verdict {
	var all []verdict
	index := make(map[catalog.ID]int)
	gone := undone(events)
	for i := range events {
		e := &events[i]
		if e.Item == "" || e.Kind == event.Impression || gone[e.ID] {
			continue
		}
		k, ok := index[e.Item]
		if !ok {
			k = len(all)
			index[e.Item] = k
			all = append(all, verdict{item: e.Item})
		}
		s := &all[k]
		switch e.Kind {
		case event.Rate:
			s.said, s.stars, s.at = e.Kind, e.Stars, e.At
		case event.Like:
			s.said, s.stars, s.at = e.Kind, likeStars, e.At
		case event.Dislike, event.NotInterested:
			s.said, s.stars, s.at = e.Kind, 0, e.At
		case event.Watchlist:
			s.watch = !s.watch
		case event.Clear:
			if s.said == "" {
				s.watch = false
			}
			s.said, s.stars = "", 0
		case event.Click:
			s.opened, s.last, s.place = true, e.At, e.Place
		case event.View:
			s.opened, s.last = true, e.At
		case event.Purchase:
			s.bought, s.took = s.bought+max(1, e.Count), e.At
		case event.Return:
			if e.Count == 0 || e.Count >= s.bought {
				s.bought = 0
			} else {
				s.bought -= e.Count
			}
		case event.Cart, event.Play, event.Read:
			if e.Brief() {
				s.opened, s.last = true, e.At
				break
			}
			if s.taken = e.Kind; s.bought == 0 {
				s.took = e.At
			}
		}
	}
	return all
}
