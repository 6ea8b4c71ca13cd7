package pipeline

import "testing"

// TestMeasuringEndsBeforeTraining holds that what is compared does not grow with the
// catalog, up to where a figure would be of too few users.
func TestMeasuringEndsBeforeTraining(t *testing.T) {
	for items, want := range map[int]int{1: 10_000, 10_000: 10_000, 62_000: 10_000, 200_000: 3_100, 1_000_000: 620, 10_000_000: 600} {
		if got := mostMeasured(items); got != want {
			t.Errorf("%d users measure a catalog of %d items, want %d", got, items, want)
		}
	}
}
