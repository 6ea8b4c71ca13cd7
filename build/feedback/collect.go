package feedback

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"io"
	"slices"
	"strings"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// collector takes records and makes a log of them.
type collector struct {
	o       Options
	report  Report
	events  []Event
	letters []Letter
	seen    map[[sha256.Size]byte]bool // dead letters
	erased  map[event.Visitor]int64

	texts  map[string]string // one copy of each text that many events have
	places map[event.Place]*event.Place
	arms   map[string][]event.Arm
}

func newCollector(o Options) *collector {
	return &collector{
		o:      o,
		report: Report{Torn: []Damage{}, Damaged: []Damage{}},
		seen:   make(map[[sha256.Size]byte]bool), erased: make(map[event.Visitor]int64),
		texts: make(map[string]string), places: make(map[event.Place]*event.Place), arms: make(map[string][]event.Arm),
	}
}

// segment takes all records of one.
func (c *collector) segment(ctx context.Context, name string, r io.Reader, before, all int64) error {
	c.report.Segments++
	var torn, damaged []Damage // one at most: the first place, and all bytes
	lost := func(d Damage, tail bool) {
		list := &damaged
		if tail {
			list = &torn
		}
		if len(*list) == 0 {
			*list = append(*list, d)
		} else {
			(*list)[0].Lost += d.Lost
		}
	}
	var size int64
	err := records(ctx, name, r, c.record, lost, func(n int64) {
		size = n
		if c.o.Progress != nil {
			c.o.Progress(before+n, all)
		}
	})
	c.report.Bytes += size
	c.report.Torn = append(c.report.Torn, torn...)
	c.report.Damaged = append(c.report.Damaged, damaged...)
	if c.o.Lines != nil {
		for _, d := range slices.Concat(damaged, torn) {
			c.o.Lines(d.String())
		}
	}
	return err
}

func (c *collector) record(r event.Record) {
	c.report.Records++
	site := c.text(r.Site)
	if r.Erase != nil {
		c.erased[*r.Erase] = max(c.erased[*r.Erase], r.Received)
	}
	for _, raw := range r.Events {
		e, err := event.Decode(raw)
		if err != nil {
			c.letter(Letter{site, r.Received, "stored as good: " + err.Error(), raw})
			continue
		}
		c.report.Received++
		at := r.At(&e)
		c.share(&e)
		c.events = append(c.events, Event{e, site, at, r.Received, r.Network})
	}
	for _, l := range r.Dead {
		c.letter(Letter{site, r.Received, l.Reason, l.Raw})
	}
}

// letter keeps a dead letter unless the same bytes have come before: a batch
// that is sent again brings its dead letters again.
func (c *collector) letter(l Letter) {
	sum := sha256.Sum256(l.Raw)
	if c.seen[sum] {
		return
	}
	c.seen[sum] = true
	l.Reason, l.Raw = c.text(l.Reason), bytes.Clone(l.Raw)
	c.letters = append(c.letters, l)
}

// share makes e point at copies that many events have in common.
func (c *collector) share(e *event.Event) {
	e.Item = catalog.ID(c.text(string(e.Item)))
	e.Kind, e.Of = event.Kind(c.text(string(e.Kind))), event.Kind(c.text(string(e.Of)))
	e.Layer = c.text(e.Layer)
	if len(e.Arms) > 0 {
		var key strings.Builder
		for _, a := range e.Arms {
			key.WriteString(a.Layer + "\x00" + a.Name + "\x00")
		}
		if _, ok := c.arms[key.String()]; !ok {
			c.arms[key.String()] = slices.Clone(e.Arms)
		}
		e.Arms = c.arms[key.String()]
	}
	if p := e.Place; p != nil {
		p.List, p.Source, p.Team = c.text(p.List), c.text(p.Source), c.text(p.Team)
		if p.Propensity == 0 { // else hardly one is like another
			if _, ok := c.places[*p]; !ok {
				c.places[*p] = p
			}
			e.Place = c.places[*p]
		}
	}
}

func (c *collector) text(s string) string {
	if known, ok := c.texts[s]; ok {
		return known
	}
	s = strings.Clone(s)
	c.texts[s] = s
	return s
}

// log hands over what was collected.
func (c *collector) log() *Log {
	c.report.Erasures = len(c.erased)
	c.erase()
	c.deduplicate()
	slices.SortFunc(c.events, func(a, b Event) int {
		return cmp.Or(
			bytes.Compare(a.Visitor[:], b.Visitor[:]), bytes.Compare(a.Session[:], b.Session[:]),
			cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.At, b.At),
			bytes.Compare(a.ID[:], b.ID[:]), cmp.Compare(a.Received, b.Received))
	})
	slices.SortStableFunc(c.letters, func(a, b Letter) int { return cmp.Compare(a.Received, b.Received) })
	c.report.describe(c.events)
	reasons := make(map[string]int)
	for _, l := range c.letters {
		reasons[l.Reason]++
	}
	c.report.Dead = sorted(reasons)
	return &Log{c.events, c.letters, c.erased}
}

// erase drops what visitors wanted deleted, also what came after their wish: it
// was under way then, as a device that shares again does so under a new secret.
func (c *collector) erase() {
	if len(c.erased) == 0 {
		return
	}
	n := len(c.events)
	c.events = slices.DeleteFunc(c.events, func(e Event) bool {
		_, gone := c.erased[e.Visitor]
		return gone
	})
	c.report.Erased = n - len(c.events)
	c.letters = slices.DeleteFunc(c.letters, func(l Letter) bool { return names(l, c.erased) })
}

// names reports whether the 16 bytes of a visitor who wanted everything deleted
// are anywhere in l.
func names(l Letter, erased map[event.Visitor]int64) bool {
	for i := 0; i+len(event.Visitor{}) <= len(l.Raw); i++ {
		if _, gone := erased[event.Visitor(l.Raw[i:i+16])]; gone {
			return true
		}
	}
	return false
}

// deduplicate keeps of the events of one id the one that arrived first, and
// any that arrived later than Window after the last that was kept; of those
// that arrived in the same millisecond the one that was read first.
func (c *collector) deduplicate() {
	order := make([]uint32, len(c.events))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		x, y := &c.events[a], &c.events[b]
		return cmp.Or(bytes.Compare(x.ID[:], y.ID[:]), cmp.Compare(x.Received, y.Received), cmp.Compare(a, b))
	})
	again := make([]bool, len(c.events))
	var last *Event
	for _, i := range order {
		e := &c.events[i]
		if last != nil && e.ID == last.ID && e.Received-last.Received <= Window.Milliseconds() {
			again[i] = true
			c.report.Duplicates++
			continue
		}
		last = e
	}
	kept := c.events[:0]
	for i, drop := range again {
		if !drop {
			kept = append(kept, c.events[i])
		}
	}
	clear(c.events[len(kept):])
	c.events = kept
}
