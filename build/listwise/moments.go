package listwise

import (
	"cmp"
	"slices"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// moment is a target: an interaction whose user had said something before.
type moment struct {
	user, at int // of the data set
	target   catalog.Row
	time     int64
	fold     int // of the user
	weight   float32
}

// moments returns those of each user's newest n interactions (see
// [dataset.Dataset.Targets]) that are something to recommend and have at least two
// of the profile before them, in the order of time, ties by user and position; of
// more than most they keep those of an evenly spaced choice of users.
func moments(d *dataset.Dataset, n, most int) []moment {
	var all []moment
	users := len(d.Start)
	every := max(1, (users*n+most-1)/most)
	for u := 0; u < users; u += every {
		said, first := 0, d.End[u]-d.Targets(u, n)
		for i := d.Start[u]; i < d.End[u]; i++ {
			e := d.Interactions[i]
			if said >= 2 && i >= first && e.Target() > 0 {
				all = append(all, moment{u, i, e.Row, int64(e.At), u / every % folds, float32(e.Target())})
			}
			if e.InProfile() {
				said++
			}
		}
	}
	slices.SortFunc(all, func(a, b moment) int {
		return cmp.Or(cmp.Compare(a.time, b.time), cmp.Compare(a.user, b.user), cmp.Compare(a.at, b.at))
	})
	return all
}

// historyBefore returns what the user of m said before its target, without what is in
// no profile: see [dataset.Interaction.InProfile].
func historyBefore(d *dataset.Dataset, m moment) feature.History {
	events := d.Interactions[d.Start[m.user]:m.at]
	h := make(feature.History, 0, len(events))
	for _, e := range events {
		if e.InProfile() {
			h = append(h, feature.Event{Row: e.Row, Stars: float32(e.Stars) / 2, At: int64(e.At)})
		}
	}
	return h
}
