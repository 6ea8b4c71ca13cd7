package chart

import (
	"image/color"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/plotutil"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Growth writes a picture of its own, not for a page, of how several things grow with
// x: each series as multiples of its first value, both axes logarithmic, so that what
// grows in proportion is parallel to the dashed line. Values are positive; a series
// without two points is left out.
func Growth(w io.Writer, title, x string, series ...Series) error {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, "times as much as at first"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.LogTicks{Prec: -1}, plot.LogTicks{Prec: -1}
	p.Add(plotter.NewGrid())
	low, high := 0.0, 0.0
	for i, s := range series {
		if len(s.X) < 2 {
			continue
		}
		points := make(plotter.XYs, len(s.X))
		for k := range s.X {
			points[k] = plotter.XY{X: s.X[k], Y: s.Y[k] / s.Y[0]}
			if low == 0 || s.X[k] < low {
				low = s.X[k]
			}
			high = max(high, s.X[k])
		}
		line, dots, err := plotter.NewLinePoints(points)
		if err != nil {
			return err
		}
		line.Color, line.Width, line.Dashes = plotutil.Color(i), 1.5, plotutil.Dashes(i/7)
		dots.Color, dots.Shape, dots.Radius = plotutil.Color(i), draw.CircleGlyph{}, 2.5
		p.Add(line, dots)
		p.Legend.Add(s.Name, line, dots)
	}
	if low > 0 {
		line, err := plotter.NewLine(plotter.XYs{{X: low, Y: 1}, {X: high, Y: high / low}})
		if err != nil {
			return err
		}
		line.Color, line.Dashes = color.Gray{Y: 120}, []vg.Length{4, 3}
		p.Add(line)
		p.Legend.Add("in proportion", line)
	}
	p.Legend.Top, p.Legend.Left = true, true
	c := vgsvg.New(640, 480)
	p.Draw(draw.New(c))
	_, err := c.WriteTo(w)
	return err
}
