package abtest

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"sparrow/build/chart"
)

// intervalPlot shows a measure in all arms.
func intervalPlot(m *Metric) (string, error) {
	var list chart.Intervals
	var names []string
	scale := 1.0
	if m.Percent {
		scale = 100
	}
	for _, c := range m.Cells {
		if !c.Hidden {
			list = append(list, chart.Interval{Value: c.Interval.Value * scale, Low: c.Interval.Low * scale, High: c.Interval.High * scale})
			names = append(names, c.Arm)
		}
	}
	if len(list) == 0 {
		return "", nil
	}
	p := chart.New()
	p.Add(chart.Upright(list[0].Value), list)
	chart.Lines(p, names)
	p.X.Label.Text = m.Label
	if m.Percent {
		p.X.Label.Text += ", %"
	}
	p.X.Tick.Marker = chart.Few(4)
	return chart.SVG(p, 52+30*float64(len(list)), m.Label+" in every arm")
}

// days names at most so many whole days on an axis, evenly spread, from the first on.
type days int

// Ticks chooses them.
func (n days) Ticks(low, high float64) []plot.Tick {
	step := max(1, math.Ceil((math.Floor(high)-math.Ceil(low))/float64(n-1)))
	var kept []plot.Tick
	for day := math.Ceil(low); day <= high; day += step {
		kept = append(kept, plot.Tick{Value: day, Label: strconv.Itoa(int(day))})
	}
	return kept
}

// daysPlot shows a difference as it stood at the end of every day, with the
// intervals that all cover the truth together.
func daysPlot(m *Metric, c *Comparison) (string, error) {
	if len(c.Days) < 2 {
		return "", nil
	}
	scale, unit := 1.0, ""
	if m.Percent {
		scale, unit = 100, ", pp"
	}
	// The first days have few visitors: the scale is that of the last half, doubled.
	last := c.Days[len(c.Days)/2].Always
	low, high := min(0, 2*last.Low-last.Value), max(0, 2*last.High-last.Value)
	var middle, around plotter.XYs
	inside := func(d Look, v float64) plotter.XY {
		return plotter.XY{X: float64(d.Day + 1), Y: scale * max(low, min(high, v))}
	}
	for _, d := range c.Days {
		middle = append(middle, inside(d, d.Always.Value))
		around = append(around, inside(d, d.Always.High))
	}
	for _, d := range slices.Backward(c.Days) {
		around = append(around, inside(d, d.Always.Low))
	}
	area, err := plotter.NewPolygon(around)
	if err != nil {
		return "", err
	}
	area.Color, area.LineStyle.Width = chart.Band, 0
	line, err := plotter.NewLine(middle)
	if err != nil {
		return "", err
	}
	line.Color, line.Width = chart.Accent, 2
	zero, err := plotter.NewLine(plotter.XYs{{X: middle[0].X, Y: 0}, {X: middle[len(middle)-1].X, Y: 0}})
	if err != nil {
		return "", err
	}
	zero.Color, zero.Dashes = chart.Faint, []vg.Length{3, 3}
	p := chart.New()
	p.Add(area, zero, line)
	p.Title.Text = m.Label + unit + "\n" + chart.Shortened(c.Arm, 24) + " − " + chart.Shortened(c.Control, 24)
	p.X.Label.Text = "day of the experiment"
	p.X.Tick.Marker, p.Y.Tick.Marker = days(6), chart.Few(5)
	return chart.SVG(p, 230, fmt.Sprintf("%s: difference of %s to %s at the end of every day", m.Label, c.Arm, c.Control))
}

// duelPlot shows the votes of an interleaved arm.
func duelPlot(d *Duel) (string, error) {
	if d.Hidden {
		return "", nil
	}
	list := chart.Bars{float64(d.Wins[0]), float64(d.Ties), float64(d.Wins[1])}
	p := chart.New()
	p.Add(list)
	chart.Lines(p, []string{d.Teams[0], "both alike", d.Teams[1]})
	p.X.Label.Text, p.X.Min = "visitors", 0
	p.X.Tick.Marker = chart.Few(5)
	return chart.SVG(p, 142, fmt.Sprintf("visitors who clicked more often on %s: %d, on %s: %d", d.Teams[0], d.Wins[0], d.Teams[1], d.Wins[1]))
}
