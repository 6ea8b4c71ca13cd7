package abtest

import (
	"fmt"
	"math"
	"strings"
	"time"

	"sparrow/build/plural"
	"sparrow/build/stats"
)

// value prints a figure of the measure.
func (m *Metric) value(v float64) string {
	if m.Percent {
		return fmt.Sprintf("%.2f %%", 100*v)
	}
	return fmt.Sprintf("%.3f", v)
}

// change prints a difference of two figures of the measure, with its sign.
func (m *Metric) change(v float64) string {
	if m.Percent {
		return fmt.Sprintf("%+.2f pp", 100*v)
	}
	return fmt.Sprintf("%+.3f", v)
}

// span prints the ends of an interval of differences.
func (m *Metric) span(i stats.Interval) string { return m.change(i.Low) + " to " + m.change(i.High) }

// chance prints a p-value.
func chance(p float64) string {
	if p < 0.0001 {
		return "< 0.0001"
	}
	return fmt.Sprintf("%.4f", p)
}

// date prints a moment in Unix seconds.
func date(at int64) string { return time.Unix(at, 0).UTC().Format("2006-01-02") }

// words returns the findings of r, a paragraph each.
func (r *Report) words() []string {
	all := []string{r.who(), r.ratioWords()}
	if r.Guarded != nil {
		all = append(all, r.Guarded.Words()...)
	}
	if r.Refused {
		return all
	}
	quiet := map[string][]string{} // measures without a difference, by arm
	var arms []string
	for i := range r.Metrics {
		m := &r.Metrics[i]
		for j := range m.Comparisons {
			c := &m.Comparisons[j]
			switch {
			case i == 0 || c.Found:
				all = append(all, m.compared(c, r.Over, m.of(c.Control), m.of(c.Arm)))
			case !c.Hidden:
				if quiet[c.Arm] == nil {
					arms = append(arms, c.Arm)
				}
				quiet[c.Arm] = append(quiet[c.Arm], m.Label)
			}
		}
	}
	for _, arm := range arms {
		all = append(all, fmt.Sprintf("Between %s and %s chance explains what differs in: %s.", arm, r.Metrics[0].Cells[0].Arm, strings.Join(quiet[arm], ", ")))
	}
	for i := range r.Duels {
		all = append(all, r.Duels[i].words())
	}
	if len(r.Metrics) == len(measures) {
		all = append(all, r.sold())
	}
	if r.Fence.Cut > 0 {
		all = append(all, fmt.Sprintf("So that no few visitors decide, each counts for at most %.0f impressions, %.0f clicks, %.0f likes and %.0f opinions (Tukey's fences over the visitors of all arms); something of %s was cut.",
			r.Fence.Impressions, r.Fence.Clicks, r.Fence.Likes, r.Fence.Opinions, plural.Of(r.Fence.Cut, "visitor")))
	}
	return all
}

// of returns the figure of an arm.
func (m *Metric) of(arm string) stats.Interval {
	for _, c := range m.Cells {
		if c.Arm == arm {
			return c.Interval
		}
	}
	return stats.Interval{}
}

// who returns the sentence on how many took part.
func (r *Report) who() string {
	n := 0
	var each []string
	for _, a := range r.Arms {
		n += a.Visitors
		if a.Hidden {
			each = append(each, "too few to show in "+a.Name)
		} else {
			each = append(each, fmt.Sprintf("%d in %s (%d sessions)", a.Visitors, a.Name, a.Exposures))
		}
	}
	if r.AsOf < r.Start {
		return "It begins on " + date(r.Start) + "; the log ends before."
	}
	state := "It runs until " + date(r.End)
	if r.Over {
		state = "It ended on " + date(r.End)
	}
	some := fmt.Sprint(n)
	if n == 0 {
		some = "Hardly any"
	}
	text := fmt.Sprintf("%s visitors were exposed from %s to %s: %s. %s.", some, date(r.Start), date(min(r.AsOf, r.End)), strings.Join(each, ", "), state)
	if r.Excluded.Crossed > 0 {
		text += fmt.Sprintf(" %d were seen in two arms and are left out.", r.Excluded.Crossed)
	}
	if r.Excluded.Mistaken > 0 {
		text += fmt.Sprintf(" %d reported an arm that is not theirs by the salt and the weights, and are left out: were salt, share or weights changed while it ran?", r.Excluded.Mistaken)
	}
	return text
}

