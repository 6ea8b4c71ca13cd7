package chart

import (
	"strings"
	"testing"
)

func TestGrowthIsAPictureOfItsOwn(t *testing.T) {
	var b strings.Builder
	evil := `<script>alert(1)</script>`
	err := Growth(&b, "growth", "items", Series{Name: "open", X: []float64{1e4, 1e6}, Y: []float64{2, 300}},
		Series{Name: evil, X: []float64{1e4, 2e5, 1e6}, Y: []float64{3, 3, 4}}, Series{Name: "once", X: []float64{1e4}, Y: []float64{3}})
	if err != nil {
		t.Fatal(err)
	}
	svg := b.String()
	for _, want := range []string{"<svg", `xmlns="http://www.w3.org/2000/svg"`, ">open<", ">in proportion<", ">10000<", "</svg>"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture lacks %s", want)
		}
	}
	for _, bad := range []string{"<script>", "NaN", "var(--", ">once<"} {
		if strings.Contains(svg, bad) {
			t.Errorf("the picture has %q in it", bad)
		}
	}
}
