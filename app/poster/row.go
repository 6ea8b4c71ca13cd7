package poster

import "strconv"

// nearColours is the distance of two colours, at most 765, below which they are nearly the same where they lie side by
// side.
const nearColours = 90

// alike reports whether two posters have the same motif on nearly the same colour.
func (a *Poster) alike(b *Poster) bool {
	return a.motif == b.motif && distance(a.colours.ground, b.colours.ground) < nearColours*nearColours
}

// Apart returns for each poster of a row whether it is drawn with its other motif there, since it is like the one
// before. So an item has one poster wherever it stands, and in few places the same in colour, title and layout with
// another motif. nil stands for an item with a picture.
func Apart(row []*Poster) []bool {
	others := make([]bool, len(row))
	var before *Poster
	for i, p := range row {
		if p != nil && before != nil && p.alike(before) {
			others[i] = true
			p = p.Other()
		}
		before = p
	}
	return others
}

// Other returns the poster with its other motif.
func (a *Poster) Other() *Poster {
	b := *a
	b.motif, b.other = a.other, a.motif
	return &b
}

// distance returns the square of how far two colours, #rrggbb, are from each other. Source: the weighted distance of
// https://www.compuphase.com/cmetric.htm, with its weights for a middling red.
func distance(a, b string) (sum int) {
	x, _ := strconv.ParseUint(a[1:], 16, 32)
	y, _ := strconv.ParseUint(b[1:], 16, 32)
	for i, weight := range [...]int{5, 8, 5} { // halves: red, green, blue
		shift := 16 - 8*i
		d := int(x>>shift&255) - int(y>>shift&255)
		sum += weight * d * d
	}
	return sum / 2
}
