package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Series is a line of a plot, from left to right.
type Series struct {
	Name   string
	X, Y   []float64
	Dashed bool
}

// Curves draws lines over each other, the first in the accent colour, the rest fainter and
// dashed where they say so. x and y name the axes.
func Curves(title, x, y string, series ...Series) (string, error) {
	return curves(New(), title, x, y, series)
}

// Amounts is [Curves] of what is counted or a share: its axis begins at 0, so that twice as
// much is twice as high.
func Amounts(title, x, y string, series ...Series) (string, error) {
	p := New()
	p.Y.Min = 0
	return curves(p, title, x, y, series)
}

func curves(p *plot.Plot, title, x, y string, series []Series) (string, error) {
	p.Title.Text = title
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.X.Tick.Marker, p.Y.Tick.Marker = Few(6), Few(5)
	for i, s := range series {
		var points plotter.XYs
		for k := range s.X {
			points = append(points, plotter.XY{X: s.X[k], Y: s.Y[k]})
		}
		line, err := plotter.NewLine(points)
		if err != nil {
			return "", err
		}
		line.Color, line.Width = Faint, 1.5
		if i == 0 {
			line.Color, line.Width = Accent, 2
		}
		if s.Dashed {
			line.Dashes = []vg.Length{4, 3}
		}
		p.Add(line)
		if s.Name != "" {
			p.Legend.Add(s.Name, line)
		}
	}
	p.Legend.Top, p.Legend.TextStyle.Color, p.Legend.TextStyle.Font.Variant, p.Legend.TextStyle.Font.Size = true, Ink, "Sans", 10
	p.Legend.ThumbnailWidth = 18
	return SVG(p, 230, title)
}

// Points draws points with intervals upwards and downwards and, if diagonal, the line on
// which both axes are the same.
func Points(title, x, y string, points []Point, diagonal bool) (string, error) {
	p := New()
	p.Title.Text = title
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.X.Tick.Marker, p.Y.Tick.Marker = Few(5), Few(5)
	var at plotter.XYs
	low, high := math.Inf(1), math.Inf(-1)
	for _, q := range points {
		at = append(at, plotter.XY{X: q.X, Y: q.Y})
		low, high = min(low, q.X), max(high, q.X)
	}
	if diagonal && low < high {
		line, err := plotter.NewLine(plotter.XYs{{X: low, Y: low}, {X: high, Y: high}})
		if err != nil {
			return "", err
		}
		line.Color, line.Dashes = Faint, []vg.Length{3, 3}
		p.Add(line)
	}
	dots, err := plotter.NewScatter(at)
	if err != nil {
		return "", err
	}
	dots.Color, dots.Radius, dots.Shape = Accent, 3, draw.CircleGlyph{}
	p.Add(dots)
	var names []string
	for _, q := range points {
		names = append(names, q.Name)
	}
	labels, err := plotter.NewLabels(plotter.XYLabels{XYs: at, Labels: names})
	if err != nil {
		return "", err
	}
	for i := range labels.TextStyle {
		labels.TextStyle[i].Color, labels.TextStyle[i].Font.Variant, labels.TextStyle[i].Font.Size = Ink, "Sans", 9
	}
	labels.Offset.X, labels.Offset.Y = 4, 3
	p.Add(labels)
	p.X.Min, p.X.Max = p.X.Min-0.05*(high-low), p.X.Max+0.3*(high-low) // names stand on the right
	margin := 0.06 * (p.Y.Max - p.Y.Min)
	p.Y.Min, p.Y.Max = p.Y.Min-margin, p.Y.Max+margin
	return SVG(p, 260, title)
}

// Point is one of [Points].
type Point struct {
	Name string
	X, Y float64
}
