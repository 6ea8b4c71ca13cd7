//go:build !js

package preview

import (
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"

	"git.sr.ht/~sbinet/gg"
)

// painter draws a poster. What is not known to it is an error: a picture that lacks a part of its
// poster would go unnoticed.
type painter struct {
	dc    *gg.Context
	scale float64 // pixels a unit of the poster
	style style

	pattern *gg.Context // being drawn, in place of dc
	tile    image.Image // of the pattern that was drawn last
}

// style is what elements hand on to those inside.
type style struct {
	fill, stroke   string // "#rrggbb", "none", "url(#a)", "" for none said
	width, opacity float64
	dash           []float64
	x, y           float64 // where the origin lies, in units
	turn           float64 // degrees about the point that follows
	aboutX, aboutY float64
	size           float64 // of letters, in units
	clipW, clipH   float64 // of the part that is drawn on, in units; 0 for all
	clipX, clipY   float64
}

// draw draws a poster at the top left of the picture.
func (p *painter) draw(svg string) error {
	d := xml.NewDecoder(strings.NewReader(svg))
	stack := []style{{opacity: 1, width: 1}}
	var text *xml.StartElement
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			p.style = stack[len(stack)-1]
			if err := p.read(t); err != nil {
				return err
			}
			if err := p.element(t); err != nil {
				return err
			}
			stack = append(stack, p.style)
			if t.Name.Local == "text" {
				text = &t
			}
		case xml.CharData:
			if text != nil {
				p.style = stack[len(stack)-1]
				p.letters(*text, string(t))
			}
		case xml.EndElement:
			stack, text = stack[:len(stack)-1], nil
			if t.Name.Local == "pattern" {
				p.tile, p.pattern = p.pattern.Image(), nil
			}
		}
	}
}

// read takes the attributes of an element that say how things are drawn.
func (p *painter) read(e xml.StartElement) (err error) {
	s := &p.style
	s.dash = nil
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "fill":
			s.fill = a.Value
		case "stroke":
			s.stroke = a.Value
		case "stroke-width":
			s.width = number(a.Value)
		case "stroke-dasharray":
			for part := range strings.FieldsSeq(a.Value) {
				s.dash = append(s.dash, number(part))
			}
		case "opacity":
			s.opacity *= number(a.Value)
		case "font-size":
			s.size = number(a.Value)
		case "transform":
			err = s.transform(a.Value)
		case "xmlns", "viewBox", "width", "height", "x", "y", "d", "cx", "cy", "r", "rx", "ry", "id", "patternUnits", "font-family", "letter-spacing":
		default:
			err = fmt.Errorf("the attribute %s is not known", a.Name.Local)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// transform moves or turns what follows; a turn stays about its own point.
func (s *style) transform(text string) error {
	name, rest, _ := strings.Cut(text, "(")
	var v []float64
	for part := range strings.FieldsSeq(strings.TrimSuffix(rest, ")")) {
		v = append(v, number(part))
	}
	switch {
	case name == "translate" && (len(v) == 1 || len(v) == 2):
		s.x += v[0]
		if len(v) == 2 {
			s.y += v[1]
		}
		s.aboutX, s.aboutY = s.x, s.y
	case name == "rotate" && len(v) == 1:
		s.turn, s.aboutX, s.aboutY = v[0], s.x, s.y
	case name == "rotate" && len(v) == 3:
		s.turn, s.aboutX, s.aboutY = v[0], s.x+v[1], s.y+v[2]
	default:
		return fmt.Errorf("transform %q is not known", text)
	}
	return nil
}

// element draws an element, or takes what it says of those inside.
func (p *painter) element(e xml.StartElement) error {
	get := func(name string) float64 { return number(attrOf(e, name)) }
	switch e.Name.Local {
	case "svg":
		if attrOf(e, "viewBox") != "" {
			return nil // the poster itself
		}
		p.style.y += get("y")
		p.style.clipX, p.style.clipY, p.style.clipW, p.style.clipH = p.style.x, p.style.y, get("width"), get("height")
		if p.style.clipW == 0 {
			p.style.clipW = 200 // all of the poster's, where nothing is said
		}
		return nil
	case "g", "text":
		return nil
	case "pattern":
		n := int(math.Round(get("width") * p.scale))
		p.pattern = gg.NewContext(n, n)
		return nil
	case "path", "circle", "ellipse":
		dc := p.begin()
		switch e.Name.Local {
		case "path":
			if err := trace(dc, attrOf(e, "d")); err != nil {
				return err
			}
		case "circle":
			dc.DrawCircle(get("cx"), get("cy"), get("r"))
		default:
			dc.DrawEllipse(get("cx"), get("cy"), get("rx"), get("ry"))
		}
		p.end(dc)
		return nil
	}
	return fmt.Errorf("the element %s is not known", e.Name.Local)
}

// begin returns the context to draw on, in units of the poster.
func (p *painter) begin() *gg.Context {
	dc, s := p.dc, &p.style
	if p.pattern != nil {
		dc = p.pattern
	}
	dc.Push()
	dc.Identity()
	dc.Scale(p.scale, p.scale)
	if s.clipW > 0 && p.pattern == nil {
		dc.DrawRectangle(s.clipX, s.clipY, s.clipW, s.clipH)
		dc.Clip()
	}
	if s.turn != 0 {
		dc.RotateAbout(gg.Radians(s.turn), s.aboutX, s.aboutY)
	}
	dc.Translate(s.x, s.y)
	return dc
}

// end fills and strokes what was traced since begin.
func (p *painter) end(dc *gg.Context) {
	s := &p.style
	if s.fill != "none" {
		if strings.HasPrefix(s.fill, "url(") && p.tile != nil {
			dc.SetFillStyle(gg.NewSurfacePattern(p.tile, gg.RepeatBoth))
		} else {
			dc.SetFillStyle(gg.NewSolidPattern(p.color(s.fill)))
		}
		dc.FillPreserve()
	}
	if s.stroke != "" && s.stroke != "none" {
		dc.SetStrokeStyle(gg.NewSolidPattern(p.color(s.stroke)))
		dc.SetLineWidth(s.width * p.scale) // which a context does not scale
		dc.SetLineCapButt()
		dash := make([]float64, len(s.dash))
		for i, d := range s.dash {
			dash[i] = d * p.scale
		}
		dc.SetDash(dash...)
		dc.StrokePreserve()
	}
	dc.ClearPath()
	dc.ResetClip()
	dc.Pop()
}

// letters draws a text at its own size in pixels: enlarged letters would be blurred.
func (p *painter) letters(e xml.StartElement, text string) {
	s := &p.style
	p.dc.SetFontFace(face(s.size * p.scale))
	p.dc.SetColor(p.color(s.fill))
	p.dc.DrawString(text, (s.x+number(attrOf(e, "x")))*p.scale, (s.y+number(attrOf(e, "y")))*p.scale)
}

// color returns a colour "#rrggbb" with the opacity of the style, black for none said.
func (p *painter) color(hex string) color.NRGBA {
	v, _ := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), uint8(math.Round(255 * p.style.opacity))}
}

func attrOf(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number returns a number of a poster, which has no others; 0 for "".
func number(text string) float64 {
	v, _ := strconv.ParseFloat(text, 64)
	return v
}
