package evaluation

import (
	"fmt"
	"slices"
	"sort"

	"sparrow/build/dataset"
)

// Everybody cuts d at two moments for all users so that the newest share test of
// the labelled rows is judged by and the share valid before it tuned by. No
// user is left out: a model that represents users by their history has to serve
// new ones too, from the first row that has a history of two opinions. Rows at the
// same second stay together.
func Everybody(d *dataset.Dataset, l Labels, valid, test float64) (*Split, error) {
	if err := NeedsTimes(d, "the global time split", randomPresets); err != nil {
		return nil, err
	}
	if valid <= 0 || test <= 0 || valid+test >= 1 {
		return nil, fmt.Errorf("evaluation: the shares %g and %g of a time split must be above 0 and leave something to learn from", valid, test)
	}
	rows := slices.DeleteFunc(l.rows(d), func(x Example) bool { return !opinions(d.Interactions[d.Start[x.User]:x.At], 2) })
	times := make([]uint32, len(rows))
	for i, x := range rows {
		times[i] = d.Interactions[x.At].At
	}
	slices.Sort(times)
	cut := func(share float64) uint32 { return times[min(len(times)-1, int((1-share)*float64(len(times))+1e-9))] }
	if len(times) < 3 || cut(valid+test) == times[0] || cut(test) == cut(valid+test) {
		return nil, fmt.Errorf("evaluation: %d rows with stars, of users with two opinions before them, have too few moments to split in time", len(rows))
	}
	s := &Split{Protocol: "global time split, strangers served", Data: d}
	view := *d
	view.End = slices.Clone(d.End)
	for u := range d.Users {
		e := d.Of(u)
		view.End[u] = d.Start[u] + sort.Search(len(e), func(i int) bool { return e[i].At >= cut(valid+test) })
	}
	s.Train = &view
	for _, x := range rows {
		switch at := d.Interactions[x.At].At; {
		case at < cut(valid+test):
			s.Fit = append(s.Fit, x)
		case at < cut(test):
			s.Valid = append(s.Valid, x)
		default:
			s.Test = append(s.Test, x)
		}
	}
	return s, nil
}

// opinions reports whether n or more of events count in full.
func opinions(events []dataset.Interaction, n int) bool {
	for _, e := range events {
		if e.Part == 0 {
			n--
		}
		if n <= 0 {
			return true
		}
	}
	return false
}
