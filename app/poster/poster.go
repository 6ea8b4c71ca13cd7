// Package poster draws posters: portrait SVGs of at most 1 KB that show genre,
// decade and title of an item, in one series of designs.
package poster

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// A poster is 200 × 300. The title block is at the bottom (or, for some, at the
// top); the motif fills the rest.
const (
	width  = 200
	height = 300
	margin = 16
)

// Poster is how the poster of an item looks: its motif is one of two by lot, so that those of one genre differ.
type Poster struct {
	title        string
	year         int
	colours      palette
	dice         dice // as the motif finds them
	above        bool // the title is at the top
	motif, other int  // places in allMotifs
}

// New returns the poster of the item called id. year may be 0 and genres, the most
// specific first, may be empty. The same arguments give the same poster.
func New(id, title string, year int, genres []string) *Poster {
	d := newDice(id)
	p := &Poster{title: title, year: year, colours: paint(genres, title, year, d)}
	p.above = d.roll(4) == 0
	p.motif, p.other = choose(genres, d)
	p.dice = *d
	return p
}

// SVG draws the poster of the item called id, see [New].
func SVG(id, title string, year int, genres []string) string {
	return New(id, title, year, genres).SVG()
}

// SVG draws the poster.
func (a *Poster) SVG() string {
	p := a.colours
	lines, size := typeset(a.title)
	lead := size + size/8
	block := margin + len(lines)*lead + 30 // the title block with the year's line
	art := height - block

	var b strings.Builder
	b.WriteString("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 300'>")
	b.WriteString("<path fill='" + p.ground + "' d='M0 0h200v300H0z'/>")
	top, first, yearAt := 0, art+size+6, height-margin
	if a.above {
		top, first, yearAt = block, margin+size-2, margin+len(lines)*lead+14
	}
	b.WriteString("<svg y='" + itoa(top) + "' height='" + itoa(art) + "'>")
	d := a.dice
	drawing(a.motif)(&canvas{b: &b, h: art, p: p, d: &d, title: a.title})
	b.WriteString("</svg><g transform='translate(16)' fill='" + p.ink + "' font-family='Georgia,serif' font-size='" + itoa(size) + "'>")
	for i, line := range lines {
		b.WriteString("<text y='" + itoa(first+i*lead) + "'>" + escape(line) + "</text>")
	}
	if a.year > 0 {
		b.WriteString("<text y='" + itoa(yearAt) + "' font-size='11' letter-spacing='2'>" + itoa(a.year) + "</text>")
	}
	b.WriteString("</g></svg>")
	return b.String()
}

// URI returns the poster as a data: address for an img element.
func (a *Poster) URI() string { return "data:image/svg+xml," + encoder.Replace(a.SVG()) }

// Quotes are single throughout, so that only these characters need an escape.
var encoder = strings.NewReplacer("%", "%25", "#", "%23")

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape returns s as text of an SVG; characters that XML forbids are dropped.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0xfffe || r == 0xffff || r == 0x2028 || r == 0x2029 || r == '"' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(s, `"`, "”"), ""))
	return escaper.Replace(s)
}

func itoa(n int) string { return strconv.Itoa(n) }

// dice is a random generator seeded by the hash of an id.
type dice uint64

func newDice(id string) *dice {
	d := dice(hash(id))
	d.roll(2)
	return &d
}

// hash returns the FNV-1a of a text.
func hash(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text))
	return h.Sum64()
}

// roll returns a number from 0 to n-1. Source: Vigna's SplitMix64.
func (d *dice) roll(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// between returns a number from low to high, both included.
func (d *dice) between(low, high int) int { return low + d.roll(high-low+1) }
