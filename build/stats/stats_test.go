package stats

import (
	"math"
	"testing"
)

// TestMeanByHand: 1 to 5 have the mean 3 and the standard deviation √2.5; the
// table of Student's t gives 2.776 for 4 degrees of freedom.
func TestMeanByHand(t *testing.T) {
	i := Mean([]float64{1, 2, 3, 4, 5})
	half := 2.776445 * math.Sqrt(2.5/5)
	if i.Value != 3 || math.Abs(i.Low-(3-half)) > 1e-5 || math.Abs(i.High-(3+half)) > 1e-5 {
		t.Errorf("Mean of 1 to 5 = %v, want 3 ± %v", i, half)
	}
}

func TestMeanOfOneHasNoEnds(t *testing.T) {
	if i := Mean([]float64{7}); i.Value != 7 || !math.IsInf(i.Low, -1) || !math.IsInf(i.High, 1) {
		t.Errorf("Mean of 7 = %v, want 7 from -Inf to +Inf", i)
	}
}

func TestExcludes(t *testing.T) {
	i := Around(2, 1)
	for v, want := range map[float64]bool{0.9: true, 1: false, 2: false, 3: false, 3.1: true} {
		if got := i.Excludes(v); got != want {
			t.Errorf("%v excludes %v: %v, want %v", i, v, got, want)
		}
	}
}

func TestLogistic(t *testing.T) {
	for x, want := range map[float64]float64{0: 0.5, math.Log(3): 0.75, -math.Log(3): 0.25, 1000: 1, -1000: 0} {
		if got := Logistic(x); math.Abs(got-want) > 1e-15 {
			t.Errorf("Logistic(%v) = %v, want %v", x, got, want)
		}
	}
}
