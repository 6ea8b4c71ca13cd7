package chart

import (
	"strings"
	"testing"
)

// TestPlotsAreThemedAndHarmless looks at what a page gets to see: the page's
// colours, nothing fetched, nothing run, whatever a name says.
func TestPlotsAreThemedAndHarmless(t *testing.T) {
	evil := `<script>alert(1)</script>`
	p := New()
	p.Add(Intervals{{2, 1, 3}, {5, 4, 6}}, Bars{1, 2}, Upright(2))
	Lines(p, []string{evil, "b"})
	first, err := SVG(p, 100, evil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Curves("loss", "epoch", "nats", Series{Name: "train", X: []float64{1, 2}, Y: []float64{3, 2}}, Series{Name: evil, X: []float64{1, 2}, Y: []float64{3, 4}, Dashed: true})
	if err != nil {
		t.Fatal(err)
	}
	third, err := Points("calibration", "said", "was", []Point{{evil, 0.1, 0.2}, {"", 0.8, 0.7}}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, svg := range []string{first, second, third} {
		if !strings.HasPrefix(svg, `<svg role="img" aria-label="`) || !strings.HasSuffix(strings.TrimSpace(svg), "</svg>") {
			t.Errorf("not an svg element: %.80s", svg)
		}
		if !strings.Contains(svg, "var(--ink)") {
			t.Error("the plot does not have the page's colours")
		}
		for _, bad := range []string{"<script", "url(", "#0102", "NaN"} {
			if strings.Contains(svg, bad) {
				t.Errorf("the plot has %q in it", bad)
			}
		}
	}
}

// TestAmounts begin at 0, which curves need not.
func TestAmounts(t *testing.T) {
	days := Series{X: []float64{1, 2, 3}, Y: []float64{90, 95, 100}}
	for _, c := range []struct {
		draw func(title, x, y string, series ...Series) (string, error)
		zero bool
	}{{Curves, false}, {Amounts, true}} {
		svg, err := c.draw("cards", "day", "cards", days)
		if err != nil || strings.Contains(svg, ">0</text>") != c.zero {
			t.Errorf("%v, and an axis from 0 is %t, want %t: %s", err, !c.zero, c.zero, svg)
		}
	}
}
