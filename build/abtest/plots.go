package abtest

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// The colours of the plots stand for the page's own, which differ by light and
// dark: each is replaced by a variable of the style sheet.
var (
	ink    = color.RGBA{1, 2, 3, 255}
	faint  = color.RGBA{1, 2, 4, 255}
	accent = color.RGBA{1, 2, 5, 255}
	band   = color.RGBA{1, 2, 6, 255}
)

var themed = strings.NewReplacer("#010203", "var(--ink)", "#010204", "var(--faint)", "#010205", "var(--accent)", "#010206", "var(--band)")

// plotWidth is narrow enough for a phone: on a wide screen plots stand side by side.
const (
	plotWidth = 330
	border    = 6 // on the left, and twice on the right, for labels that stand out
)

// newPlot returns an empty plot in the page's colours.
func newPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = color.Transparent
	p.Title.TextStyle.Color, p.Title.Padding = ink, 8
	p.Title.TextStyle.Font.Variant, p.Title.TextStyle.Font.Size = "Sans", 11
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.LineStyle.Color, a.Tick.LineStyle.Color = faint, faint
		a.Tick.Label.Color, a.Label.TextStyle.Color = ink, ink
		a.Tick.Label.Font.Variant, a.Label.TextStyle.Font.Variant = "Sans", "Sans"
		a.Tick.Label.Font.Size, a.Label.TextStyle.Font.Size = 11, 11
		a.Tick.Length = 4
	}
	return p
}

// svg draws p as an element of a page that is called name for those who cannot see it.
func svg(p *plot.Plot, height float64, name string) (string, error) {
	c := vgsvg.New(plotWidth, vg.Length(height))
	p.Draw(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return "", err
	}
	text := b.String()
	inside := text[strings.Index(text, "<svg"):]
	inside = inside[strings.Index(inside, ">")+1:]
	return fmt.Sprintf(`<svg role="img" aria-label="%s" viewBox="-%d 0 %d %g">`, html.EscapeString(name), border, plotWidth+3*border, height) + themed.Replace(inside), nil
}

// bars are intervals beside each other, one a line, the first on top.
type bars []Interval

func (b bars) at(i int) float64 { return float64(len(b) - 1 - i) }

// Plot draws them, as gonum's plots want it.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, v := range b {
		at := y(b.at(i))
		c.StrokeLine2(draw.LineStyle{Color: accent, Width: 2}, x(v.Low), at, x(v.High), at)
		c.DrawGlyph(draw.GlyphStyle{Color: accent, Radius: 4, Shape: draw.CircleGlyph{}}, vg.Point{X: x(v.Value), Y: at})
	}
}

// DataRange tells what must be seen.
func (b bars) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax = math.Inf(1), math.Inf(-1)
	for _, v := range b {
		xmin, xmax = min(xmin, v.Low), max(xmax, v.High)
	}
	margin := 0.05 * (xmax - xmin)
	return xmin - margin, xmax + margin, -0.5, float64(len(b)) - 0.5
}

// intervalPlot shows a measure in all arms.
func intervalPlot(m *Metric) (string, error) {
	var list bars
	var names []string
	scale := 1.0
	if m.Percent {
		scale = 100
	}
	for _, c := range m.Cells {
		if !c.Hidden {
			list = append(list, Interval{c.Interval.Value * scale, c.Interval.Low * scale, c.Interval.High * scale})
			names = append(names, c.Arm)
		}
	}
	if len(list) == 0 {
		return "", nil
	}
	p := newPlot()
	p.Add(upright(list[0].Value), list)
	lines(p, names)
	p.X.Label.Text = m.Label
	if m.Percent {
		p.X.Label.Text += ", %"
	}
	p.X.Tick.Marker = few(4)
	return svg(p, 52+30*float64(len(list)), m.Label+" in every arm")
}

