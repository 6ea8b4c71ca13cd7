package abtest

import (
	"sparrow/build/feedback"
	"sparrow/wasm/experiment"
)

// Options steer [Analyze].
type Options struct {
	Alpha   float64 // 1 - confidence
	Planned int     // visitors in two arms at which intervals that are always valid are narrowest; never chosen after a look
	Least   int     // visitors of a cell below which it is hidden; of all arms, as many must have done what is measured
	Days    bool    // also the difference at the end of each day
	Force   bool    // figures also where the sample ratio is off
	AsOf    int64   // newest moment that was observed, Unix seconds

	// For the report alone.
	Currency string // of revenue
	Excluded Excluded
	Guarded  *feedback.Guarded // nil where no guard was asked for
}

// DefaultOptions returns the options that the builder uses.
func DefaultOptions() Options { return Options{Alpha: 0.05, Planned: 5000, Least: 10, Days: true} }

// Analyze compares the arms of layer l. The first arm that is not interleaved is
// control. The visitors keep their order; they are not changed.
func Analyze(l *experiment.Layer, visitors []Visitor, o Options) *Report {
	r := &Report{
		Layer: l.Name, Start: int64(l.Start), End: int64(l.End), AsOf: o.AsOf, Over: o.AsOf >= int64(l.End), Alpha: o.Alpha, Planned: o.Planned,
		Excluded: o.Excluded, Guarded: o.Guarded, Currency: o.Currency,
		Metrics: []Metric{}, Duels: []Duel{},
	}
	seen, weights := make([]int, len(l.Arms)), make([]float64, len(l.Arms))
	for i := range visitors {
		seen[visitors[i].Arm]++
	}
	var compared []int
	for i, a := range l.Arms {
		weights[i] = a.Weight
		arm := Arm{Name: a.Name, Weight: a.Weight, Visitors: seen[i], Interleaved: len(a.Interleave) > 0, Hidden: seen[i] < o.Least}
		if !arm.Interleaved {
			compared = append(compared, i)
		}
		r.Arms = append(r.Arms, arm)
	}
	r.Ratio = CheckRatio(seen, weights)
	if r.Ratio.Off && !o.Force {
		r.Refused = true
	} else {
		r.count(visitors)
		last := newLook(r, compared, visitors, forever, o)
		r.Fence = last.fence
		last.metrics(r)
		r.duels(l, visitors, o)
		r.settle()
		if o.Days {
			r.days(compared, visitors, o)
		}
	}
	r.hide()
	r.Findings = r.words()
	return r
}

// count sums up what was seen in each arm, before any fence.
func (r *Report) count(visitors []Visitor) {
	for i := range visitors {
		c, _ := visitors[i].until(forever)
		a := &r.Arms[visitors[i].Arm]
		a.Exposures += visitors[i].Times
		a.Impressions += c.Impressions
		a.Clicks += c.Clicks
	}
}

// settle adjusts the p-values of all comparisons and duels for their number and
// states what was found.
func (r *Report) settle() {
	var open []*Verdict
	for i := range r.Metrics {
		for j := range r.Metrics[i].Comparisons {
			if c := &r.Metrics[i].Comparisons[j]; !c.Hidden {
				open = append(open, &c.Verdict)
			}
		}
	}
	for i := range r.Duels {
		if d := &r.Duels[i]; !d.Hidden {
			open = append(open, &d.Verdict)
		}
	}
	p, anytime := make([]float64, len(open)), make([]float64, len(open))
	for i, v := range open {
		p[i], anytime[i] = v.P, v.AnytimeP
	}
	p, anytime = holm(p), holm(anytime)
	for i, v := range open {
		v.HolmP, v.AnytimeAdj = p[i], anytime[i]
		v.Found = v.AnytimeAdj < r.Alpha || r.Over && v.HolmP < r.Alpha
	}
}

// mostDays is how many days a report shows at most; of a longer experiment it
// shows evenly chosen ones.
const mostDays = 60

// days fills the differences at the end of each day.
func (r *Report) days(compared []int, visitors []Visitor, o Options) {
	last := 0
	for i := range visitors {
		if n := len(visitors[i].Days); n > 0 {
			last = max(last, visitors[i].Days[n-1].Day)
		}
	}
	step := last/mostDays + 1
	for day := last % step; day <= last; day += step {
		look := newLook(r, compared, visitors, day, o)
		for i := range r.Metrics {
			then := look.metric(&measures[i])
			for j := range then.Comparisons {
				if c := &then.Comparisons[j]; !c.Hidden {
					now := &r.Metrics[i].Comparisons[j]
					now.Days = append(now.Days, Look{day, c.Always})
				}
			}
		}
	}
}

// duels judges the interleaved arms.
func (r *Report) duels(l *experiment.Layer, visitors []Visitor, o Options) {
	for i, a := range l.Arms {
		if len(a.Interleave) != 2 {
			continue
		}
		d := duel(a.Name, [2]string{a.Interleave[0], a.Interleave[1]}, i, visitors, o.Alpha)
		if d.Wins[0]+d.Wins[1]+d.Ties+d.Idle < o.Least {
			d = Duel{Arm: d.Arm, Teams: d.Teams, Hidden: true}
		}
		r.Duels = append(r.Duels, d)
	}
}

// hide takes out what is known of too few visitors.
func (r *Report) hide() {
	for i := range r.Arms {
		if a := &r.Arms[i]; a.Hidden {
			a.Visitors, a.Exposures, a.Impressions, a.Clicks = 0, 0, 0, 0
			r.Ratio.Seen[i] = 0
		}
	}
}
