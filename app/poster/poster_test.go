package poster

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var someGenres = []string{"Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama", "Fantasy",
	"Film-Noir", "Horror", "IMAX", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western", "(no genres listed)", "Essay"}

// TestAnyItemHasAPoster draws posters of arbitrary items and checks what a
// reader needs: well-formed XML, a title that can be read, at most 1 KB.
func TestAnyItemHasAPoster(t *testing.T) {
	word := rapid.StringMatching(`[A-Za-zéßñ&<>"'%#,:!-]{1,14}|[一-龠]{1,6}`)
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringMatching(`[a-z0-9]{1,8}`).Draw(t, "id")
		title := strings.Join(rapid.SliceOfN(word, 0, 8).Draw(t, "title"), " ")
		for utf8.RuneCountInString(title) > 60 {
			title = title[:strings.LastIndex(title, " ")]
		}
		year := rapid.OneOf(rapid.Just(0), rapid.IntRange(1890, 2030)).Draw(t, "year")
		genres := rapid.SliceOfN(rapid.SampledFrom(someGenres), 0, 4).Draw(t, "genres")
		svg := SVG(id, title, year, genres)
		other := New(id, title, year, genres).Other()
		if n := len(other.SVG()) - len(escape(title)); n > 1000 || wellFormed(other.SVG()) != nil {
			t.Errorf("the other poster of %q, %q, %d, %q has %d bytes beside the title, want at most 1000: %s", id, title, year, genres, n, other.SVG())
		}
		if svg != SVG(id, title, year, genres) {
			t.Fatalf("SVG(%q) is not the same twice", id)
		}
		if err := wellFormed(svg); err != nil {
			t.Fatalf("SVG(%q, %q, %d, %q) = %s\n%v", id, title, year, genres, svg, err)
		}
		if n := len(svg) - len(escape(title)); n > 1000 {
			t.Errorf("SVG(%q, %q, %d, %q) has %d bytes beside the title, want at most 1000", id, title, year, genres, n)
		}
		p := paint(genres, title, year, newDice(id))
		if c := contrast(p.ground, p.ink); c < 4.5 {
			t.Errorf("title of %q %d %q: contrast %.2f of %s on %s, want 4.5", id, year, genres, c, p.ink, p.ground)
		}
	})
}

// TestTypicalPosterIsSmall checks the limit of 1 KB for titles of the usual
// length.
func TestTypicalPosterIsSmall(t *testing.T) {
	title := "The Adventures of Sherlock Holmes and Dr. Watson: Bloody Signature"
	for _, g := range someGenres {
		for id := range 40 {
			if svg := SVG(strconv.Itoa(id), title, 1979, [][]string{{g, "Drama"}, {g}}[id%2]); len(svg) > 1024 {
				t.Errorf("SVG(%d, …, %q) has %d bytes, want at most 1024", id, g, len(svg))
			}
		}
	}
}

func TestTypeset(t *testing.T) {
	for _, test := range []struct {
		title string
		lines []string
	}{
		{"Heat", []string{"Heat"}},
		{"Toy Story", []string{"Toy", "Story"}},
		{"", []string{""}},
		{"盗火线", []string{"盗火线"}},
		{"City of Lost Children (Cité des enfants perdus, La)", []string{"City of", "Lost", "Children"}},
	} {
		if lines, _ := typeset(test.title); strings.Join(lines, "|") != strings.Join(test.lines, "|") {
			t.Errorf("typeset(%q) = %q, want %q", test.title, lines, test.lines)
		}
	}
}

// TestLinesFit checks that no line is wider than the poster by the widths this
// package assumes.
func TestLinesFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.StringN(0, 80, -1).Draw(t, "title")
		lines, size := typeset(title)
		for _, line := range lines {
			if w := advance(line, size); w > measure+0.01 {
				t.Errorf("typeset(%q): line %q is %.0f wide at %d, want at most %d", title, line, w, size, measure)
			}
		}
	})
}

func TestURIHasNothingToEscape(t *testing.T) {
	uri := New("1", `"Quotes" & 100% #1`, 1995, []string{"Comedy"}).URI()
	if strings.ContainsAny(uri[len("data:image/svg+xml,"):], `#"`) {
		t.Errorf("URI = %s, want neither # nor quotation marks in it", uri)
	}
}

func wellFormed(svg string) error {
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// contrast returns the contrast ratio of two colours, WCAG 2.2, 1.4.3.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(color string) float64 {
	n, _ := strconv.ParseUint(color[1:], 16, 32)
	channel := func(v uint64) float64 {
		s := float64(v&255) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
}
