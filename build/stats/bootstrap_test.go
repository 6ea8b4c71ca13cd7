package stats

import (
	"math"
	"testing"
)

// TestBootstrap: of 400 values of which a quarter is 1, the standard error is √(.25·.75/400) =
// .0217, and the interval reaches some 1.96 of it to both sides.
func TestBootstrap(t *testing.T) {
	values := make([]float64, 400)
	for i := range values {
		values[i] = float64(max(0, i%4-2))
	}
	i := Bootstrap(values, 2000, 1)
	if i.Value != .25 || math.Abs(i.Low-(.25-.0424)) > .006 || math.Abs(i.High-(.25+.0424)) > .006 {
		t.Errorf("Bootstrap = %+v, want .25, .2076 to .2924", i)
	}
	if again := Bootstrap(values, 2000, 1); again != i {
		t.Errorf("the same seed gives %+v and %+v", i, again)
	}
	if i := Bootstrap(nil, 100, 1); i != (Interval{}) {
		t.Errorf("of nothing: %+v", i)
	}
	if i := Bootstrap([]float64{3, 3}, 40, 1); i != (Interval{3, 3, 3}) {
		t.Errorf("of equal values: %+v", i)
	}
}
