package evaluation

import (
	"fmt"
	"slices"
	"sort"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

// Case is one question to a recommender: a history, and what the user chose
// after it. Items of the history are never relevant.
type Case struct {
	User     int
	History  feature.History
	Relevant []catalog.Row
}

// NeedsTimes returns an error if d is timeless: protocol cuts in time, take is what
// to take in its place.
func NeedsTimes(d *dataset.Dataset, protocol, take string) error {
	if !d.Timeless() {
		return nil
	}
	return fmt.Errorf("evaluation: %s judges by what is newest, which is not known: %s; take %s", protocol, d.Order.Why(), take)
}

// LeaveOneOutName names what [LeaveOneOut] is on d.
func LeaveOneOutName(d *dataset.Dataset) string {
	if d.Timeless() {
		return "random hold-out of one interaction a user"
	}
	return "leave-one-out"
}

// LeaveOneOut returns a case for each user with two interactions or more whose
// newest is an opinion: it is relevant, the ones before it are the history. An
// interaction that counts in part only, a click, is no answer to be measured by.
// Train on d.WithoutOpinions(1). On timeless data the newest is one drawn at random.
func LeaveOneOut(d *dataset.Dataset) []Case {
	var cases []Case
	for u := range d.Users {
		e := d.Of(u)
		if n := len(e); n >= 2 && e[n-1].Part == 0 {
			cases = append(cases, Case{u, History(e[:n-1]), []catalog.Row{e[n-1].Row}})
		}
	}
	return cases
}

// TimeSplit cuts d at one moment for all users: the newest share of the
// interactions, 0 < share < 1, is hidden. It returns what is left to train on
// and a case for each user who has interactions on both sides: those before are
// the history, the opinions after are relevant. No future is seen here, as it is in
// leave-one-out, where one user's past is another's future.
func TimeSplit(d *dataset.Dataset, share float64) (*dataset.Dataset, []Case, error) {
	if err := NeedsTimes(d, "the time split", "hold-out, k-fold or bootstrap"); err != nil {
		return nil, nil, err
	}
	if share <= 0 || share >= 1 {
		return nil, nil, fmt.Errorf("evaluation: the share of the time split must be between 0 and 1, not %g", share)
	}
	var times []uint32
	for u := range d.Users {
		for _, e := range d.Of(u) {
			times = append(times, e.At)
		}
	}
	if len(times) == 0 {
		return nil, nil, fmt.Errorf("evaluation: no interactions to split")
	}
	slices.Sort(times)
	cut := times[int(float64(len(times))*(1-share))]

	train := *d
	train.End = slices.Clone(d.End)
	var cases []Case
	for u := range d.Users {
		e := d.Of(u)
		n := sort.Search(len(e), func(i int) bool { return e[i].At >= cut })
		train.End[u] = d.Start[u] + n
		if n == 0 || n == len(e) {
			continue
		}
		c := Case{User: u, History: History(e[:n])}
		for _, x := range e[n:] {
			if x.Part == 0 {
				c.Relevant = append(c.Relevant, x.Row)
			}
		}
		if len(c.Relevant) > 0 {
			cases = append(cases, c)
		}
	}
	return &train, cases, nil
}

// Unseen returns how many of the answers of cases are items that train has of no
// one, and how many answers there are: a model that only counts cannot find the
// former, be it as good as it may.
func Unseen(train *dataset.Dataset, cases []Case) (unseen, answers int) {
	seen := make([]bool, train.Catalog.Len())
	for u := range train.Users {
		for _, e := range train.Of(u) {
			seen[e.Row] = true
		}
	}
	for _, c := range cases {
		for _, r := range c.Relevant {
			if answers++; !seen[r] {
				unseen++
			}
		}
	}
	return unseen, answers
}

// History returns interactions as the engine represents them, without those that are in no
// profile: see [dataset.Interaction.InProfile].
func History(events []dataset.Interaction) feature.History {
	h := make(feature.History, 0, len(events))
	for _, e := range events {
		if e.InProfile() {
			h = append(h, feature.Event{Row: e.Row, Stars: float32(e.Stars) / 2, At: int64(e.At)})
		}
	}
	return h
}
