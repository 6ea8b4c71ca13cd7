package feedback

import (
	"cmp"
	"math"
	"slices"
	"time"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// Limits of what is published of a log.
const (
	MinVisitors = 10  // who must have done something with an item in public
	MaxTrending = 200 // items
)

// horizon is how many half-lives back an event still counts: what is older
// would weigh less than 1/32.
const horizon = 5

// TrendingOptions steer [Log.Trending]. The zero value uses defaults.
type TrendingOptions struct {
	HalfLife time.Duration              // after which a unit weighs half; 0 is a week
	Known    func(item catalog.ID) bool // items that are counted; nil for all
}

func (o *TrendingOptions) halfLife() time.Duration {
	if o.HalfLife == 0 {
		return 7 * 24 * time.Hour
	}
	return o.HalfLife
}

// Since returns the moment from which on events count that are judged at now.
func (o *TrendingOptions) Since(now time.Time) time.Time { return now.Add(-horizon * o.halfLife()) }

// Trend is an item that is on the rise.
type Trend struct {
	Item     catalog.ID
	Score    float64 // in hundredths
	Visitors int     // who made it, each counted once
}

// Trending returns the items that visitors turn to now, the highest score
// first, ties by item, and the moment of it in Unix seconds, which is that of
// the newest event's arrival:
//
//	score(i) = Σ w·2^(-(T-t)/H)
//
// over the units of item i, of weight w and time t, where T is the moment and H
// the half-life: exponentially decayed counts, whose order, unlike their size,
// does not depend on T (Cormode et al., Forward Decay, ICDE 2009). A unit is
// what one visitor did with an item in one day (UTC) and has the weight of the
// strongest deed, 1 for a like or a rating of 3.5 stars and more, ½ for opening
// the item's page, ¼ for a click on its card; what they took back is not a deed. So
// no visitor moves an item by more than 1 a day, however much they send, and an item
// that fewer than MinVisitors turned to is not published. At most MaxTrending are.
func (l *Log) Trending(o TrendingOptions) (trends []Trend, at int64) {
	for i := range l.Events {
		at = max(at, l.Events[i].Received)
	}
	halfLife := float64(o.halfLife().Milliseconds())
	oldest := at - horizon*o.halfLife().Milliseconds()
	found := make(map[catalog.ID]*Trend)
	for events := range l.visitors() {
		type unit struct {
			item catalog.ID
			day  int64
		}
		best := make(map[unit]float64) // the largest w·2^… of the unit
		gone := undone(events)
		for i := range events {
			e := &events[i]
			w := positive(e)
			if w == 0 || gone[e.ID] || e.At < oldest || o.Known != nil && !o.Known(e.Item) {
				continue
			}
			u := unit{e.Item, e.At / (24 * time.Hour).Milliseconds()}
			best[u] = max(best[u], w*math.Exp2(-float64(max(0, at-e.At))/halfLife))
		}
		// In a fixed order: a float64 sum depends on it.
		units := make([]unit, 0, len(best))
		for u := range best {
			units = append(units, u)
		}
		slices.SortFunc(units, func(a, b unit) int { return cmp.Or(cmp.Compare(a.item, b.item), cmp.Compare(a.day, b.day)) })
		for i, u := range units {
			t := found[u.item]
			if t == nil {
				t = &Trend{Item: u.item}
				found[u.item] = t
			}
			t.Score += best[u]
			if i == 0 || units[i-1].item != u.item {
				t.Visitors++
			}
		}
	}
	for _, t := range found {
		if t.Score = math.Round(100*t.Score) / 100; t.Visitors >= MinVisitors && t.Score > 0 {
			trends = append(trends, *t)
		}
	}
	slices.SortFunc(trends, func(a, b Trend) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Item, b.Item))
	})
	return trends[:min(len(trends), MaxTrending)], at / 1000
}

// positive returns how much an event speaks for its item, 0 for not at all.
func positive(e *Event) float64 {
	switch {
	case e.Kind == event.Like, e.Kind == event.Rate && e.Stars >= 3.5:
		return 1
	case e.Kind == event.View:
		return 0.5
	case e.Kind == event.Click:
		return 0.25
	}
	return 0
}
