package preview

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"git.sr.ht/~sbinet/gg"
)

// drawn draws the inside of an svg of 200 × 300 at two pixels a unit.
func drawn(t *testing.T, inside string) image.Image {
	t.Helper()
	dc := gg.NewContext(400, 600)
	p := painter{dc: dc, scale: 2}
	if err := p.draw("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 300'>" + inside + "</svg>"); err != nil {
		t.Fatal(err)
	}
	return dc.Image()
}

// TestElements draws elements as posters have them and looks at points of which the outcome is known, in units.
func TestElements(t *testing.T) {
	const on, off = "#ff0000", ""
	for name, test := range map[string]struct {
		inside string
		at     map[[2]int]string
	}{
		"a box by h and v":   {"<path fill='#ff0000' d='M10 20h50v30h-50z'/>", map[[2]int]string{{11, 21}: on, {59, 49}: on, {62, 30}: off, {30, 52}: off}},
		"two boxes":          {"<path fill='#ff0000' d='M0 0h10v10h-10zM50 50h10v10h-10z'/>", map[[2]int]string{{5, 5}: on, {55, 55}: on, {30, 30}: off}},
		"the upper half":     {"<path fill='#ff0000' d='M50 100a50 50 0 0 1 100 0z'/>", map[[2]int]string{{100, 60}: on, {100, 104}: off, {55, 60}: off}},
		"the lower half":     {"<path fill='#ff0000' d='M50 100a50 50 0 0 0 100 0z'/>", map[[2]int]string{{100, 140}: on, {100, 96}: off}},
		"the larger arc":     {"<path fill='#ff0000' d='M100 50a50 50 0 1 1 -50 50z'/>", map[[2]int]string{{130, 100}: on, {100, 140}: on, {60, 60}: off}},
		"a cubic and mirror": {"<path fill='#ff0000' d='M0 100c0 -40 40 -40 40 0s40 40 40 0z'/>", map[[2]int]string{{20, 80}: on, {60, 120}: on, {20, 120}: off, {60, 80}: off}},
		"a wave of t":        {"<path fill='none' stroke='#ff0000' stroke-width='4' d='M0 100q20 -40 40 0t40 0'/>", map[[2]int]string{{20, 80}: on, {60, 120}: on, {60, 80}: off, {20, 100}: off}},
		"dashes":             {"<path fill='none' stroke='#ff0000' stroke-width='6' stroke-dasharray='10 9' d='M0 50h100'/>", map[[2]int]string{{5, 50}: on, {14, 50}: off, {24, 50}: on, {5, 55}: off}},
		"all of the width":   {"<svg y='100' height='50'><circle fill='#ff0000' cx='50' cy='50' r='40'/></svg>", map[[2]int]string{{50, 140}: on, {50, 155}: off}},
		"moved to the right": {"<g transform='translate(16)'><circle fill='#ff0000' cx='50' cy='50' r='10'/></g>", map[[2]int]string{{66, 50}: on, {50, 50}: off}},
		"cut at its part":    {"<svg y='100' width='200' height='50'><circle fill='#ff0000' cx='50' cy='50' r='40'/></svg>", map[[2]int]string{{50, 140}: on, {50, 155}: off, {50, 95}: off}},
		"moved":              {"<g fill='#ff0000' transform='translate(30 40)'><ellipse rx='10' ry='20'/></g>", map[[2]int]string{{30, 55}: on, {45, 40}: off, {5, 5}: off}},
		"turned":             {"<g fill='#ff0000' transform='rotate(90 50 50)'><ellipse cx='50' cy='50' rx='40' ry='5'/></g>", map[[2]int]string{{50, 80}: on, {80, 50}: off}},
		"turned and moved":   {"<g fill='#ff0000' transform='translate(100 100)'><ellipse rx='50' ry='5' transform='rotate(90)'/></g>", map[[2]int]string{{100, 140}: on, {140, 100}: off}},
		"a pattern":          {"<pattern id='a' width='20' height='20' patternUnits='userSpaceOnUse'><path fill='#ff0000' d='M0 0h10v10h-10z'/></pattern><path fill='url(#a)' d='M0 0h100v100h-100z'/>", map[[2]int]string{{5, 5}: on, {15, 5}: off, {45, 25}: on, {55, 25}: off}},
		"half seen":          {"<path fill='#000000' d='M0 0h9v9h-9z'/><g opacity='.5'><path fill='#ff0000' d='M0 0h9v9h-9z'/></g>", map[[2]int]string{{4, 4}: "#800000"}},
	} {
		got := drawn(t, test.inside)
		for at, want := range test.at {
			c := color.NRGBAModel.Convert(got.At(2*at[0], 2*at[1])).(color.NRGBA)
			hex := ""
			if c.A > 0 {
				hex = "#" + strings.ToLower(hexOf(c.R)+hexOf(c.G)+hexOf(c.B))
			}
			if hex != want {
				t.Errorf("%s: %q at %v, want %q", name, hex, at, want)
			}
		}
	}
}

func hexOf(v uint8) string {
	const digits = "0123456789abcdef"
	return string(digits[v>>4]) + string(digits[v&15])
}

// TestWhatIsNotKnownIsRefused: a part of a poster that would be missing from its picture.
func TestWhatIsNotKnownIsRefused(t *testing.T) {
	for _, inside := range []string{"<rect/>", "<path d='M0 0B1 1'/>", "<path d='M0 x'/>", "<g filter='url(#f)'/>", "<g transform='skewX(3)'/>", "<path"} {
		p := painter{dc: gg.NewContext(9, 9), scale: 1}
		if p.draw("<svg viewBox='0 0 9 9'>"+inside+"</svg>") == nil {
			t.Errorf("%s was drawn", inside)
		}
	}
}

// TestPicture draws items of every kind: the size, the same bytes again, and a title that the font lacks.
func TestPicture(t *testing.T) {
	seen := map[string]bool{}
	for _, genre := range []string{"Film-Noir", "Western", "Musical", "War", "Documentary", "Mystery", "Animation", "Horror", "Fantasy", "Children",
		"Sci-Fi", "Crime", "Romance", "Adventure", "Thriller", "Action", "Comedy", "Drama", "a", "b", "c", "d", "e", "f", "g", "h"} {
		one, err := PNG("1"+genre, "Heat & Dust", 1983, []string{genre}, "Sparrow")
		if err != nil {
			t.Fatal(err)
		}
		if two, _ := PNG("1"+genre, "Heat & Dust", 1983, []string{genre}, "Sparrow"); !bytes.Equal(one, two) {
			t.Errorf("%s: two pictures of one item differ", genre)
		}
		if c, err := png.DecodeConfig(bytes.NewReader(one)); err != nil || c.Width != 1200 || c.Height != 630 || len(one) > 80_000 {
			t.Errorf("%s: %d × %d, %d bytes, %v", genre, c.Width, c.Height, len(one), err)
		}
		if seen[string(one)] {
			t.Errorf("%s: two items have one picture", genre)
		}
		seen[string(one)] = true
	}
	none, _ := PNG("1", "", 1993, nil, "")
	for title, same := range map[string]bool{"霸王别姬": true, "Farewell": false, "Amélie": false} {
		if got, _ := PNG("1", title, 1993, nil, "名"); bytes.Equal(got, none) != same {
			t.Errorf("%q: the same as without a title: %v", title, !same)
		}
	}
	if long, err := PNG("1", strings.Repeat("Borat: Cultural Learnings ", 20), 2006, nil, ""); err != nil || len(long) == 0 {
		t.Errorf("a long title: %v", err)
	}
}
