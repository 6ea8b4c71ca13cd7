package crowd

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/build/dataset"
)

// TestThreeThirds has three users whose second item counts a third each, and
// one for whom it counts in full: the crowd's counts are the same.
func TestThreeThirds(t *testing.T) {
	once := []dataset.Interaction{{Row: 0, At: 100}, {Row: 1, At: 200, Stars: 7}}
	thirds := []dataset.Interaction{{Row: 0, At: 100, Part: 255 / 3}, {Row: 1, At: 200, Stars: 7, Part: 255 / 3}}
	a, b := of(2, once), of(2, thirds, thirds, thirds)
	if diff := cmp.Diff(Statistics(a, 50), Statistics(b, 50)); diff != "" {
		t.Errorf("Statistics (-once in full +three thirds):\n%s", diff)
	}
	opt := TransitionOptions{Window: 2, Smoothing: 1, Longest: 2, Least: 0.1}
	if diff := cmp.Diff(Transition(a, opt), Transition(b, opt)); diff != "" {
		t.Errorf("Transition (-once in full +three thirds):\n%s", diff)
	}
}
