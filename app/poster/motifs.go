package poster

import "slices"

// motif draws the picture of a genre.
type motif func(*canvas)

// motifs are in order of how specific a genre is: of an item's first three
// genres, which come the most specific first, one of the two that stand first here is
// drawn, so that not every poster is a drama's. A genre without a motif, which
// says nothing of what an item is (IMAX), is passed over.
var motifs = []struct {
	genre string
	draw  motif
}{
	{"Film-Noir", lamp}, {"Western", horizon}, {"Musical", waves}, {"War", bars}, {"Documentary", squares}, {"Mystery", keyhole},
	{"Animation", blobs}, {"Horror", torn}, {"Fantasy", peaks}, {"Children", confetti}, {"Children's", confetti}, {"Sci-Fi", orbits},
	{"Crime", fingerprint}, {"Romance", discs}, {"Adventure", contours}, {"Thriller", converging}, {"Action", diagonals}, {"Comedy", arcs},
	{"Drama", windowLight},
}

// drawing returns the motif at a place: those of genres come first, then abstracts.
func drawing(place int) motif {
	if place < len(motifs) {
		return motifs[place].draw
	}
	return abstracts[place-len(motifs)]
}

// motifsOf returns the places of the motifs of an item's genres, the most specific first: at most two.
func motifsOf(genres []string) (places []int) {
	first := genres[:min(3, len(genres))]
	for i, m := range motifs {
		if len(places) < 2 && slices.Contains(first, m.genre) {
			places = append(places, i)
		}
	}
	return places
}

// choose returns the places of the motif of an item, and of the other one that it might have had: those of its two
// most specific genres by lot; of one genre, as that of half of all comedies, its motif and an abstract one by lot; of
// none two abstract ones.
func choose(genres []string, d *dice) (place, other int) {
	places := motifsOf(genres)
	if len(places) == 0 {
		n := d.roll(len(abstracts))
		return len(motifs) + n, len(motifs) + (n+1)%len(abstracts)
	}
	lot := d.roll(2)
	if len(places) == 2 {
		return places[lot], places[1-lot]
	}
	if lot == 0 {
		then := *d
		return places[0], len(motifs) + then.roll(len(abstracts))
	}
	return len(motifs) + d.roll(len(abstracts)), places[0]
}

// lamp draws a cone of light that falls on a street.
func lamp(c *canvas) {
	x, w := c.d.between(50, 150), c.d.between(60, 95)
	c.path(c.p.main, "M"+at(x, 24)+"L"+at(x-w, c.h)+"H"+itoa(x+w)+"z")
	c.path(c.p.second, "M"+at(x-w/3, c.h)+"a"+at(w/3, w/3)+" 0 0 1 "+at(2*(w/3), 0)+"z"+box(x-1, 0, 3, 20)+"M"+at(x-18, 30)+"a18 14 0 0 1 36 0z")
}

// horizon draws the sun on the plain, cut by heat.
func horizon(c *canvas) {
	x, r := c.d.between(60, 140), c.d.between(48, 72)
	y := c.h * 2 / 3
	c.circle(c.p.second, x, y, r)
	lines := ""
	for i := range 4 {
		lines += box(0, y-8-i*(r/5), 200, 5-i)
	}
	c.path(c.p.ground, lines)
	c.path(c.p.main, "M0 "+itoa(y)+"l60 -6l50 9l90 -8V"+itoa(c.h)+"H0z")
}

// waves draws sound.
func waves(c *canvas) {
	n, a := c.d.between(4, 6), c.d.between(14, 30)
	for i := range n {
		color := c.p.main
		if i%2 == 1 {
			color = c.p.second
		}
		y := 30 + i*(c.h-50)/n
		c.stroke(color, 9-i, "M-20 "+itoa(y)+"q40 "+itoa(-a)+" 80 0t80 0t80 0")
	}
}

// bars draws bars that march from one side to the other.
func bars(c *canvas) {
	n := c.d.between(7, 10)
	w := 200 / n
	d, odd := "", c.d.roll(n)
	for i := range n {
		h := c.d.between(c.h/4, c.h-24)
		if i == odd {
			c.path(c.p.second, box(i*w+3, c.h-h, w-5, h))
			continue
		}
		d += box(i*w+3, c.h-h, w-5, h)
	}
	c.path(c.p.main, d)
}

