package examples

import (
	"testing"

	"sparrow/build/dataset"
	"sparrow/wasm/catalog"
)

// The original, Sparrow RecSys, computes an item's average stars over all ratings there are, and then
// trains and tests on rows made of the same ratings: the feature has seen the row's own
// label and what came after it. Of an item with one rating it is the label.
func TestOriginalAveragesTheAnswerIn(t *testing.T) {
	const before, moment, after = 10, 20, 30
	for _, test := range []struct {
		name           string
		ratings        []dataset.Interaction // of item 1; the row is the one at the moment
		original, want float32
	}{
		{"the only rating, liked", []dataset.Interaction{{At: moment, Stars: 10}}, 5, 3},
		{"the only rating, not liked", []dataset.Interaction{{At: moment, Stars: 2}}, 1, 3},
		{"one before and one after", []dataset.Interaction{{At: before, Stars: 8}, {At: moment, Stars: 4}, {At: after, Stars: 9}}, 3.5, 4},
		{"others at the same moment", []dataset.Interaction{{At: before, Stars: 8}, {At: moment, Stars: 10}, {At: moment, Stars: 9}}, 4.5, 4},
	} {
		// Item 0 has three stars from the beginning, the mean of all where item 1 has none.
		users := [][]dataset.Interaction{{{Row: 0, At: 1, Stars: 6}}}
		for _, e := range test.ratings {
			e.Row = 1
			users = append(users, []dataset.Interaction{e})
		}
		d := (&dataset.Dataset{Catalog: &catalog.Catalog{IDs: make([]catalog.ID, 2)}}).Join(make([]string, len(users)), users)
		var sum, count float32
		for _, e := range d.Interactions {
			if e.Row == 1 {
				sum, count = sum+float32(e.Stars)/2, count+1
			}
		}
		if sum/count != test.original {
			t.Errorf("%s: the original's average is %g, expected %g", test.name, sum/count, test.original)
		}

		s := NewStream(d)
		s.Advance(moment)
		totals := s.Totals()
		if got := s.Statistics().Crowd(1, &totals).AvgRating; got != test.want {
			t.Errorf("%s: the average as of the moment is %g, want %g", test.name, got, test.want)
		}
	}
}
