package evaluation

import (
	"strings"
	"testing"

	"sparrow/build/dataset"
)

// TestTimelessData: protocols that cut in time refuse data without times and name
// others, which do; leaving one out is called what it is.
func TestTimelessData(t *testing.T) {
	d := dataset.Synthetic(dataset.Shape{Seed: 1, Users: 60, Items: 40, Interactions: 900, Groups: 2})
	if name := LeaveOneOutName(d); name != "leave-one-out" {
		t.Errorf("with times leaving one out is called %q", name)
	}
	for _, p := range Presets {
		if _, err := p.Split(d, 1); err != nil {
			t.Errorf("%s with times: %v", p.Name, err)
		}
	}
	d.Order = dataset.Order{Times: dataset.NoTimes, Random: true}
	if name := LeaveOneOutName(d); !strings.Contains(name, "random hold-out") {
		t.Errorf("without times leaving one out is called %q", name)
	}
	for _, p := range Presets {
		s, err := p.Split(d, 1)
		switch {
		case !p.InTime && (err != nil || s.InTime()):
			t.Errorf("%s without times: %v, want a split", p.Name, err)
		case p.InTime && (err == nil || !strings.Contains(err.Error(), "the data have no times") || !strings.Contains(err.Error(), "random-rating")):
			t.Errorf("%s without times: error %v, want the reason and what to take", p.Name, err)
		}
	}
	if _, _, err := TimeSplit(d, 0.1); err == nil || !strings.Contains(err.Error(), "hold-out") {
		t.Errorf("time split without times: error %v, want what to take", err)
	}
}
