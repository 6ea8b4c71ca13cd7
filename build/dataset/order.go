package dataset

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"sparrow/wasm/catalog"
)

// Order is what the times of a data set say of the order in which each user did
// what they did.
type Order struct {
	Times   string  `json:"times"`       // Given, NoTimes, EqualTimes or RowNumbers
	Users   int     `json:"users"`       // with two interactions or more
	Unknown int     `json:"unknown"`     // of those, with fewer than half of the pairs of their interactions in order
	Pairs   float64 `json:"known_pairs"` // mean over those users of the share of their pairs in order
	Steps   int     `json:"steps"`       // from an interaction of theirs to a later one that comes next
	Rising  float64 `json:"rising"`      // share of those that lead to an item further down in the catalog
	Random  bool    `json:"random"`      // the times are not used: see [Dataset.Timeless]
}

// What the times of a data set are.
const (
	Given      = "given"
	NoTimes    = "none"        // all empty, or 0
	EqualTimes = "equal"       // all that are given are one moment
	RowNumbers = "row numbers" // they count the rows of the file
)

// suspicious is the share of steps down the catalog, or up, from which on times seem
// to be made from rows that were sorted by item; fewestSteps is of how many.
const (
	suspicious  = 0.95
	fewestSteps = 100
)

// mostUnknown is the share of users of unknown order above which times are not used.
const mostUnknown = 0.1

// Timeless reports whether d has no usable times: none at all, numbers of rows in
// their place, or an unknown order of more than a tenth of the users. All times are
// 0 then, and the interactions of each user stand in an order that says nothing:
// the last one is one drawn at random.
func (d *Dataset) Timeless() bool { return d.Order.Random }

// String returns o as a sentence for people.
func (o Order) String() string {
	if o.Random {
		return o.Why() + "; no order is learned, and what is held out to measure with is drawn at random instead of the newest"
	}
	return o.Why()
}

// Why returns why the times are used or not, as a part of a sentence.
func (o Order) Why() string {
	switch {
	case o.Times == NoTimes:
		return "the data have no times"
	case o.Times == EqualTimes:
		return "all times are equal"
	case o.Times == RowNumbers:
		return "the times are the numbers of the rows and do not say when anything was done"
	case o.Random:
		return fmt.Sprintf("of %d of %d users, more than a tenth, fewer than half of the pairs of their interactions differ in time", o.Unknown, o.Users)
	}
	known := fmt.Sprintf("the times put %.1f %% of the pairs of a user's interactions in order, on average; the order of %d of %d users is unknown",
		100*o.Pairs, o.Unknown, o.Users)
	if one := max(o.Rising, 1-o.Rising); o.Steps >= fewestSteps && one >= suspicious {
		known += fmt.Sprintf("; warning: %.1f %% of the steps from one to the next follow the order of the catalog: if the times were made from rows that were sorted by item, "+
			"that order is learned and rewarded, and the timestamp has to be left out", 100*one)
	}
	return known
}

// settle measures the order of d, of whose file numbered reports whether its times
// count its rows, and forgets times that say too little.
func (d *Dataset) settle(ids []catalog.ID, numbered bool) {
	o := Order{Times: NoTimes}
	first := uint32(0)
	for u := range d.Users {
		e := d.Of(u)
		for i := range e {
			switch at := e[i].At; {
			case first == 0:
				if first = at; at != 0 {
					o.Times = EqualTimes
				}
			case at != 0 && at != first:
				o.Times = Given
			}
		}
		if len(e) < 2 {
			continue
		}
		known, steps, rising := inOrder(e)
		o.Users++
		o.Steps += steps
		o.Rising += float64(rising)
		o.Pairs += known
		if known < 0.5 {
			o.Unknown++
		}
	}
	o.Pairs /= max(1, float64(o.Users))
	o.Rising /= max(1, float64(o.Steps))
	if numbered {
		o.Times = RowNumbers
	}
	o.Random = o.Times != Given || float64(o.Unknown) > mostUnknown*float64(o.Users)
	d.Order = o
	if o.Random {
		d.forgetTimes(ids)
	}
}

// inOrder returns the share of the pairs of e, which is sorted by time and has two
// elements at least, whose times are known and differ, and how many of them follow
// each other, and how many of those lead down the catalog.
func inOrder(e []Interaction) (share float64, steps, rising int) {
	pairs := func(n int) float64 { return float64(n) * float64(n-1) / 2 }
	timed, equal, run := 0, 0.0, 0
	for i := range e {
		if e[i].At == 0 {
			continue
		}
		timed++
		if i > 0 && e[i].At == e[i-1].At {
			run++
			continue
		}
		equal, run = equal+pairs(run), 1
		if i > 0 && e[i-1].At != 0 {
			steps++
			if e[i].Row > e[i-1].Row {
				rising++
			}
		}
	}
	return (pairs(timed) - equal - pairs(run)) / pairs(len(e)), steps, rising
}

// forgetTimes sets all times to 0 and sorts what each user did by lot. It changes
// the interactions in place.
func (d *Dataset) forgetTimes(ids []catalog.ID) {
	lots := newLots(ids)
	for u := range d.Users {
		e := d.Of(u)
		for i := range e {
			e[i].At = 0
		}
		lots.sort(d.Users[u], e)
	}
}

// lots draw which of two interactions of a user comes first where no time says
// it: by a fixed hash of the ids, so that the order of the rows in a file, which
// may be that of the items, teaches nothing, and changes nothing.
type lots []uint64 // [N] hash of each item's id

func newLots(ids []catalog.ID) lots {
	l := make(lots, len(ids))
	for r, id := range ids {
		l[r] = Lot(string(id))
	}
	return l
}

// Lot returns the hash of an id of a user or an item, by which the order of two
// interactions is drawn: FNV-1a of its bytes.
func Lot(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

// sort sorts what the user of that id did by time, ties by lot, and the same item
// again by stars: a total order, but for rows that are equal.
func (l lots) sort(user string, e []Interaction) {
	salt := Lot(user)
	slices.SortFunc(e, func(a, b Interaction) int {
		if a.At != b.At {
			return cmp.Compare(a.At, b.At)
		}
		return cmp.Or(cmp.Compare(mixed(salt+l[a.Row]), mixed(salt+l[b.Row])), cmp.Compare(a.Row, b.Row),
			cmp.Compare(a.Stars, b.Stars), cmp.Compare(a.Part, b.Part), cmp.Compare(a.Confidence, b.Confidence))
	})
}

// mixed spreads x over all 64 bits.
// Source: Steele et al., SplitMix, OOPSLA 2014.
func mixed(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// counting finds out whether the times of a file count its rows: all of them lie on
// one line over the row's place.
type counting struct {
	n          int
	row, at    int64 // of the first
	rows, step int64 // from the first to the second
	broken     bool
}

// fewestNumbered is how many rows must be numbered before it is no chance.
const fewestNumbered = 20

func (c *counting) add(row int, at uint32) {
	r, t := int64(row)-c.row, int64(at)-c.at
	switch c.n {
	case 0:
		c.row, c.at = int64(row), int64(at)
	case 1:
		c.rows, c.step = r, t
	default:
		c.broken = c.broken || t*c.rows != c.step*r
	}
	c.n++
}

// numbered reports whether the times count rows.
func (c *counting) numbered() bool { return !c.broken && c.n >= fewestNumbered && c.step != 0 }
