package abtest

import (
	"math"

	"sparrow/wasm/experiment"
)

// Options steer [Analyze].
type Options struct {
	Alpha   float64 // 1 - confidence
	Planned int     // visitors in two arms at which intervals that are always valid are narrowest; never chosen after a look
	Least   int     // visitors of a cell below which it is hidden, and below which nothing is concluded
	Days    bool    // also the difference at the end of each day
	Force   bool    // figures also where the sample ratio is off
	AsOf    int64   // newest moment that was observed, Unix seconds

	Excluded Excluded // for the report alone
}

// DefaultOptions returns the options that the builder uses.
func DefaultOptions() Options { return Options{Alpha: 0.05, Planned: 5000, Least: 10, Days: true} }

// Analyze compares the arms of layer l. The first arm that is not interleaved is
// control. The visitors keep their order; they are not changed.
func Analyze(l *experiment.Layer, visitors []Visitor, o Options) *Report {
	r := &Report{
		Layer: l.Name, Start: int64(l.Start), End: int64(l.End), AsOf: o.AsOf, Over: o.AsOf >= int64(l.End), Alpha: o.Alpha, Planned: o.Planned,
		Excluded: o.Excluded,
		Metrics:  []Metric{}, Duels: []Duel{},
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
		r.settle()
		if o.Days {
			r.days(compared, visitors, o)
		}
		r.duels(l, visitors, o)
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
		a.Impressions += c.Impressions
		a.Clicks += c.Clicks
	}
}

// settle adjusts the p-values for their number and says what was found.
func (r *Report) settle() {
	var open []*Comparison
	var p, anytime []float64
	for i := range r.Metrics {
		for j := range r.Metrics[i].Comparisons {
			if c := &r.Metrics[i].Comparisons[j]; !c.Hidden {
				open = append(open, c)
				p, anytime = append(p, c.P), append(anytime, c.AnytimeP)
			}
		}
	}
	p, anytime = holm(p), holm(anytime)
	for i, c := range open {
		c.HolmP, c.AnytimeAdj = p[i], anytime[i]
		c.Found = c.AnytimeAdj < r.Alpha || r.Over && c.HolmP < r.Alpha
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
			a.Visitors, a.Impressions, a.Clicks = 0, 0, 0
			r.Ratio.Seen[i] = 0
		}
	}
}

// look is the state of an experiment at the end of a day.
type look struct {
	options       Options
	names         []string // of the arms that are compared, [A]
	total, before [][]Counts
	fence         Fence
	always        always
}

func newLook(r *Report, compared []int, visitors []Visitor, day int, o Options) *look {
	k := &look{options: o, always: newAlways(o.Alpha, o.Planned)}
	place := make([]int, len(r.Arms))
	for i := range place {
		place[i] = -1
	}
	sizes := make([]int, len(compared)+1)
	for i, a := range compared {
		place[a] = i
		k.names = append(k.names, r.Arms[a].Name)
		sizes[i+1] = sizes[i]
		for j := range visitors {
			if visitors[j].Arm == a {
				sizes[i+1]++
			}
		}
	}
	// One array for all arms, so that the fence is of all.
	all, past := make([]Counts, sizes[len(compared)]), make([]Counts, sizes[len(compared)])
	next := append([]int(nil), sizes...)
	for i := range visitors {
		a := place[visitors[i].Arm]
		if a < 0 {
			continue
		}
		if c, exposed := visitors[i].until(day); exposed {
			all[next[a]], past[next[a]] = c, visitors[i].Before
			next[a]++
		}
	}
	var flat, flatPast []Counts
	for a := range compared {
		flat = append(flat, all[sizes[a]:next[a]]...)
		flatPast = append(flatPast, past[sizes[a]:next[a]]...)
	}
	k.fence = fenceOf(flat)
	k.fence.hold(flat)
	pastFence := fenceOf(flatPast)
	pastFence.hold(flatPast)
	for a := range compared {
		n := next[a] - sizes[a]
		k.total, k.before = append(k.total, flat[:n:n]), append(k.before, flatPast[:n:n])
		flat, flatPast = flat[n:], flatPast[n:]
	}
	return k
}

// metrics fills the report's metrics.
func (k *look) metrics(r *Report) {
	for i := range measures {
		r.Metrics = append(r.Metrics, k.metric(&measures[i]))
	}
}

// metric compares all arms in one measure.
func (k *look) metric(m *measure) Metric {
	out := Metric{Name: m.name, Label: m.label, Percent: m.percent, Comparisons: []Comparison{}}
	arms := make([]ratio, len(k.total))
	good := make([]bool, len(k.total))
	for a, counts := range k.total {
		num, den := make([]float64, len(counts)), make([]float64, len(counts))
		with := 0
		for i := range counts {
			num[i], den[i] = m.num(&counts[i]), m.den(&counts[i])
			if den[i] > 0 {
				with++
			}
		}
		arms[a], good[a] = newRatio(num, den)
		arms[a].with = with
		good[a] = good[a] && with >= max(2, k.options.Least)
		cell := Cell{Arm: k.names[a], Hidden: !good[a]}
		if good[a] {
			cell.Visitors, cell.Interval = with, arms[a].interval(k.options.Alpha)
		}
		out.Cells = append(out.Cells, cell)
	}
	adjusted, theta, cuped := arms, 0.0, false
	if x, ok := covariate(m, k.before); ok {
		if adjusted, theta, cuped = adjust(arms, x); !cuped {
			adjusted = arms
		}
	}
	for b := 1; b < len(arms); b++ {
		c := Comparison{Arm: k.names[b], Control: k.names[0], Hidden: !good[0] || !good[b]}
		if !c.Hidden {
			k.compare(&c, &adjusted[0], &adjusted[b])
			raw := c
			if cuped {
				k.compare(&raw, &arms[0], &arms[b])
				c.CUPED, c.Theta = true, theta
				if v := arms[0].variance() + arms[b].variance(); v > 0 {
					c.Reduction = 1 - (adjusted[0].variance()+adjusted[b].variance())/v
				}
			}
			c.Raw = raw.Difference
		}
		out.Comparisons = append(out.Comparisons, c)
	}
	return out
}

// compare fills c with the difference of b to a.
func (k *look) compare(c *Comparison, a, b *ratio) {
	va, vb := a.variance(), b.variance()
	v, d := va+vb, b.value-a.value
	q := quantile(1-k.options.Alpha/2, welch(va, a.with, vb, b.with))
	c.Difference = around(d, q*math.Sqrt(v))
	c.P = twoSided(d/math.Sqrt(v), welch(va, a.with, vb, b.with))
	if l, ok := lift(a.value, va, b.value, vb, q); ok {
		c.Lift = &l
	}
	// Student's quantile over the normal one: a correction for few visitors,
	// which the asymptotic theory does not have.
	few := q / normal(1-k.options.Alpha/2)
	c.Always = around(d, k.always.half(v*few*few, a.n+b.n))
	c.AnytimeP = k.always.p(d, v*few*few, a.n+b.n)
}