// squares draws frames of a film; some are lit.
func squares(c *canvas) {
	dim, lit := "", ""
	step := c.d.between(30, 38)
	for y := 16; y+step-6 < c.h; y += step {
		for x := 16; x+step-6 <= 186; x += step {
			if c.d.roll(4) == 0 {
				lit += box(x, y, step-6, step-6)
			} else {
				dim += box(x, y, step-6, step-6)
			}
		}
	}
	c.path(c.p.main, dim)
	c.path(c.p.second, lit)
}

// keyhole draws a keyhole that lets light through.
func keyhole(c *canvas) {
	x, y, r := c.d.between(70, 130), c.h*2/5, c.d.between(26, 34)
	c.circle(c.p.main, x, y, r*2+12)
	c.path(c.p.second, disc(x, y, r)+"M"+at(x-r/2, y)+"l"+at(-r/2, r*2+r/2)+"h"+itoa(2*r)+"l"+at(-r/2, -r*2-r/2)+"z")
}

// blobs draws soft and friendly shapes.
func blobs(c *canvas) {
	for i, color := range []string{c.p.main, c.p.second, c.p.main} {
		x, y, r := c.d.between(30, 170), c.h/4+i*c.h/4, c.d.between(30, 54)-8*i
		s := r * 4 / 3
		c.path(color, "M"+at(x-r, y)+"c0 "+itoa(-s)+" "+at(r+12, -s)+" "+at(2*r, -6)+"s"+at(-6, s)+" "+at(-r, r)+"s"+at(-r, -4)+" "+at(-r, -r+6)+"z")
	}
}

// torn draws a torn edge.
func torn(c *canvas) {
	c.circle(c.p.second, c.d.between(50, 150), c.h/3, c.d.between(26, 40))
	d := "M0 " + itoa(c.h/2)
	for x := 0; x < 200; {
		step := c.d.between(8, 26)
		x += step
		d += "L" + at(x, c.d.between(c.h/3, c.h*4/5))
	}
	c.path(c.p.main, d+"V"+itoa(c.h)+"H0z")
}

// peaks draws mountains under a moon.
func peaks(c *canvas) {
	c.circle(c.p.second, c.d.between(40, 160), c.h/4, c.d.between(16, 26))
	x := c.d.between(50, 150)
	top := c.h / 3
	c.path(c.p.main, "M"+at(x-130, c.h)+"L"+at(x, top)+"l"+at(130, c.h-top)+"z")
	c.path(c.p.second, "M"+at(x, top)+"l-19 26l10 -5l9 9l10 -8l9 4z")
	y := c.d.between(15, 60)
	c.path(c.p.ground, "M"+at(x-90-y, c.h)+"l80 "+itoa(-c.h/3)+"l80 "+itoa(c.h/3)+"z")
}

// confetti draws falling confetti.
func confetti(c *canvas) {
	one, two := "", ""
	for i := range 12 {
		x, y, r := (i%4)*50+c.d.between(8, 42), i/4*c.h/4+c.d.between(10, c.h/4), c.d.between(5, 12)
		switch i % 3 {
		case 0:
			one += disc(x, y, r)
		case 1:
			two += "M" + at(x, y) + "l" + at(2*r, -r) + "l" + at(-r/2, 2*r) + "z"
		default:
			two += box(x-r, y-r, r*3/2, r*3/2)
		}
	}
	c.path(c.p.main, one)
	c.path(c.p.second, two)
}

// orbits draws ellipses around a star.
func orbits(c *canvas) {
	x, y := c.d.between(60, 140), c.h/2+c.d.between(-20, 20)
	turn := c.d.between(-50, 50)
	c.b.WriteString("<g fill='none' stroke='" + c.p.main + "' stroke-width='3' transform='rotate(" + itoa(turn) + " " + at(x, y) + ")'>")
	for i := range 3 {
		c.b.WriteString("<ellipse cx='" + itoa(x) + "' cy='" + itoa(y) + "' rx='" + itoa(50+i*38) + "' ry='" + itoa(16+i*18) + "'/>")
	}
	c.b.WriteString("<circle fill='" + c.p.second + "' stroke='none' cx='" + itoa(x+88) + "' cy='" + itoa(y) + "' r='9'/></g>")
	c.circle(c.p.second, x, y, c.d.between(17, 28))
}

// fingerprint draws arcs within arcs, broken here and there.
func fingerprint(c *canvas) {
	x, y := c.d.between(70, 130), c.h*3/5
	c.b.WriteString("<g fill='none' stroke='" + c.p.main + "' stroke-width='5' transform='translate(" + at(x, y) + ")'>")
	for i := range 6 {
		r := 10 + i*17
		c.b.WriteString("<ellipse cy='" + itoa(-i*3) + "' rx='" + itoa(r*4/5) + "' ry='" + itoa(r) + "' stroke-dasharray='" + at(c.d.between(40, 150), c.d.between(9, 16)) + "'/>")
	}
	c.b.WriteString("</g>")
	c.path(c.p.second, disc(x, y, 5))
}