// lines names the lines of a plot, the first on top.
func lines(p *plot.Plot, names []string) {
	var ticks plot.ConstantTicks
	for i, name := range names {
		ticks = append(ticks, plot.Tick{Value: float64(len(names) - 1 - i), Label: shortened(name, 18)})
	}
	p.Y.Tick.Marker = ticks
	p.Y.LineStyle.Width, p.Y.Tick.LineStyle.Width = 0, 0
	p.Y.Min, p.Y.Max = -0.5, float64(len(names))-0.5
}

// shortened cuts a name to at most n runes.
func shortened(name string, n int) string {
	if r := []rune(name); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return name
}

// upright is a dashed line at one value.
type upright float64

// Plot draws it.
func (u upright) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	c.StrokeLine2(draw.LineStyle{Color: faint, Width: 1, Dashes: []vg.Length{3, 3}}, x(float64(u)), c.Min.Y, x(float64(u)), c.Max.Y)
}

// few keeps about n of the usual ticks, with as many decimals as tell them apart.
type few int

// Ticks chooses them.
func (n few) Ticks(low, high float64) []plot.Tick {
	var named []plot.Tick
	for _, t := range (plot.DefaultTicks{}).Ticks(low, high) {
		if t.Label != "" {
			named = append(named, t)
		}
	}
	step := max(1, (len(named)+int(n)-1)/int(n))
	var kept []plot.Tick
	for i := 0; i < len(named); i += step {
		kept = append(kept, named[i])
	}
	for decimals := 0; decimals < 8; decimals++ {
		exact := true
		for i := range kept {
			kept[i].Label = strconv.FormatFloat(kept[i].Value, 'f', decimals, 64)
			back, err := strconv.ParseFloat(kept[i].Label, 64)
			exact = exact && err == nil && math.Abs(back-kept[i].Value) <= 1e-6*(high-low)
		}
		if exact {
			break
		}
	}
	return kept
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
	// The first days know little: the scale is that of the last half, doubled.
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
	area.Color, area.LineStyle.Width = band, 0
	line, err := plotter.NewLine(middle)
	if err != nil {
		return "", err
	}
	line.Color, line.Width = accent, 2
	zero, err := plotter.NewLine(plotter.XYs{{X: middle[0].X, Y: 0}, {X: middle[len(middle)-1].X, Y: 0}})
	if err != nil {
		return "", err
	}
	zero.Color, zero.Dashes = faint, []vg.Length{3, 3}
	p := newPlot()
	p.Add(area, zero, line)
	p.Title.Text = m.Label + unit + "\n" + shortened(c.Arm, 24) + " − " + shortened(c.Control, 24)
	p.X.Label.Text = "day of the experiment"
	p.X.Tick.Marker, p.Y.Tick.Marker = days(6), few(5)
	return svg(p, 230, fmt.Sprintf("%s: difference of %s to %s at the end of every day", m.Label, c.Arm, c.Control))
}

// duelPlot shows the votes of an interleaved arm.
func duelPlot(d *Duel) (string, error) {
	if d.Hidden {
		return "", nil
	}
	list := votes{float64(d.Wins[0]), float64(d.Ties), float64(d.Wins[1])}
	p := newPlot()
	p.Add(list)
	lines(p, []string{d.Teams[0], "both alike", d.Teams[1]})
	p.X.Label.Text, p.X.Min = "visitors", 0
	p.X.Tick.Marker = few(5)
	return svg(p, 142, fmt.Sprintf("visitors who clicked more often on %s: %d, on %s: %d", d.Teams[0], d.Wins[0], d.Teams[1], d.Wins[1]))
}

// votes are bars from 0, one a line, the first on top.
type votes []float64

// Plot draws them.
func (v votes) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, n := range v {
		low, high := y(float64(len(v)-1-i)-0.3), y(float64(len(v)-1-i)+0.3)
		c.FillPolygon(accent, []vg.Point{{X: x(0), Y: low}, {X: x(n), Y: low}, {X: x(n), Y: high}, {X: x(0), Y: high}})
	}
}

// DataRange tells what must be seen.
func (v votes) DataRange() (xmin, xmax, ymin, ymax float64) {
	most := 1.0
	for _, n := range v {
		most = max(most, n)
	}
	return 0, 1.05 * most, -0.5, float64(len(v)) - 0.5
}
