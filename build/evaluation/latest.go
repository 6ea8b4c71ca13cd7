package evaluation

import (
	"errors"
	"slices"

	"sparrow/build/dataset"
)

// LatestRating judges by each user's newest opinion and tunes by the one before it,
// where they have labels; both are out of Train also where they have none. A user
// keeps at least one interaction in Train, and one whose newest interaction counts
// in part only keeps all.
func LatestRating(d *dataset.Dataset, l Labels) (*Split, error) {
	if err := NeedsTimes(d, "the latest rating", randomPresets); err != nil {
		return nil, err
	}
	s := &Split{Protocol: "latest rating of each user", Data: d}
	view := *d
	view.End = slices.Clone(d.End)
	s.Train = &view
	for _, rows := range []*[]Example{&s.Test, &s.Valid} {
		for u := range d.Users {
			at := view.End[u] - 1
			if at <= d.Start[u] || d.Interactions[at].Part != 0 {
				continue
			}
			view.End[u] = at
			if liked, ok := l.Of(d.Interactions[at]); ok {
				*rows = append(*rows, Example{u, at, liked})
			}
		}
	}
	s.Fit = l.rows(s.Train)
	if len(s.Test) == 0 {
		return nil, errors.New("evaluation: no user's newest rating has a label")
	}
	return s, nil
}
