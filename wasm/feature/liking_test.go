package feature

import "testing"

// TestLiking: no stars and four are in full something to recommend, three partly, one
// not at all, and more stars never less.
func TestLiking(t *testing.T) {
	for stars, want := range map[float32]float32{0: 1, 0.5: 0, 1: 0, 1.5: 0, 3: 0.6, 4: 1, 5: 1} {
		if got := (Event{Stars: stars}).Liking(); got != want {
			t.Errorf("Liking of %g stars = %g, want %g", stars, got, want)
		}
	}
	for halves := 2; halves <= 10; halves++ {
		less, more := Event{Stars: float32(halves-1) / 2}, Event{Stars: float32(halves) / 2}
		if less.Liking() > more.Liking() {
			t.Errorf("%+v counts more than %+v", less, more)
		}
	}
}
