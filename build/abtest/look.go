package abtest

import (
	"math"
	"slices"

	"sparrow/build/stats"
)

// look is the state of an experiment at the end of a day.
type look struct {
	options       Options
	names         []string // of the arms that are compared, [A]
	total, before [][]Counts
	fence         Fence
	always        always
}

// newLook returns what visitors of the arms compared, by their place in the
// layer, had done by the end of a day, held by fences over all of them.
func newLook(r *Report, compared []int, visitors []Visitor, day int, o Options) *look {
	k := &look{options: o, always: newAlways(o.Alpha, o.Planned), total: make([][]Counts, len(compared)), before: make([][]Counts, len(compared))}
	for _, a := range compared {
		k.names = append(k.names, r.Arms[a].Name)
	}
	var arms []int
	total, before := make([]Counts, 0, len(visitors)), make([]Counts, 0, len(visitors))
	for i := range visitors {
		v := &visitors[i]
		a := slices.Index(compared, v.Arm)
		if c, exposed := v.until(day); exposed && a >= 0 {
			arms, total, before = append(arms, a), append(total, c), append(before, v.Before)
		}
	}
	k.fence = fenceOf(total)
	k.fence.hold(total)
	past := fenceOf(before)
	past.hold(before)
	for i, a := range arms {
		k.total[a], k.before[a] = append(k.total[a], total[i]), append(k.before[a], before[i])
	}
	return k
}

// metrics fills the report's metrics.
func (k *look) metrics(r *Report) {
	shown := measures
	if !k.sold() {
		shown = measures[:len(measures)-selling]
	}
	for i := range shown {
		r.Metrics = append(r.Metrics, k.metric(&shown[i]))
	}
}

// sold reports whether anything was bought.
func (k *look) sold() bool {
	for _, counts := range k.total {
		for i := range counts {
			if counts[i].Bought > 0 {
				return true
			}
		}
	}
	return false
}

// metric compares all arms in one measure.
func (k *look) metric(m *measure) Metric {
	out := Metric{Name: m.name, Label: m.label, Percent: m.percent, Comparisons: []Comparison{}}
	arms := make([]ratio, len(k.total))
	good := make([]bool, len(k.total))
	active := 0 // visitors of all arms who did it
	for a, counts := range k.total {
		num, den := make([]float64, len(counts)), make([]float64, len(counts))
		with := 0
		for i := range counts {
			num[i], den[i] = m.num(&counts[i]), m.den(&counts[i])
			if den[i] > 0 {
				with++
			}
			if num[i] > 0 {
				active++
			}
		}
		arms[a], good[a] = newRatio(num, den)
		arms[a].with = with
		good[a] = good[a] && with >= max(2, k.options.Least)
	}
	for a := range arms {
		good[a] = good[a] && active >= k.options.Least
		cell := Cell{Arm: k.names[a], Hidden: !good[a]}
		if good[a] {
			cell.Visitors, cell.Interval = arms[a].with, arms[a].interval(k.options.Alpha)
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
	q := stats.Student(1-k.options.Alpha/2, welch(va, a.with, vb, b.with))
	c.Difference = stats.Around(d, q*math.Sqrt(v))
	c.P = twoSided(d/math.Sqrt(v), welch(va, a.with, vb, b.with))
	if l, ok := lift(a.value, va, b.value, vb, q); ok {
		c.Lift = &l
	}
	// Student's quantile over the normal one: a correction for few visitors,
	// which the asymptotic theory does not have.
	few := q / normal(1-k.options.Alpha/2)
	c.Always = stats.Around(d, k.always.half(v*few*few, a.n+b.n))
	c.AnytimeP = k.always.p(d, v*few*few, a.n+b.n)
}
