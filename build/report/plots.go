package report

import (
	"time"

	"sparrow/build/chart"
)

const (
	leastSeen  = 30 // cards below which the rate of one place or day is not drawn
	mostCurves = 3
)

// plots draws the report's pictures; those with too little to draw are left out.
func (r *Report) plots() (all []string, err error) {
	for _, draw := range []func() (string, error){r.ratePlot, r.positionPlot, r.seenPlot, r.dayPlot} {
		svg, err := draw()
		if err != nil {
			return nil, err
		}
		if svg != "" {
			all = append(all, svg)
		}
	}
	return all, nil
}

// ratePlot shows how often the cards of each list are clicked.
func (r *Report) ratePlot() (string, error) {
	var list chart.Intervals
	var names []string
	for i := range r.Lists {
		if l := &r.Lists[i]; l.Rate != nil {
			list = append(list, chart.Interval{Value: 100 * l.Rate.Value, Low: 100 * l.Rate.Low, High: 100 * l.Rate.High})
			names = append(names, l.Name)
		}
	}
	if len(list) == 0 {
		return "", nil
	}
	p := chart.New()
	p.Add(list)
	chart.Lines(p, names)
	p.Title.Text = "How often a card is clicked"
	p.X.Label.Text, p.X.Min = "clicked, % of the cards seen", 0
	p.X.Tick.Marker = chart.Few(4)
	return chart.SVG(p, 80+30*float64(len(list)), "How often a card of each list is clicked, in per cent of the cards seen")
}

// positionPlot shows how often cards are clicked by their place, for the lists that
// are seen most.
func (r *Report) positionPlot() (string, error) {
	var curves []chart.Series
	for i := range r.Lists {
		l := &r.Lists[i]
		s := chart.Series{Name: chart.Shortened(l.Name, 24), Dashed: len(curves) > 1}
		for k, p := range l.Positions {
			if p.Seen >= leastSeen {
				s.X, s.Y = append(s.X, float64(k+1)), append(s.Y, 100*float64(p.Clicked)/float64(p.Seen))
			}
		}
		if len(s.X) > 1 && len(curves) < mostCurves {
			curves = append(curves, s)
		}
	}
	if len(curves) == 0 {
		return "", nil
	}
	return chart.Amounts("How often a card is clicked, by its place on the list", "place", "clicked, %", curves...)
}

// seenPlot shows how many cards are seen each day.
func (r *Report) seenPlot() (string, error) {
	s := r.daily(func(d *Day) (float64, bool) { return float64(d.Seen), true })
	if len(s.X) < 2 {
		return "", nil
	}
	return chart.Amounts("Cards seen on a day", "days before the end", "cards", s)
}

// dayPlot shows how often cards are clicked each day.
func (r *Report) dayPlot() (string, error) {
	s := r.daily(func(d *Day) (float64, bool) { return 100 * float64(d.Clicked) / float64(d.Seen), d.Seen >= leastSeen })
	if len(s.X) < 2 {
		return "", nil
	}
	return chart.Amounts("How often a card is clicked, by day", "days before the end", "clicked, %", s)
}

// daily returns a figure of the days that have one. A day on which nothing happened
// has none.
func (r *Report) daily(of func(d *Day) (v float64, ok bool)) (s chart.Series) {
	last := r.Until.UTC().Truncate(24 * time.Hour)
	for i := range r.Days {
		v, ok := of(&r.Days[i])
		at, err := time.Parse(time.DateOnly, r.Days[i].Date)
		if ok && err == nil {
			s.X, s.Y = append(s.X, -last.Sub(at).Hours()/24), append(s.Y, v)
		}
	}
	return s
}
