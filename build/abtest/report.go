package abtest

import (
	"sparrow/build/feedback"
	"sparrow/build/stats"
)

// Report is the result of one layer.
type Report struct {
	Layer    string            `json:"layer"`
	Start    int64             `json:"start"` // Unix seconds
	End      int64             `json:"end"`
	AsOf     int64             `json:"as_of"` // newest event of the log, Unix seconds
	Over     bool              `json:"over"`  // the planned end has passed: intervals of one look are valid, not only the others
	Alpha    float64           `json:"alpha"`
	Planned  int               `json:"planned"`
	Arms     []Arm             `json:"arms"`
	Excluded Excluded          `json:"excluded"`
	Currency string            `json:"currency,omitempty"` // of revenue
	Guarded  *feedback.Guarded `json:"guarded,omitempty"`  // who is left out for coming from a crowded network
	Ratio    SampleRatio       `json:"sample_ratio"`
	Refused  bool              `json:"refused"` // the sample ratio is off and no one insisted: no figures
	Fence    Fence             `json:"fence"`   // the most that one visitor counts for
	Metrics  []Metric          `json:"metrics"`
	Duels    []Duel            `json:"interleaving"`
	Findings []string          `json:"findings"` // a paragraph each
}

// Arm is an arm and how many came into it.
type Arm struct {
	Name        string  `json:"name"`
	Weight      float64 `json:"weight"`
	Visitors    int     `json:"visitors"`  // 0 where Hidden
	Exposures   int     `json:"exposures"` // once a visitor and session
	Impressions float64 `json:"impressions"`
	Clicks      float64 `json:"clicks"`
	Hidden      bool    `json:"hidden"`      // too few visitors to show any figure
	Interleaved bool    `json:"interleaved"` // a duel of two other arms, compared in no metric
}

// Excluded counts what is left out: visitors that are in no arm, and money.
type Excluded struct {
	Crossed  int `json:"crossed"`  // seen in two arms
	Mistaken int `json:"mistaken"` // in an arm, or in the layer at all, where their id does not belong

	Currencies int `json:"currencies,omitempty"` // purchases in other currencies than that of revenue, which are not in it
}

// Metric is one measure in all arms. The first arm is control.
type Metric struct {
	Name        string       `json:"name"`
	Label       string       `json:"label"`
	Percent     bool         `json:"percent"`
	Cells       []Cell       `json:"arms"`
	Comparisons []Comparison `json:"comparisons"` // of each other arm with control
}

// Cell is a measure in one arm, as it was observed.
type Cell struct {
	Arm      string         `json:"arm"`
	Visitors int            `json:"visitors"` // that the measure has something of
	Interval stats.Interval `json:"interval"` // for one look
	Hidden   bool           `json:"hidden"`
}

// Comparison is an arm's difference to control.
type Comparison struct {
	Arm        string          `json:"arm"`
	Control    string          `json:"control"`
	Hidden     bool            `json:"hidden"`
	Difference stats.Interval  `json:"difference"` // for one look at the planned end
	Always     stats.Interval  `json:"always"`     // valid at every look
	Raw        stats.Interval  `json:"raw"`        // Difference without CUPED
	Lift       *stats.Interval `json:"lift"`       // relative to control, for one look; nil where control is not above 0
	Theta      float64         `json:"theta"`      // of CUPED; 0 without
	Reduction  float64         `json:"reduction"`  // share of the variance that CUPED removed
	CUPED      bool            `json:"cuped"`      // enough visitors had a past
	Verdict
	Days []Look `json:"days,omitempty"`
}

// Verdict is the result of a test of a difference.
type Verdict struct {
	P          float64 `json:"p"`              // for one look at the planned end
	HolmP      float64 `json:"holm_p"`         // adjusted for the number of comparisons and duels of the report
	AnytimeP   float64 `json:"anytime_p"`      // valid at every look
	AnytimeAdj float64 `json:"anytime_holm_p"` // likewise adjusted
	Found      bool    `json:"found"`          // below Alpha: AnytimeAdj, or HolmP once the planned end has passed
}

// Look is the difference as it stood at the end of a day of the experiment.
type Look struct {
	Day    int            `json:"day"` // 0 is the first
	Always stats.Interval `json:"always"`
}

// Found reports whether any comparison or duel of the report found a difference.
func (r *Report) Found() bool {
	for _, m := range r.Metrics {
		for _, c := range m.Comparisons {
			if c.Found {
				return true
			}
		}
	}
	for _, d := range r.Duels {
		if d.Found {
			return true
		}
	}
	return false
}

// Get returns the comparison of an arm in a metric, and nil if there is none.
func (r *Report) Get(metric, arm string) *Comparison {
	for i := range r.Metrics {
		for j := range r.Metrics[i].Comparisons {
			if c := &r.Metrics[i].Comparisons[j]; r.Metrics[i].Name == metric && c.Arm == arm {
				return c
			}
		}
	}
	return nil
}
