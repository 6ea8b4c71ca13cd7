package abtest

import (
	"cmp"
	"math"
	"slices"
	"time"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
	"sparrow/wasm/experiment"
)

// Sample is what a log holds of one layer.
type Sample struct {
	Visitors []Visitor // in the order of the log
	Excluded Excluded
	AsOf     int64  // newest arrival in the log, Unix seconds
	Currency string // of revenue; "" where purchases have none
}

// Analyze compares the arms of the layer that the sample was collected for.
func (s *Sample) Analyze(l *experiment.Layer, o Options) *Report {
	o.AsOf, o.Excluded, o.Currency = s.AsOf, s.Excluded, s.Currency
	return Analyze(l, s.Visitors, o)
}

// DefaultGuard lets one visitor of a network and day into an experiment, or one in a
// thousand of the day's: stricter than what a model learns from. Who is left out
// is left to chance, so that an experiment only has wider intervals for it, while
// three networks that make visitors up every day, as they like, are kept from
// moving an estimate by .2 points where 1,000 others come a day.
var DefaultGuard = feedback.Guard{Visitors: 1, Share: 0.001}

const (
	dayMillis  = 86400_000
	likedStars = 3.5 // stars from which on a rating speaks for an item
	headShare  = 0.5 // of all impressions; the items that have them are the best-known ones
)

// Collect counts what the visitors of layer l did while it ran. lists narrows
// impressions, clicks and opinions to lists of these names; none means all.
//
// A visitor is in the sample from the session on in which they were first exposed;
// what they did before is their past. They are left out where they were seen in two arms,
// and where the arm, or that they take part at all, is not what their id says: both
// depend on the id alone, so that no one can be moved from arm to arm by what they
// do. An impression counts once a session, list and item, a click only on an
// impression that counts and once, an opinion once an item, and what was taken
// back by undo not at all.
func Collect(log *feedback.Log, l *experiment.Layer, lists ...string) *Sample {
	s := &Sample{}
	for i := range log.Events {
		s.AsOf = max(s.AsOf, log.Events[i].Received/1000)
	}
	head := headOf(log, l)
	currency, others := log.Currency(func(e *feedback.Event) bool { return l.Active(e.At / 1000) })
	s.Excluded.Currencies = others
	if currency != ([3]byte{}) {
		s.Currency = string(currency[:])
	}
	for rest := log.Events; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Visitor == rest[0].Visitor {
			n++
		}
		s.visitor(rest[:n], l, head, currency, lists)
		rest = rest[n:]
	}
	return s
}

// Since returns the moment from which on events matter to layers, the zero time
// for none: a visitor, who gets another id after 30 days, may have a past before
// the first layer starts.
func Since(layers []experiment.Layer) time.Time {
	first := experiment.Moment(math.MaxInt64)
	for _, l := range layers {
		first = min(first, l.Start)
	}
	if len(layers) == 0 {
		return time.Time{}
	}
	return time.Unix(int64(first), 0).UTC().AddDate(0, 0, -30)
}

// headOf returns the fewest items that together have half of all impressions
// while the layer ran.
func headOf(log *feedback.Log, l *experiment.Layer) map[catalog.ID]bool {
	shown := map[catalog.ID]int{}
	all := 0
	for i := range log.Events {
		if e := &log.Events[i]; e.Kind == event.Impression && l.Active(e.At/1000) {
			shown[e.Item]++
			all++
		}
	}
	ids := make([]catalog.ID, 0, len(shown))
	for id := range shown {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b catalog.ID) int { return cmp.Or(cmp.Compare(shown[b], shown[a]), cmp.Compare(a, b)) })
	head, sum := map[catalog.ID]bool{}, 0
	for _, id := range ids {
		if float64(sum) >= headShare*float64(all) {
			break
		}
		head[id] = true
		sum += shown[id]
	}
	return head
}