// causes are what a sample ratio that is off usually comes from.
const causes = "Look for an arm that fails to load or to log its exposure on some devices, salt, share or weights that were changed while the experiment ran, " +
	"an arm that bots find first, and events of one arm that became dead letters (build feedback --dead)"

// ratioWords returns the sentence on whether the arms have the visitors they should have.
func (r *Report) ratioWords() string {
	if !r.Ratio.Off {
		return fmt.Sprintf("The arms have the visitors that their weights promise (χ² %.2f, p %s).", r.Ratio.Chi2, chance(r.Ratio.P))
	}
	var each []string
	for i, a := range r.Arms {
		if !a.Hidden {
			each = append(each, fmt.Sprintf("%s has %d, due were %.0f", a.Name, r.Ratio.Seen[i], r.Ratio.Expected[i]))
		}
	}
	text := fmt.Sprintf("The arms do not have the visitors that their weights promise: %s (χ² %.1f, p %s). Whatever lost or moved visitors also changed who is left, so no comparison means anything. %s.",
		strings.Join(each, "; "), r.Ratio.Chi2, chance(r.Ratio.P), causes)
	if r.Refused {
		return text + " The figures are hidden; --force shows them."
	}
	return text + " The figures are shown because of --force."
}

// compared returns the sentence on a difference; over reports that the planned end
// has passed, control and arm are what was observed.
func (m *Metric) compared(c *Comparison, over bool, control, arm stats.Interval) string {
	if c.Hidden {
		return fmt.Sprintf("Of %s between %s and %s nothing is shown: too few visitors.", m.Label, c.Arm, c.Control)
	}
	interval, kind, p := c.Always, "valid at every look", c.AnytimeAdj
	if over && (c.HolmP < c.AnytimeAdj || !c.Found) {
		interval, kind, p = c.Difference, "valid at the planned end", c.HolmP
	}
	var text string
	if c.Found {
		direction := "more"
		if c.Difference.Value < 0 {
			direction = "less"
		}
		text = fmt.Sprintf("%s has %s %s than %s: %s, interval %s (%s; p %s after Holm's correction).",
			c.Arm, direction, m.Label, c.Control, m.change(c.Difference.Value), m.span(interval), kind, chance(p))
		if c.Lift != nil {
			text += fmt.Sprintf(" That is %+.1f %% of what %s has.", 100*c.Lift.Value, c.Control)
		}
	} else {
		text = fmt.Sprintf("Between %s and %s no difference in %s can be distinguished from chance: %s, interval %s (%s).",
			c.Arm, c.Control, m.Label, m.change(c.Difference.Value), m.span(interval), kind)
		switch {
		case interval.Excludes(0):
			text += fmt.Sprintf(" Alone it would be one, but not among all that is compared here (p %s after Holm's correction).", chance(p))
		case !over:
			text += fmt.Sprintf(" One larger than %s either way would have shown by now.", strings.TrimPrefix(m.change(math.Max(math.Abs(interval.Low), math.Abs(interval.High))), "+"))
		}
	}
	text += fmt.Sprintf(" Observed: %s in %s, %s in %s.", m.value(arm.Value), c.Arm, m.value(control.Value), c.Control)
	if c.CUPED {
		text += fmt.Sprintf(" What the visitors did before changed the variance by %s (CUPED).", c.saved())
	}
	return text
}

// words returns the sentence on who won.
func (d *Duel) words() string {
	if d.Hidden {
		return fmt.Sprintf("Interleaving (%s): too few visitors to show anything.", d.Arm)
	}
	a, b := d.Wins[0], d.Wins[1]
	votes := fmt.Sprintf("%s clicked more often on %s, %d on %s, %d as often on both, %d on neither", plural.Of(a, "visitor"), d.Teams[0], b, d.Teams[1], d.Ties, d.Idle)
	if !d.Found {
		return fmt.Sprintf("Interleaving (%s): %s. No one has won (p %s after Holm's correction, at every look %s).", d.Arm, votes, chance(d.HolmP), chance(d.AnytimeAdj))
	}
	winner := d.Teams[0]
	if b > a {
		winner = d.Teams[1]
	}
	return fmt.Sprintf("Interleaving (%s): %s wins. %s (sign test, p %s after Holm's correction, at every look %s).", d.Arm, winner, votes, chance(d.HolmP), chance(d.AnytimeAdj))
}
