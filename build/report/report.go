// Package report tells the owner of a site what became of its lists: what was
// seen, chosen and bought, how fresh model and overlay are, and what was lost on
// the way. It is made of what the edge stored and of the folder of bundles, and
// says what neither of them can tell.
package report

import (
	"time"

	"sparrow/build/abtest"
	"sparrow/build/feedback"
	"sparrow/wasm/catalog"
)

// Sources are what a report is made of.
type Sources struct {
	Log         *feedback.Log    // with all visitors
	Read        *feedback.Report // of that log
	Catalog     *catalog.Catalog // of the newest bundle
	Service     Service
	Experiments []*abtest.Report

	From, Until time.Time // what happened from From up to Until counts
	Guard       feedback.Guard
	Visitors    int // that the site had in that time, by a count of the owner's own; 0 where that is not known
}

// Report is what is told. Figures are of visitors who agreed to share, since
// nothing is sent of others.
type Report struct {
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`
	Visitors int       `json:"visitors"` // devices that shared anything
	Watchers int       `json:"watchers"` // of them, that saw a card of a list
	Consent  *float64  `json:"consent"`  // devices that shared as a part of Sources.Visitors; nil where that is not known

	Lists    []List   `json:"lists"`    // the most seen first, at most mostLists
	Others   int      `json:"others"`   // lists beyond these, which Total has
	Total    List     `json:"total"`    // of all lists, without positions
	Any      Deeds    `json:"any"`      // what was done with items, whether a list had led to them or not
	Currency string   `json:"currency"` // of revenue; "" where purchases name none
	Foreign  int      `json:"foreign"`  // purchases with a value in other currencies, which no revenue has
	Excess   int      `json:"excess"`   // cards of one visitor beyond their first mostCards, which do not count
	Days     []Day    `json:"days"`     // those on which something happened, ascending
	Coverage Coverage `json:"coverage"`
	Starts   Starts   `json:"starts"`
	Models   []Model  `json:"models"` // that cards were seen of in the last days, the most seen first

	Service     Service           `json:"service"`
	Experiments []*abtest.Report  `json:"experiments"`
	Read        *feedback.Report  `json:"read"`
	Guarded     *feedback.Guarded `json:"guarded"`
	Notes       []string          `json:"notes"` // what must be known to read the figures, and what cannot be told
}

// serverSite is the site of events that the owner's own programs sent: no device
// and no list.
const serverSite = "server"

// New makes a report.
func New(s Sources) *Report {
	r := &Report{From: s.From, Until: s.Until, Service: s.Service, Experiments: s.Experiments, Read: s.Read}
	log, guarded := s.Log.Guard(s.Guard)
	r.Guarded = guarded
	from, until := s.From.UnixMilli(), s.Until.UnixMilli()
	r.Visitors = devices(s.Log, from, until)
	if s.Visitors > 0 {
		share := float64(r.Visitors) / float64(s.Visitors)
		r.Consent = &share
	}
	c := newCounter(s, log, from, until)
	for events := range log.Visitors() {
		c.visitor(events)
	}
	c.finish(r)
	r.Notes = notes(r, s)
	return r
}

// devices returns how many visitors did anything in a time, of a site and not of
// a program of the owner's.
func devices(log *feedback.Log, from, until int64) (n int) {
	for events := range log.Visitors() {
		for i := range events {
			if e := &events[i]; e.At >= from && e.At < until && e.Site != serverSite {
				n++
				break
			}
		}
	}
	return n
}