// discs draws discs whose overlap has a colour of its own.
func discs(c *canvas) {
	r := c.d.between(46, 60)
	x, y, up := 100-r/2, c.h/2, c.d.between(-16, 16)
	c.circle(c.p.main, x, y+up, r)
	c.b.WriteString("<g opacity='.85'>")
	c.circle(c.p.second, x+r, y-up, r)
	c.b.WriteString("</g>")
}

// contours draws heights on a map, and a path across it.
func contours(c *canvas) {
	x, y := c.d.between(60, 140), c.h/2
	a, e := c.d.between(-20, 20), c.d.between(60, 95)
	d := ""
	for i := range 5 {
		r := 16 + i*22
		k := r + a*i/4
		d += "M" + at(x-r, y) + "c0 " + itoa(-k) + " " + at(r, -r*e/80) + " " + at(r+a/2, -r*3/4) + "s" + at(r, k/2) + " " + at(r-a/2, r*3/4) + "s" + at(-r/2, k) + " " + at(-r, k*3/4) + "s" + at(-r, -k/3) + " " + at(-r, -k*3/4) + "z"
	}
	c.stroke(c.p.main, 3, d)
	c.b.WriteString("<path fill='none' stroke='" + c.p.second + "' stroke-width='5' stroke-dasharray='10 9' d='M-5 " + itoa(c.h-20) + "q70 " + at(-c.d.between(10, 70), x) + " " + itoa(-c.h/2+20) + "'/>")
	c.circle(c.p.second, x-5, c.h/2, 8)
}

// converging draws lines that lead to one point.
func converging(c *canvas) {
	x, y := c.d.between(50, 150), c.d.between(c.h/4, c.h/2)
	d := ""
	n := c.d.between(8, 11)
	for i := range n {
		a := i*500/n - 150
		d += "M" + at(x, y) + "L" + at(a, c.h+40) + "h" + itoa(220/n) + "z"
	}
	c.path(c.p.main, d)
	c.circle(c.p.second, x, y, c.d.between(12, 22))
}

// diagonals draws speed.
func diagonals(c *canvas) {
	lean := c.d.between(70, 130)
	d, odd := "", c.d.roll(4)
	for i := range 5 {
		w := c.d.between(10, 28)
		bar := "M" + at(i*52-70, c.h) + "l" + at(lean, -c.h) + "h" + itoa(w) + "l" + at(-lean, c.h) + "z"
		if i == odd+1 {
			c.path(c.p.second, bar)
			continue
		}
		d += bar
	}
	c.path(c.p.main, d)
}

// arcs draws smiles, and their reflections.
func arcs(c *canvas) {
	n := c.d.between(2, 4)
	w := 200 / n
	r := w/2 - 3
	up, down := c.p.main, c.p.second
	if c.d.roll(2) == 0 {
		up, down = down, up
	}
	c.b.WriteString("<pattern id='a' width='" + itoa(w) + "' height='" + itoa(w) + "' patternUnits='userSpaceOnUse'>")
	c.path(up, "M3 "+itoa(w/2-2)+"a"+at(r, r)+" 0 0 1 "+at(2*r, 0)+"z")
	c.path(down, "M3 "+itoa(w/2+2)+"a"+at(r, r)+" 0 0 0 "+at(2*r, 0)+"z")
	c.b.WriteString("</pattern>")
	c.path("url(#a)", box(0, 0, 200, c.h/w*w))
}

// windowLight draws a window's light on a floor.
func windowLight(c *canvas) {
	cols, rows := c.d.between(2, 3), c.d.between(2, 3)
	lean := c.d.between(-50, 50)
	w, h := 110/cols, (c.h-56)/rows
	x0 := 42 - lean/2 + c.d.between(-12, 12)
	odd := c.d.roll(cols * rows)
	d := ""
	for y := range rows {
		for x := range cols {
			px := x0 + x*w + lean*(rows-y)/rows
			pane := "M" + at(px, 28+y*h) + "h" + itoa(w-6) + "l" + at(-lean/rows, h-6) + "h" + itoa(6-w) + "z"
			if y*cols+x == odd {
				c.path(c.p.second, pane)
				continue
			}
			d += pane
		}
	}
	c.path(c.p.main, d)
}
