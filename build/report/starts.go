package report

import (
	"fmt"
	"slices"

	"sparrow/build/feedback"
)

// Starts are the times that pages which recommend took to begin.
type Starts struct {
	Count   int     `json:"count"`
	Failed  int     `json:"failed"`
	Median  float64 `json:"median"`  // seconds until a first list could be shown; of those that did not fail, 0 for none
	Slowest float64 `json:"slowest"` // seconds that one of ten exceeds; likewise
}

// mostStarts is how many starts of one visitor count.
const mostStarts = 200

// starts are the times of starts, in hundredths of a second.
type starts struct {
	took   []uint32
	failed int
}

// begin counts a start of a page.
func (v *visitor) begin(e *feedback.Event) {
	switch v.begun++; {
	case v.begun > mostStarts:
	case e.Value == 0:
		v.counter.starts.failed++
	default:
		v.counter.starts.took = append(v.counter.starts.took, e.Value)
	}
}

func (s *starts) told() Starts {
	t := Starts{Count: len(s.took) + s.failed, Failed: s.failed}
	if n := len(s.took); n > 0 {
		slices.Sort(s.took)
		t.Median, t.Slowest = float64(s.took[n/2])/100, float64(s.took[n*9/10])/100
	}
	return t
}

// Beginnings returns how long starts take and how many fail.
func (r *Report) Beginnings() []Fact {
	s := r.Starts
	if s.Count == 0 {
		return []Fact{{"starts", "0", "no page has told of one in this time"}}
	}
	return []Fact{
		{"starts", fmt.Sprint(s.Count), fmt.Sprintf("of pages, at most %d of a device", mostStarts)},
		{"failed", fmt.Sprint(s.Failed), percent(s.Failed, s.Count) + " of the starts"},
		{"until there is a list", fmt.Sprintf("%.2f s", s.Median), fmt.Sprintf("half of the starts; one of ten takes more than %.2f s", s.Slowest)},
	}
}
