package feature_test

import (
	"slices"
	"testing"

	"sparrow/wasm/feature"
)

// TestInSittings: an hour without an event ends a sitting, and one that is too short joins
// its neighbour.
func TestInSittings(t *testing.T) {
	for _, c := range []struct {
		gaps []int64 // seconds before each event
		want []int   // events of each sitting of at least three
	}{
		{nil, nil},
		{[]int64{0}, []int{1}},
		{[]int64{0, 3600, 3600}, []int{3}},
		{[]int64{0, 1, 1, 3601, 1, 1}, []int{3, 3}},
		{[]int64{0, 1, 1, 3601, 1}, []int{5}},
		{[]int64{0, 3601, 1, 1}, []int{4}},
		{[]int64{0, 1, 1, 9999, 9999, 1, 1}, []int{4, 3}},
		{[]int64{0, 9999, 9999, 9999, 1, 1}, []int{3, 3}},
	} {
		var h feature.History
		at := int64(0)
		for i, g := range c.gaps {
			at += g
			h = append(h, feature.Event{Row: 0, Stars: float32(i), At: at})
		}
		var got []int
		var all feature.History
		for _, s := range h.InSittings(3) {
			got = append(got, len(s))
			all = append(all, s...)
		}
		if !slices.Equal(got, c.want) || !slices.Equal(all, h) {
			t.Errorf("gaps %v: sittings of %v, want %v", c.gaps, got, c.want)
		}
	}
}
