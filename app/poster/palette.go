package poster

import (
	"math"
	"slices"
)

// palette holds the colours of one poster, as #rrggbb.
type palette struct {
	ground string // behind everything
	ink    string // the title: at least 4.5:1 on ground
	main   string // the motif
	second string // what stands beside the motif, from another genre
}

// hues are the genres' angles on the OKLCH wheel, in degrees.
var hues = map[string]float64{
	"Action": 25, "Adventure": 150, "Animation": 350, "Children": 100, "Children's": 100, "Comedy": 84, "Crime": 215, "Documentary": 190,
	"Drama": 262, "Fantasy": 305, "Film-Noir": 275, "Horror": 18, "IMAX": 225, "Musical": 330, "Mystery": 290, "Romance": 8,
	"Sci-Fi": 238, "Thriller": 172, "War": 122, "Western": 58,
}

// noGenre is the hue of an item whose genres are unknown.
const noGenre = 60

func hueOf(genres []string, i int) float64 {
	if i < len(genres) {
		if h, ok := hues[genres[i]]; ok {
			return h
		}
	}
	return noGenre
}

// paint chooses the colours: the hue of one genre, beside it that of another;
// older items are warmer and paler, as prints fade. Most posters are dark, some
// on paper, some vivid; yellows are mostly vivid, because dark yellow is muddy.
//
// An item without a known genre has the hue of its category's hash, of one by lot
// where it has several, or of its title's: a shelf has kindred colours. Its second
// colour is near that or opposite, never a third that happens to be there.
func paint(genres []string, title string, year int, d *dice) palette {
	if len(motifsOf(genres)) == 0 {
		return paintAny(genres, title, year, d)
	}
	if n := min(3, len(genres)); n > 1 {
		at := d.roll(n) // of the three most specific by lot, so that items of one genre are not all of one colour
		genres = []string{genres[at], genres[(at+1)%n]}
	}
	t := youth(year)
	age := 1 - t
	first := warm(hueOf(genres, 0)+float64(d.between(-10, 10)), age)
	second := hueOf(genres, 1)
	if len(genres) < 2 {
		second = first + float64(140+d.roll(60))
	}
	second = warm(second, age)
	chroma := 0.45 + 0.55*t
	if slices.Contains(genres, "Film-Noir") {
		chroma *= 0.3
	}
	yellow := isYellow(first)
	look := d.roll(6)
	switch {
	case look == 0 || yellow && look == 1:
		return shade(paper, t, chroma, first, second)
	case look == 1 || yellow && look < 5:
		return shade(vivid, t, chroma, first, second)
	}
	return shade(dark, t, chroma, first, second)
}

// paintAny chooses the colours of an item without a known genre.
func paintAny(genres []string, title string, year int, d *dice) palette {
	label := title
	if n := min(3, len(genres)); n > 0 {
		label = genres[d.roll(n)]
	}
	t := youth(year)
	first := warm(float64(hash(label)%24*15)+float64(d.between(-10, 10)), 1-t)
	second := first + [...]float64{30, 60, 150, 180}[d.roll(4)]
	look := [...]look{paper, paper, vivid, dark, dark, dark}[d.roll(6)]
	if look == dark && isYellow(first) {
		look = vivid
	}
	return shade(look, t, 0.45+0.55*t, first, second)
}

// youth is 0 for 1920 and before, 1 for 2020 and after; 0.6 without a year.
func youth(year int) float64 {
	if year <= 0 {
		return 0.6
	}
	return min(1, max(0, float64(year/10*10-1920)/100))
}

// isYellow reports whether a hue is muddy where it is dark.
func isYellow(hue float64) bool { return hue > 45 && hue < 115 }

// A look is how light a poster is.
type look int

const (
	dark look = iota
	paper
	vivid
)

// shade returns the colours of two hues: t is the item's youth.
func shade(l look, t, chroma, first, second float64) palette {
	age := 1 - t
	switch l {
	case paper:
		return palette{
			ground: oklch(0.9-0.03*age, 0.03+0.02*age, first),
			ink:    oklch(0.27, 0.05*chroma, first),
			main:   oklch(0.5+0.06*t, 0.15*chroma, first),
			second: oklch(0.7, 0.13*chroma, second),
		}
	case vivid:
		light := 0.66 + 0.05*t
		if isYellow(first) {
			light += 0.08
		}
		return palette{
			ground: oklch(light, 0.13*chroma, first),
			ink:    oklch(0.2, 0.04, first),
			main:   oklch(0.32, 0.08*chroma, first),
			second: oklch(0.95, 0.04, second),
		}
	}
	return palette{
		ground: oklch(0.27+0.11*t, 0.1*chroma, first),
		ink:    oklch(0.96, 0.02, first),
		main:   oklch(0.6+0.1*t, 0.15*chroma, first),
		second: oklch(0.84, 0.1*chroma, second),
	}
}

// warm pulls hue h toward that of old paper, the more the older.
func warm(h, age float64) float64 {
	away := math.Mod(noGenre-h+540, 360) - 180
	return h + 0.45*age*away
}

// oklch returns the colour of lightness l (0 to 1), chroma c and hue h in
// degrees as #rrggbb; chroma shrinks until the colour fits sRGB. Source:
// Ottosson, "A perceptual color space for image processing", 2020.
func oklch(l, c, h float64) string {
	for {
		r, g, b := linear(l, c, h)
		const low, high = -0.001, 1.001
		if c <= 0 || min(r, g, b) >= low && max(r, g, b) <= high {
			return "#" + channel(r) + channel(g) + channel(b)
		}
		c -= 0.005
	}
}

// linear returns the colour in linear sRGB.
func linear(l, c, h float64) (r, g, b float64) {
	sin, cos := math.Sincos(h * math.Pi / 180)
	u, v := c*cos, c*sin
	x, y, z := l+0.3963377774*u+0.2158037573*v, l-0.1055613458*u-0.0638541728*v, l-0.0894841775*u-1.2914855480*v
	x, y, z = x*x*x, y*y*y, z*z*z
	return 4.0767416621*x - 3.3077115913*y + 0.2309699292*z,
		-1.2684380046*x + 2.6097574011*y - 0.3413193965*z,
		-0.0041960863*x - 0.7034186147*y + 1.7076147010*z
}

const hexDigits = "0123456789abcdef"

func channel(v float64) string {
	if v <= 0.0031308 {
		v *= 12.92
	} else {
		v = 1.055*math.Pow(v, 1/2.4) - 0.055
	}
	n := int(min(1, max(0, v))*255 + 0.5)
	return string([]byte{hexDigits[n>>4], hexDigits[n&15]})
}
