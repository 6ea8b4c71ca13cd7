//go:build !js

package preview

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"git.sr.ht/~sbinet/gg"
)

// argumentsOf says how many numbers a command of a path takes.
var argumentsOf = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 's': 4, 'q': 4, 't': 2, 'a': 7, 'z': 0}

// pen is where a path is being drawn.
type pen struct {
	dc             *gg.Context
	x, y           float64
	startX, startY float64 // of the part that z closes
	ctrlX, ctrlY   float64 // the last control point, which s and t mirror
	last           byte
}

// trace draws the path d of SVG on dc, without filling it.
// Source: https://www.w3.org/TR/SVG11/paths.html
func trace(dc *gg.Context, d string) error {
	p := &pen{dc: dc}
	for d = strings.TrimSpace(d); d != ""; {
		command := d[0]
		lower := command | 0x20
		n, known := argumentsOf[lower]
		if !known {
			return fmt.Errorf("the command %q of a path is not known", command)
		}
		d = d[1:]
		for first := true; first || n > 0 && d != "" && strings.IndexByte("-.0123456789", d[0]) >= 0; first = false {
			v := make([]float64, n)
			for i := range v {
				var err error
				if v[i], d, err = next(d); err != nil {
					return err
				}
			}
			p.do(lower, command == lower, v)
			d = strings.TrimLeft(d, " ,")
		}
	}
	return nil
}

// next cuts the number from the front of d.
func next(d string) (v float64, rest string, err error) {
	d = strings.TrimLeft(d, " ,")
	end := 0
	for end < len(d) && (d[end] >= '0' && d[end] <= '9' || d[end] == '.' || d[end] == '-' && end == 0) {
		end++
	}
	v, err = strconv.ParseFloat(d[:end], 64)
	return v, d[end:], err
}

// do runs one command; relative says that its points are counted from the pen.
func (p *pen) do(command byte, relative bool, v []float64) {
	ox, oy := 0.0, 0.0
	if relative {
		ox, oy = p.x, p.y
	}
	to := func(i int) (x, y float64) { return ox + v[i], oy + v[i+1] }
	mirrorX, mirrorY := p.x, p.y
	if before := p.last; (command == 's' && (before == 'c' || before == 's')) || (command == 't' && (before == 'q' || before == 't')) {
		mirrorX, mirrorY = 2*p.x-p.ctrlX, 2*p.y-p.ctrlY
	}
	p.last = command
	switch command {
	case 'm':
		p.x, p.y = to(0)
		p.startX, p.startY = p.x, p.y
		p.dc.MoveTo(p.x, p.y)
		return
	case 'z':
		p.dc.ClosePath()
		p.x, p.y = p.startX, p.startY
		return
	case 'l':
		p.x, p.y = to(0)
		p.dc.LineTo(p.x, p.y)
	case 'h':
		p.x = ox + v[0]
		p.dc.LineTo(p.x, p.y)
	case 'v':
		p.y = oy + v[0]
		p.dc.LineTo(p.x, p.y)
	case 'c':
		x1, y1 := to(0)
		p.ctrlX, p.ctrlY = to(2)
		p.x, p.y = to(4)
		p.dc.CubicTo(x1, y1, p.ctrlX, p.ctrlY, p.x, p.y)
	case 's':
		p.ctrlX, p.ctrlY = to(0)
		p.x, p.y = to(2)
		p.dc.CubicTo(mirrorX, mirrorY, p.ctrlX, p.ctrlY, p.x, p.y)
	case 'q':
		p.ctrlX, p.ctrlY = to(0)
		p.x, p.y = to(2)
		p.dc.QuadraticTo(p.ctrlX, p.ctrlY, p.x, p.y)
	case 't':
		p.ctrlX, p.ctrlY = mirrorX, mirrorY
		p.x, p.y = to(0)
		p.dc.QuadraticTo(p.ctrlX, p.ctrlY, p.x, p.y)
	case 'a':
		x, y := to(5)
		p.arc(v[0], v[1], v[3] != 0, v[4] != 0, x, y)
		p.x, p.y = x, y
	}
}

// arc draws an arc of an ellipse that is not turned, from the pen to (x, y), in steps of a degree or two.
// Source: https://www.w3.org/TR/SVG11/implnote.html#ArcConversionEndpointToCenter
func (p *pen) arc(rx, ry float64, large, sweep bool, x, y float64) {
	hx, hy := (p.x-x)/2, (p.y-y)/2
	if rx == 0 || ry == 0 || hx == 0 && hy == 0 {
		p.dc.LineTo(x, y)
		return
	}
	far := hx*hx/(rx*rx) + hy*hy/(ry*ry)
	if far > 1 { // the radii are too small: the least that reach
		rx, ry, far = rx*math.Sqrt(far), ry*math.Sqrt(far), 1
	}
	k := math.Sqrt(max(0, 1/far-1))
	if large == sweep {
		k = -k
	}
	cx, cy := k*rx*hy/ry, -k*ry*hx/rx
	from := math.Atan2((hy-cy)/ry, (hx-cx)/rx)
	turn := math.Atan2((-hy-cy)/ry, (-hx-cx)/rx) - from
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	cx, cy = cx+(p.x+x)/2, cy+(p.y+y)/2
	const steps = 180
	for i := 1; i < steps; i++ {
		at := from + turn*float64(i)/steps
		p.dc.LineTo(cx+rx*math.Cos(at), cy+ry*math.Sin(at))
	}
	p.dc.LineTo(x, y)
}
