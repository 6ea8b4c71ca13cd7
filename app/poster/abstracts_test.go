package poster

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// motifOnly finds the motif of a poster.
var motifOnly = regexp.MustCompile(`(?s)<svg y=.*?</svg>`)

// TestPostersOfNoGenreDiffer: records of a magazine, without genres and years, have every
// design and colours all around the wheel, not one disc on brown.
func TestPostersOfNoGenreDiffer(t *testing.T) {
	designs, grounds, whole := map[string]int{}, map[string]int{}, map[string]bool{}
	for i := range 700 {
		id, title := fmt.Sprintf("rec-%05d", i), fmt.Sprintf("Record %d", i)
		svg := SVG(id, title, 0, nil)
		motif := motifOnly.FindString(svg)
		designs[design(motif)]++
		grounds[paint(nil, title, 0, newDice(id)).ground]++
		whole[motif] = true
	}
	if len(designs) != len(abstracts) {
		t.Errorf("%d designs, want %d: %v", len(designs), len(abstracts), designs)
	}
	if len(grounds) < 300 || len(whole) < 690 {
		t.Errorf("%d grounds and %d motifs of 700 records, want at least 300 and 690", len(grounds), len(whole))
	}
}

// design tells the designs apart: by their elements, each once, and by translucence and curves.
func design(motif string) string {
	tags := regexp.MustCompile(`<[a-z]+`).FindAllString(motif, -1)
	return fmt.Sprint(slices.Compact(tags), strings.Contains(motif, "opacity"), strings.Contains(motif, " 0 0 1 "))
}

// TestACategoryHasKindredColours: the hue is that of the category, whatever the book. Grey
// has none, so hues are compared where there is enough colour.
func TestACategoryHasKindredColours(t *testing.T) {
	for _, category := range []string{"Poetry", "Gardens", "Cooking", "历史"} {
		for id := range 60 {
			p := paint([]string{category}, "A Title", 2020, newDice(strconv.Itoa(id)))
			if away := math.Abs(math.Mod(hueOfColour(p.main)-float64(hash(category)%24*15)+540, 360) - 180); away > 25 {
				t.Errorf("%s, book %d: the motif %s is %.0f degrees from its category's hue", category, id, p.main, away)
			}
		}
	}
}

// TestTitlesOfAnyCategoryCanBeRead: 4.5:1 for every hue, look and decade.
func TestTitlesOfAnyCategoryCanBeRead(t *testing.T) {
	least := math.Inf(1)
	for label := range 200 {
		for id := range 60 {
			p := paint([]string{strconv.Itoa(label)}, "", 1900+2*id, newDice(strconv.Itoa(id)))
			least = min(least, contrast(p.ground, p.ink))
		}
	}
	if least < 4.5 {
		t.Errorf("the least contrast of a title is %.2f, want 4.5", least)
	}
}

// hueOfColour returns the hue of #rrggbb in OKLCH, in degrees.
func hueOfColour(color string) float64 {
	n, _ := strconv.ParseUint(color[1:], 16, 32)
	line := func(v uint64) float64 {
		s := float64(v&255) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	r, g, b := line(n>>16), line(n>>8), line(n)
	l, m, s := math.Cbrt(0.4122214708*r+0.5363325363*g+0.0514459929*b), math.Cbrt(0.2119034982*r+0.6806995451*g+0.1073969566*b), math.Cbrt(0.0883024619*r+0.2817188376*g+0.6299787005*b)
	return math.Mod(math.Atan2(0.0259040371*l+0.7827717662*m-0.8086757660*s, 1.9779984951*l-2.4285922050*m+0.4505937099*s)*180/math.Pi+360, 360)
}
