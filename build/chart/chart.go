// Package chart draws plots for pages: SVG in the page's own colours, light and
// dark, narrow enough for a phone.
package chart

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// The colours of the plots stand for the page's own, which differ by light and
// dark: each is replaced by a variable of the style sheet.
var (
	Ink    = color.RGBA{1, 2, 3, 255}
	Faint  = color.RGBA{1, 2, 4, 255}
	Accent = color.RGBA{1, 2, 5, 255}
	Band   = color.RGBA{1, 2, 6, 255}
)

var themed = strings.NewReplacer("#010203", "var(--ink)", "#010204", "var(--faint)", "#010205", "var(--accent)", "#010206", "var(--band)")

// Width is narrow enough for a phone: on a wide screen plots stand side by side.
const (
	Width  = 330
	border = 6 // on the left, and twice on the right, for labels that stand out
)

// New returns an empty plot in the page's colours.
func New() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = color.Transparent
	p.Title.TextStyle.Color, p.Title.Padding = Ink, 8
	p.Title.TextStyle.Font.Variant, p.Title.TextStyle.Font.Size = "Sans", 11
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.LineStyle.Color, a.Tick.LineStyle.Color = Faint, Faint
		a.Tick.Label.Color, a.Label.TextStyle.Color = Ink, Ink
		a.Tick.Label.Font.Variant, a.Label.TextStyle.Font.Variant = "Sans", "Sans"
		a.Tick.Label.Font.Size, a.Label.TextStyle.Font.Size = 11, 11
		a.Tick.Length = 4
	}
	return p
}

// SVG draws p as an element of a page that is called name for those who cannot see it.
func SVG(p *plot.Plot, height float64, name string) (string, error) {
	c := vgsvg.New(Width, vg.Length(height))
	p.Draw(draw.New(c))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return "", err
	}
	text := b.String()
	inside := text[strings.Index(text, "<svg"):]
	inside = inside[strings.Index(inside, ">")+1:]
	return fmt.Sprintf(`<svg role="img" aria-label="%s" viewBox="-%d 0 %d %g">`, html.EscapeString(name), border, Width+3*border, height) + themed.Replace(inside), nil
}

// Intervals are intervals beside each other, one a line, the first on top.
type Intervals []Interval

// Interval is a value and the ends of its interval.
type Interval struct{ Value, Low, High float64 }

func (b Intervals) at(i int) float64 { return float64(len(b) - 1 - i) }

// Plot draws them, as gonum's plots want it.
func (b Intervals) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, v := range b {
		at := y(b.at(i))
		c.StrokeLine2(draw.LineStyle{Color: Accent, Width: 2}, x(v.Low), at, x(v.High), at)
		c.DrawGlyph(draw.GlyphStyle{Color: Accent, Radius: 4, Shape: draw.CircleGlyph{}}, vg.Point{X: x(v.Value), Y: at})
	}
}

// DataRange returns the range that must be in view.
func (b Intervals) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax = math.Inf(1), math.Inf(-1)
	for _, v := range b {
		xmin, xmax = min(xmin, v.Low), max(xmax, v.High)
	}
	margin := 0.05 * (xmax - xmin)
	return xmin - margin, xmax + margin, -0.5, float64(len(b)) - 0.5
}

// Lines names the lines of a plot, the first on top.
func Lines(p *plot.Plot, names []string) {
	var ticks plot.ConstantTicks
	for i, name := range names {
		ticks = append(ticks, plot.Tick{Value: float64(len(names) - 1 - i), Label: Shortened(name, 18)})
	}
	p.Y.Tick.Marker = ticks
	p.Y.LineStyle.Width, p.Y.Tick.LineStyle.Width = 0, 0
	p.Y.Min, p.Y.Max = -0.5, float64(len(names))-0.5
}

// Shortened cuts a name to at most n runes.
func Shortened(name string, n int) string {
	if r := []rune(name); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return name
}

// Upright is a dashed line at one value.
type Upright float64

// Plot draws it.
func (u Upright) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	c.StrokeLine2(draw.LineStyle{Color: Faint, Width: 1, Dashes: []vg.Length{3, 3}}, x(float64(u)), c.Min.Y, x(float64(u)), c.Max.Y)
}

// Few keeps about n of the usual ticks, with as many decimals as tell them apart.
type Few int

// Ticks chooses them.
func (n Few) Ticks(low, high float64) []plot.Tick {
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

// Bars are bars from 0, one a line, the first on top.
type Bars []float64

// Plot draws them.
func (v Bars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for i, n := range v {
		low, high := y(float64(len(v)-1-i)-0.3), y(float64(len(v)-1-i)+0.3)
		c.FillPolygon(Accent, []vg.Point{{X: x(0), Y: low}, {X: x(n), Y: low}, {X: x(n), Y: high}, {X: x(0), Y: high}})
	}
}

// DataRange returns the range that must be in view.
func (v Bars) DataRange() (xmin, xmax, ymin, ymax float64) {
	most := 1.0
	for _, n := range v {
		most = max(most, n)
	}
	return 0, 1.05 * most, -0.5, float64(len(v)) - 0.5
}
