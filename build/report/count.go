package report

import (
	"cmp"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

const (
	mostCards = 2000               // cards of one visitor that count, so that none decides alone
	credited  = 7 * 24 * time.Hour // after a click, in which what is done with its item is the list's
	liked     = 3.5                // stars from which on a rating speaks for an item
)

// counter counts a log.
type counter struct {
	from, until int64 // Unix milliseconds
	newest      string
	recent      int64 // from which on models count
	catalog     *catalog.Catalog
	currency    [3]byte
	foreign     int

	lists    map[string]*tally
	total    tally
	any      Deeds
	excess   int
	watchers int
	sessions int
	days     map[int64]*Day
	items    map[catalog.ID]*exposure
	models   map[event.Bundle]int
	starts   starts
}

func newCounter(s Sources, log *feedback.Log, from, until int64) *counter {
	c := &counter{
		from: from, until: until, newest: s.Service.Bundle, recent: max(from, until-recentDays*dayMillis), catalog: s.Catalog,
		lists: map[string]*tally{}, days: map[int64]*Day{}, items: map[catalog.ID]*exposure{}, models: map[event.Bundle]int{},
	}
	c.currency, c.foreign = log.Currency(c.within)
	return c
}

// within reports whether an event is in the time of the report.
func (c *counter) within(e *feedback.Event) bool { return e.At >= c.from && e.At < c.until }

// list returns the tally of a list.
func (c *counter) list(name string) *tally {
	t := c.lists[name]
	if t == nil {
		t = &tally{List: List{Name: name}}
		c.lists[name] = t
	}
	return t
}

// finish writes what was counted into r.
func (c *counter) finish(r *Report) {
	r.Watchers, r.Any, r.Foreign, r.Excess = c.watchers, c.any, c.foreign, c.excess
	if c.currency != ([3]byte{}) {
		r.Currency = string(c.currency[:])
	}
	for _, t := range c.lists {
		r.Total.Seen += t.Seen
		r.Total.Clicked += t.Clicked
		r.Total.Deeds.add(t.Deeds)
	}
	r.Lists, r.Others = ordered(c.lists)
	c.total.Seen, c.total.Clicked = r.Total.Seen, r.Total.Clicked
	r.Total.Name, r.Total.Visitors, r.Total.Sessions, r.Total.Rate = "all lists", c.watchers, c.sessions, c.total.rate()
	for _, day := range slices.Sorted(maps.Keys(c.days)) {
		r.Days = append(r.Days, *c.days[day])
	}
	r.Coverage = coverage(c.items, c.catalog)
	r.Starts, r.Models = c.starts.told(), c.modelsSeen()
}

// Model is a bundle that lists came of.
type Model struct {
	Bundle string  `json:"bundle"` // its SHA-256 in hex; "" for lists that no model answered on the device
	Seen   int     `json:"seen"`   // cards
	Share  float64 `json:"share"`
	Newest bool    `json:"newest"`
}

const (
	recentDays = 7
	mostModels = 10
)

// modelsSeen returns the models that cards were seen of lately; of those beyond the
// first ones only their share is missing.
func (c *counter) modelsSeen() (all []Model) {
	sum := 0
	for _, n := range c.models {
		sum += n
	}
	for b, n := range c.models {
		name := ""
		if b != (event.Bundle{}) {
			name = hex.EncodeToString(b[:])
		}
		all = append(all, Model{name, n, float64(n) / float64(sum), name != "" && name == c.newest})
	}
	slices.SortFunc(all, func(a, b Model) int {
		return cmp.Or(cmp.Compare(b.Seen, a.Seen), cmp.Compare(a.Bundle, b.Bundle))
	})
	return all[:min(len(all), mostModels)]
}

// Day is what happened on one day (UTC).
type Day struct {
	Date     string `json:"date"`     // 2006-01-02
	Visitors int    `json:"visitors"` // who saw a card
	Seen     int    `json:"seen"`
	Clicked  int    `json:"clicked"`
	Deeds           // of all items
}

const dayMillis = 24 * 60 * 60 * 1000

// day returns the day of a moment in Unix milliseconds.
func (c *counter) day(at int64) *Day {
	n := at / dayMillis
	d := c.days[n]
	if d == nil {
		d = &Day{Date: time.UnixMilli(at).UTC().Format(time.DateOnly)}
		c.days[n] = d
	}
	return d
}
