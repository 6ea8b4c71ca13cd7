package evaluation

import (
	"math"
	"testing"
)

// near reports whether got is want up to rounding.
func near(got, want float64) bool { return math.Abs(got-want) < 1e-12 }

// Items 1, 2 and 3 are relevant. The values follow from the definitions: of
// 1, 9, 2 two are hits, at ranks 1 and 3, so that precision at 3 is 2/3, recall 2/3,
// F1 2/3, and average precision (1/1 + 2/3)/3.
func TestAccuracyOfLists(t *testing.T) {
	tests := []struct {
		name                  string
		ranked, relevant      list
		k                     int
		precision, recall, f1 float64
		ap                    float64
	}{
		{"two of three", list{1, 9, 2}, list{1, 2, 3}, 3, 2.0 / 3, 2.0 / 3, 2.0 / 3, (1 + 2.0/3) / 3},
		{"cut at 1: the list can hold one", list{1, 9, 2}, list{1, 2, 3}, 1, 1, 1.0 / 3, 0.5, 1},
		{"the divisor is k, not the list's length", list{1}, list{1, 2, 3}, 10, 0.1, 1.0 / 3, 2 * 0.1 / 3 / (0.1 + 1.0/3), 1.0 / 3},
		{"the divisor is k, not what is relevant", list{8, 1, 9, 7}, list{1}, 4, 0.25, 1, 0.4, 0.5},
		{"no hit", list{8, 9}, list{1}, 2, 0, 0, 0, 0},
		{"nothing recommended", nil, list{1}, 5, 0, 0, 0, 0},
		{"nothing relevant", list{8, 9}, nil, 2, 0, 0, 0, 0},
		{"all relevant first", list{2, 3, 1, 9}, list{1, 2, 3}, 4, 0.75, 1, 6.0 / 7, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Precision(tt.ranked, tt.relevant, tt.k); !near(got, tt.precision) {
				t.Errorf("Precision(%v, %v, %d) = %g, want %g", tt.ranked, tt.relevant, tt.k, got, tt.precision)
			}
			if got := Recall(tt.ranked, tt.relevant, tt.k); !near(got, tt.recall) {
				t.Errorf("Recall(%v, %v, %d) = %g, want %g", tt.ranked, tt.relevant, tt.k, got, tt.recall)
			}
			if got := F1(tt.ranked, tt.relevant, tt.k); !near(got, tt.f1) {
				t.Errorf("F1(%v, %v, %d) = %g, want %g", tt.ranked, tt.relevant, tt.k, got, tt.f1)
			}
			if got := AP(tt.ranked, tt.relevant, tt.k); !near(got, tt.ap) {
				t.Errorf("AP(%v, %v, %d) = %g, want %g", tt.ranked, tt.relevant, tt.k, got, tt.ap)
			}
		})
	}
}
