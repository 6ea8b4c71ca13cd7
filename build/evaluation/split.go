package evaluation

import (
	"math/rand/v2"
	"sort"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// Labels select which opinions are liked: those of at least Liked half stars, and not
// liked: those of at most Disliked, from 1. What lies between has no label, and
// neither has what counts in part only. The zero value likes all, also without stars.
type Labels struct{ Liked, Disliked uint8 }

// Labels in use.
var (
	AtLeastFour         = Labels{8, 7} // 4 stars and more
	AtLeastThreeAndHalf = Labels{7, 6}
	ButThree            = Labels{7, 5} // more than 3 stars against less
)

// Of returns the label of an interaction and whether it has one.
func (l Labels) Of(i dataset.Interaction) (liked, ok bool) {
	liked = i.Stars >= l.Liked
	return liked, i.Part == 0 && (liked || i.Stars > 0 && i.Stars <= l.Disliked)
}

// rows returns the labelled rows of d, by user, oldest first.
func (l Labels) rows(d *dataset.Dataset) []Example {
	var rows []Example
	for u := range d.Users {
		for at := d.Start[u]; at < d.End[u]; at++ {
			if liked, ok := l.Of(d.Interactions[at]); ok {
				rows = append(rows, Example{u, at, liked})
			}
		}
	}
	return rows
}

// Split is a data set cut into what is learned from and what judges it.
type Split struct {
	Protocol string
	Data     *dataset.Dataset // what was cut; each Example.At indexes its Interactions
	Train    *dataset.Dataset // what may be learned from, with the catalog and the users of Data

	// Labelled rows, by user, oldest first: to fit a pointwise model to, all in Train;
	// to tune it by; to judge it by, neither in Train. Drawn rows of Fit may repeat.
	Fit, Valid, Test []Example

	ColdUsers, ColdItems int // rows that the protocol leaves out of Valid and Test because Train does not have the user, or else the item

	kept []int // place in Data.Interactions of each of Train; nil where the split is in time
}

// Past returns what may be known of the user of row x when x happens, oldest first:
// where the split is in time, all that they did before, be it in Train or not, as it is
// in service; else what Train has of it. The slice is shared.
func (s *Split) Past(x Example) []dataset.Interaction {
	if s.kept == nil {
		return s.Data.Interactions[s.Data.Start[x.User]:x.At:x.At]
	}
	from, end := s.Train.Start[x.User], s.Train.End[x.User]
	end = from + sort.SearchInts(s.kept[from:end], x.At)
	return s.Train.Interactions[from:end:end]
}

// Cases returns the same split as questions for lists, one for each user with a liked
// row in Test and a history: their past at the first of their rows where the split is
// in time, else all of theirs that Train has, of which some is then newer than the answers.
func (s *Split) Cases() []Case {
	var cases []Case
	for from := 0; from < len(s.Test); {
		u, to := s.Test[from].User, from
		var relevant []catalog.Row
		for ; to < len(s.Test) && s.Test[to].User == u; to++ {
			if x := s.Test[to]; x.Liked {
				relevant = append(relevant, s.Data.Interactions[x.At].Row)
			}
		}
		past := s.Train.Of(u)
		if s.kept == nil {
			past = s.Past(s.Test[from])
		}
		if h := History(past); len(h) > 0 && len(relevant) > 0 {
			cases = append(cases, Case{u, h, relevant})
		}
		from = to
	}
	return cases
}

// HoldValid moves the given share of the rows of a random split that Fit has from
// there and from Train to Valid. It panics if there is a Valid already.
func (s *Split) HoldValid(share float64, seed uint64) {
	if s.kept == nil || s.Valid != nil {
		panic("evaluation: the split has rows to tune by")
	}
	var rows []Example // of Fit, each once
	for i, x := range s.Fit {
		if i == 0 || x.At != s.Fit[i-1].At {
			rows = append(rows, x)
		}
	}
	held := make([]bool, len(s.Data.Interactions))
	for _, i := range drawn(len(rows), share, seed) {
		held[rows[i].At] = true
	}
	fit := s.Fit
	s.Fit = nil
	for i, x := range fit {
		switch {
		case !held[x.At]:
			s.Fit = append(s.Fit, x)
		case i == 0 || x.At != fit[i-1].At:
			s.Valid = append(s.Valid, x)
		}
	}
	for _, x := range s.Test {
		held[x.At] = true
	}
	s.Train, s.kept = keep(s.Data, func(at int) bool { return !held[at] })
}

// drawn returns the given share of the numbers below n, rounded, in random order.
func drawn(n int, share float64, seed uint64) []int {
	return rand.New(rand.NewPCG(seed, 0)).Perm(n)[:int(share*float64(n)+0.5)]
}

// heldOut returns the split of d in which test holds of each of rows whether it is of
// Test; what has no label stays in Train.
func heldOut(protocol string, d *dataset.Dataset, rows []Example, test []bool) *Split {
	s := &Split{Protocol: protocol, Data: d}
	held := make([]bool, len(d.Interactions))
	for i, x := range rows {
		if test[i] {
			s.Test = append(s.Test, x)
			held[x.At] = true
		} else {
			s.Fit = append(s.Fit, x)
		}
	}
	s.Train, s.kept = keep(d, func(at int) bool { return !held[at] })
	return s
}

// keep returns a data set with the interactions of d whose place in d it is to have,
// and those places. Catalog and users are those of d.
func keep(d *dataset.Dataset, in func(at int) bool) (*dataset.Dataset, []int) {
	part := *d
	part.Interactions, part.Start, part.End = nil, make([]int, len(d.Users)), make([]int, len(d.Users))
	places := []int{}
	for u := range d.Users {
		part.Start[u] = len(places)
		for at := d.Start[u]; at < d.End[u]; at++ {
			if in(at) {
				places = append(places, at)
				part.Interactions = append(part.Interactions, d.Interactions[at])
			}
		}
		part.End[u] = len(places)
	}
	return &part, places
}

// InTime reports whether the split is in time: what judges is all later than what is
// learned from.
func (s *Split) InTime() bool { return s.kept == nil }
