package poster

import "unicode"

// abstracts are the motifs of an item without a known genre, as books, records and
// whatever a shop sells are, and of some that have one only: they mean nothing, and are as unlike each other as can be.
var abstracts = []motif{quarters, tiles, dunes, stripes, rosette, initial, discAndLine}

// quarters draws rings around a corner.
func quarters(c *canvas) {
	x, n := 200*c.d.roll(2), c.d.between(3, 5)
	most := min(c.h-12, 176)
	for i := range n {
		fill := c.p.main
		if i == n-1 {
			fill = c.p.second
		} else if i%2 == 1 {
			fill = c.p.ground
		}
		c.circle(fill, x, c.h, most*(n-i)/n)
	}
}

// tiles draws quarters of discs on a grid, turned by lot.
func tiles(c *canvas) {
	n := c.d.between(3, 4)
	w := 200 / n
	rows := c.h / w
	first, second := "", ""
	for i := range n * rows {
		x, y := i%n*w, c.h-rows*w+i/n*w
		arc := "a" + at(w, w) + " 0 0 1 "
		tile := ""
		switch c.d.roll(5) {
		case 0:
			tile = "M" + at(x, y) + "h" + itoa(w) + arc + at(-w, w) + "z"
		case 1:
			tile = "M" + at(x+w, y) + "v" + itoa(w) + arc + at(-w, -w) + "z"
		case 2:
			tile = "M" + at(x+w, y+w) + "h" + itoa(-w) + arc + at(w, -w) + "z"
		case 3:
			tile = "M" + at(x, y+w) + "v" + itoa(-w) + arc + at(w, w) + "z"
		}
		if c.d.roll(5) == 0 {
			second += tile
		} else {
			first += tile
		}
	}
	c.path(c.p.main, first)
	c.path(c.p.second, second)
}

// dunes draws layers of hills under a disc.
func dunes(c *canvas) {
	c.circle(c.p.second, c.d.between(40, 160), c.h/3, c.d.between(16, 28))
	n := c.d.between(3, 4)
	for i := range n {
		x, y, a := -c.d.between(0, 60), c.h/3+c.h*2*i/(3*n)+10, c.d.between(16, 44)
		if i%2 == 1 {
			a = -a
		}
		c.b.WriteString("<path fill='" + c.p.main + "' opacity='." + itoa(3+2*i) + "' d='M" + at(x, y) + "q" + at(65, -a) + " 130 0t130 0V" + itoa(c.h) + "H" + itoa(x) + "z'/>")
	}
}

// stripes draws stripes of all widths, upright or across.
func stripes(c *canvas) {
	upright, odd := c.d.roll(2) == 0, c.d.roll(4)
	long := c.h
	if upright {
		long = 200
	}
	one, d := "", ""
	for i, from := 0, c.d.between(4, 14); from < long; i++ {
		wide := c.d.between(4, 26)
		stripe := box(0, from, 200, wide)
		if upright {
			stripe = box(from, 0, wide, c.h)
		}
		if i == odd {
			one = stripe
		} else {
			d += stripe
		}
		from += wide + c.d.between(5, 14)
	}
	c.path(c.p.main, d)
	c.path(c.p.second, one)
}

// rosette draws ellipses around a point.
func rosette(c *canvas) {
	n, wide, high := c.d.between(5, 8), min(c.h/2-8, 84), c.d.between(14, 28)
	c.b.WriteString("<g fill='none' stroke='" + c.p.main + "' stroke-width='3' transform='translate(" + at(100, c.h/2) + ")'>")
	for i := range n {
		c.b.WriteString("<ellipse rx='" + itoa(wide) + "' ry='" + itoa(high) + "' transform='rotate(" + itoa(180*i/n) + ")'/>")
	}
	c.b.WriteString("</g>")
	c.circle(c.p.second, 100, c.h/2, c.d.between(7, 13))
}

// initial draws the first letter of the title, large, over a line; a title without letters has rings.
func initial(c *canvas) {
	for _, r := range c.title {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			c.b.WriteString("<text x='" + itoa(c.d.between(8, 40)) + "' y='" + itoa(c.h-c.h/6) + "' fill='" + c.p.main + "' font-family='Georgia,serif' font-size='" + itoa(c.h) + "'>" + string(r) + "</text>")
			c.path(c.p.second, box(16, c.h-8, 168, 3))
			return
		}
	}
	quarters(c)
}

// discAndLine draws a disc that a line crosses.
func discAndLine(c *canvas) {
	x := c.d.between(60, 140)
	c.circle(c.p.main, x, c.h/2, c.d.between(40, 66))
	c.path(c.p.second, box(0, c.h/2-c.d.between(-40, 40), 200, 6))
}
