package poster

import "strings"

// canvas is the area of a motif: 200 wide, h high, clipped at its edges.
type canvas struct {
	b *strings.Builder
	h int
	p palette
	d *dice

	title string
}

// path draws a filled shape.
func (c *canvas) path(fill, d string) {
	c.b.WriteString("<path fill='" + fill + "' d='" + d + "'/>")
}

// stroke draws a line of the given width.
func (c *canvas) stroke(color string, width int, d string) {
	c.b.WriteString("<path fill='none' stroke='" + color + "' stroke-width='" + itoa(width) + "' d='" + d + "'/>")
}

func (c *canvas) circle(fill string, x, y, r int) {
	c.b.WriteString("<circle fill='" + fill + "' cx='" + itoa(x) + "' cy='" + itoa(y) + "' r='" + itoa(r) + "'/>")
}

// at returns "x y" for a path.
func at(x, y int) string { return itoa(x) + " " + itoa(y) }

// box returns a rectangle for a path.
func box(x, y, w, h int) string {
	return "M" + at(x, y) + "h" + itoa(w) + "v" + itoa(h) + "h" + itoa(-w) + "z"
}

// disc returns a full circle for a path.
func disc(x, y, r int) string {
	arc := "a" + at(r, r) + " 0 1 0 "
	return "M" + at(x-r, y) + arc + at(2*r, 0) + arc + at(-2*r, 0)
}
