package evaluation

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"sparrow/build/dataset"
)

// GlobalTime cuts the days that d spans, in UTC, at two moments for all users: the
// last share test of them is judged by, the share valid before it tuned by. Rows of a
// user or an item that Train does not have are left out and counted.
func GlobalTime(d *dataset.Dataset, l Labels, valid, test float64) (*Split, error) {
	if err := NeedsTimes(d, "the global time split", randomPresets); err != nil {
		return nil, err
	}
	if valid <= 0 || test <= 0 || valid+test >= 1 {
		return nil, fmt.Errorf("evaluation: the shares %g and %g of a time split must be above 0 and leave something to learn from", valid, test)
	}
	first, last := uint32(math.MaxUint32), uint32(0)
	for u := range d.Users {
		for _, e := range d.Of(u) {
			first, last = min(first, e.At/day), max(last, e.At/day)
		}
	}
	if first > last {
		return nil, errors.New("evaluation: no interactions to split")
	}
	after := func(share float64) uint32 { // first second after the cut
		return (first + uint32((1-share)*float64(last-first)+1e-9) + 1) * day
	}
	s := &Split{Protocol: "global time split", Data: d}
	view := *d
	view.End = slices.Clone(d.End)
	for u := range d.Users {
		e := d.Of(u)
		view.End[u] = d.Start[u] + sort.Search(len(e), func(i int) bool { return e[i].At >= after(valid+test) })
	}
	s.Train, s.Fit = &view, l.rows(&view)

	known := make([]bool, d.Catalog.Len())
	for u := range d.Users {
		for _, e := range view.Of(u) {
			known[e.Row] = true
		}
	}
	for _, x := range l.rows(d) {
		e := d.Interactions[x.At]
		switch {
		case x.At < view.End[x.User]:
		case view.Start[x.User] == view.End[x.User]:
			s.ColdUsers++
		case !known[e.Row]:
			s.ColdItems++
		case e.At < after(test):
			s.Valid = append(s.Valid, x)
		default:
			s.Test = append(s.Test, x)
		}
	}
	if len(s.Test) == 0 || len(s.Valid) == 0 {
		return nil, errors.New("evaluation: the time split leaves nothing to tune or to judge by: no user who was there before has rated after the cuts")
	}
	return s, nil
}

const day = 24 * 60 * 60 // seconds

// Core returns d without users and items that have fewer than k liked rows, again
// and again until all have as many.
func Core(d *dataset.Dataset, l Labels, k int) *dataset.Dataset {
	for {
		users, items := make([]int, len(d.Users)), make([]int, d.Catalog.Len())
		for _, x := range l.rows(d) {
			if x.Liked {
				users[x.User]++
				items[d.Interactions[x.At].Row]++
			}
		}
		of, all := make([]int, len(d.Interactions)), 0
		for u := range d.Users {
			for at := d.Start[u]; at < d.End[u]; at++ {
				of[at] = u
				all++
			}
		}
		part, kept := keep(d, func(at int) bool { return users[of[at]] >= k && items[d.Interactions[at].Row] >= k })
		if len(kept) == all {
			return part
		}
		d = part
	}
}