// visitor adds one visitor's events to the sample.
func (s *Sample) visitor(events []feedback.Event, l *experiment.Layer, head map[catalog.ID]bool, currency [3]byte, lists []string) {
	arm, first := "", -1 // the first exposure
	undone := map[event.ID]bool{}
	for i := range events {
		e := &events[i]
		if e.Kind == event.Undo {
			undone[e.Cause] = true
		}
		if !l.Active(e.At / 1000) {
			continue
		}
		for _, a := range e.Arms {
			switch {
			case a.Layer != l.Name:
			case arm == "":
				arm = a.Name
			case arm != a.Name:
				s.Excluded.Crossed++
				return
			}
		}
		if e.Kind == event.Exposure && e.Layer == l.Name && first < 0 {
			first = i
		}
	}
	if first < 0 || arm == "" {
		return
	}
	at, in := l.Assign(events[0].Visitor)
	if !in || l.Arms[at].Name != arm {
		s.Excluded.Mistaken++
		return
	}
	for first > 0 && events[first-1].Session == events[first].Session {
		first--
	}
	v := Visitor{Arm: at}
	past := counter{head: head, lists: lists, undone: undone, buyer: buyer{currency: currency}}
	for i := range events[:first] {
		past.add(&events[i])
	}
	v.Before = past.sum
	now := counter{head: head, lists: lists, undone: undone, buyer: buyer{currency: currency}, teams: l.Arms[at].Interleave}
	for i := first; i < len(events); i++ {
		e := &events[i]
		if !l.Active(e.At / 1000) {
			continue
		}
		day := int((e.At - int64(l.Start)*1000) / dayMillis)
		k, there := slices.BinarySearchFunc(v.Days, day, func(d Day, day int) int { return cmp.Compare(d.Day, day) })
		if !there {
			v.Days = slices.Insert(v.Days, k, Day{Day: day})
		}
		if e.Kind == event.Exposure && e.Layer == l.Name {
			v.Times++
		}
		now.sum = v.Days[k].Counts
		now.add(e)
		v.Days[k].Counts = now.sum
	}
	v.Credit = now.credit
	s.Visitors = append(s.Visitors, v)
}

// card is an item on a list.
type card struct {
	list string
	item catalog.ID
}

// counter counts one visitor's events, which come in their order.
type counter struct {
	head   map[catalog.ID]bool
	lists  []string
	undone map[event.ID]bool
	teams  []string

	sum     Counts
	credit  [2]float64
	session event.ID
	seen    map[card]bool // cards of the session, and whether they were clicked
	judged  map[catalog.ID]bool
	buyer   buyer
}

// add counts one event.
func (c *counter) add(e *feedback.Event) {
	c.sum.Present = 1
	if e.Session != c.session || c.seen == nil {
		c.session, c.seen = e.Session, map[card]bool{}
	}
	if len(c.lists) > 0 && (e.Place == nil || !slices.Contains(c.lists, e.Place.List)) || c.undone[e.ID] {
		return
	}
	switch e.Kind {
	case event.Impression, event.Click:
		if e.Place != nil {
			c.card(e)
		}
	case event.Purchase, event.Return:
		c.buyer.add(&c.sum, e)
	case event.Rate, event.Like, event.Dislike, event.NotInterested:
		if c.judged == nil {
			c.judged = map[catalog.ID]bool{}
		}
		if c.judged[e.Item] {
			return
		}
		c.judged[e.Item] = true
		c.sum.Opinions++
		if e.Kind == event.Rate {
			c.sum.Ratings++
			c.sum.Stars += float64(e.Stars)
		}
		if e.Kind == event.Like || e.Kind == event.Rate && e.Stars >= likedStars {
			c.sum.Likes++
		}
	}
}

// card counts an impression or a click.
func (c *counter) card(e *feedback.Event) {
	k := card{e.Place.List, e.Item}
	clicked, shown := c.seen[k]
	switch {
	case e.Kind == event.Impression && !shown:
		c.seen[k] = false
		c.sum.Impressions++
		if !c.head[e.Item] {
			c.sum.Tail++
		}
	case e.Kind == event.Click && shown && !clicked:
		c.seen[k] = true
		c.sum.Clicks++
		for i, team := range c.teams {
			if e.Place.Team == team {
				c.credit[i]++
			}
		}
	}
}
