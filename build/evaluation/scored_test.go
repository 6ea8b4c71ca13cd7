package evaluation

import (
	"slices"
	"testing"

	"sparrow/wasm/feature"
)

// The scores are ½ for item 0 and 1 for all others.
func TestScored(t *testing.T) {
	r := Scored("scored", 5, func() Scores {
		return func(dst []float32, _ feature.History) {
			for i := range dst {
				dst[i] = 1
			}
			dst[0] = 0.5
		}
	}).New()
	if got, want := r.Recommend(nil, 9), (list{1, 2, 3, 4, 0}); !slices.Equal(got, want) {
		t.Errorf("Recommend(nil, 9) = %v, want %v: equal scores by row", got, want)
	}
	h := feature.History{{Row: 2}}
	if got, want := r.Recommend(h, 3), (list{1, 3, 4}); !slices.Equal(got, want) {
		t.Errorf("Recommend(history 2, 3) = %v, want %v: what was seen is masked", got, want)
	}
	if got, want := r.(Chooser).Choose(h, list{4, 0, 2, 3}, 2), (list{3, 4}); !slices.Equal(got, want) {
		t.Errorf("Choose(history 2, of 4, 0, 2 and 3, 2) = %v, want %v", got, want)
	}
}
