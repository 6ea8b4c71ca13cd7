package feedback

import (
	"bytes"
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
	MinNetworks = 10  // that they must come from, on one day
	MaxTrending = 200 // items
)

// horizon is how many half-lives back an event still counts: what is older
// would weigh less than 1/32.
const horizon = 5

// TrendingOptions steer [Log.Trending]. The zero value uses defaults.
type TrendingOptions struct {
	HalfLife time.Duration              // after which a unit weighs half; 0 is a week
	Known    func(item catalog.ID) bool // items that are counted; nil for all
	Networks int                        // that an item needs; 0 is MinNetworks
	Guarded  *Guarded                   // how many visitors one network stands for; nil for any number
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

// Trends are the items on the rise.
type Trends struct {
	Items []Trend // the highest score first, ties by item; at most MaxTrending
	At    int64   // Unix seconds, the newest event's arrival; 0 when there is none
	Few   int     // items with enough visitors and too few networks
}

// unit is what one visitor did with an item in one day.
type unit struct {
	item catalog.ID
	day  int64 // on which it happened
}

// deed is what a unit weighs by now, and who did it.
type deed struct {
	unit
	weight  float64
	visitor int // numbered in the order of the log
	network event.Network
	arrived int64 // the day of arrival, which a network's tag is of
}

// Trending returns the items that visitors turn to now:
//
//	score(i) = Σ w·2^(-(T-t)/H)
//
// over the units of item i, of weight w and time t, where T is the moment and H
// the half-life: exponentially decayed counts, whose order, unlike their size,
// does not depend on T (Cormode et al., Forward Decay, ICDE 2009). A unit is
// what one visitor did with an item in one day (UTC) and has the weight of the
// strongest deed, 1 for a like or a rating of 3.5 stars and more, ½ for opening
// the item's page, ¼ for a click on its card; what they took back is not a deed. So
// no visitor moves an item by more than 1 a day, however much they send, and no
// network by more than the visitors that it stands for. An item is not published
// that fewer than MinVisitors turned to, or fewer networks than asked for: as
// networks of different days cannot be told apart, the largest number of one
// day counts, and every visitor of an unknown network as one.
func (l *Log) Trending(o TrendingOptions) (t Trends) {
	at := int64(0)
	for i := range l.Events {
		at = max(at, l.Events[i].Received)
	}
	t.At = at / 1000
	items := make(map[catalog.ID][]deed)
	n := 0
	for events := range l.Visitors() {
		for _, d := range o.deeds(events, at) {
			d.visitor = n
			items[d.item] = append(items[d.item], d)
		}
		n++
	}
	for item, deeds := range items {
		score, visitors, networks := o.sum(deeds)
		if score = math.Round(100*score) / 100; visitors < MinVisitors || score <= 0 {
			continue
		}
		if networks < cmp.Or(o.Networks, MinNetworks) {
			t.Few++
			continue
		}
		t.Items = append(t.Items, Trend{item, score, visitors})
	}
	slices.SortFunc(t.Items, func(a, b Trend) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Item, b.Item))
	})
	t.Items = t.Items[:min(len(t.Items), MaxTrending)]
	return t
}

// deeds returns the units of one visitor by item and day, as they weigh at a
// moment.
func (o *TrendingOptions) deeds(events []Event, at int64) []deed {
	halfLife := o.halfLife().Milliseconds()
	best := make(map[unit]deed)
	gone := undone(events)
	for i := range events {
		e := &events[i]
		w := positive(e)
		if w == 0 || gone[e.ID] || e.At < at-horizon*halfLife || o.Known != nil && !o.Known(e.Item) {
			continue
		}
		u := unit{e.Item, e.At / dayMillis}
		if w *= math.Exp2(-float64(max(0, at-e.At)) / float64(halfLife)); w > best[u].weight {
			best[u] = deed{unit: u, weight: w, network: e.Network, arrived: e.Received / dayMillis}
		}
	}
	list := make([]deed, 0, len(best))
	for _, d := range best {
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b deed) int { return cmp.Or(cmp.Compare(a.item, b.item), cmp.Compare(a.day, b.day)) })
	return list
}

// sum returns the score of an item, its visitors and its networks. The deeds come
// in a fixed order, on which a sum of float64 depends, and leave it sorted.
func (o *TrendingOptions) sum(deeds []deed) (score float64, visitors, networks int) {
	slices.SortStableFunc(deeds, func(a, b deed) int {
		return cmp.Or(bytes.Compare(a.network[:], b.network[:]), cmp.Compare(b.weight, a.weight))
	})
	known := make(map[int]bool) // visitors with a deed of a known network
	who := make(map[int]bool)
	perDay := make(map[int64]int) // day of arrival → its networks
	for i := 0; i < len(deeds); {
		d := &deeds[i]
		end := i + 1
		for end < len(deeds) && deeds[end].network == d.network {
			end++
		}
		counted := end
		if d.network != (event.Network{}) {
			perDay[d.arrived]++
			if o.Guarded != nil {
				counted = min(end, i+o.Guarded.limit(d.arrived))
			}
		}
		for k := i; k < end; k++ {
			who[deeds[k].visitor] = true
			known[deeds[k].visitor] = known[deeds[k].visitor] || d.network != (event.Network{})
			if k < counted {
				score += deeds[k].weight
			}
		}
		i = end
	}
	for _, n := range perDay {
		networks = max(networks, n)
	}
	for v := range who {
		if !known[v] {
			networks++
		}
	}
	return score, len(who), networks
}

// positive returns how much an event speaks for its item, 0 for not at all.
func positive(e *Event) float64 {
	switch {
	case e.Kind == event.Like, e.Kind == event.Purchase, e.Kind == event.Rate && e.Stars >= 3.5:
		return 1
	case e.Kind == event.View, e.Kind == event.Cart, e.Kind == event.Play, e.Kind == event.Read:
		return 0.5
	case e.Kind == event.Click:
		return 0.25
	}
	return 0
}
