package chart

import (
	"fmt"
	"html"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// paper fills with the ground of colours.
const paper = `fill:var(--paper)`

// colours are those of the pages, for a picture that stands where there is no style sheet.
const colours = `<style>svg{--paper:#fcfcfa;--ink:#1d2126;--faint:#6b7480;--accent:#0b62a8;--band:#c9dff2}@media(prefers-color-scheme:dark){svg{--paper:#14171a;--ink:#e8eaed;--faint:#9aa4af;--accent:#7db8ef;--band:#23405c}}</style>`

var viewBox = regexp.MustCompile(`viewBox="-?\d+ 0 ([\d.]+) ([\d.]+)"`)

// Panels writes plots that [SVG] drew beside each other, as a picture of its own that is called
// name and is light or dark as the reader's screen is.
func Panels(w io.Writer, name string, plots ...string) error {
	var inside strings.Builder
	var width, height float64
	for _, p := range plots {
		size := viewBox.FindStringSubmatch(p)
		if size == nil {
			return fmt.Errorf("chart: %.40q is no plot", p)
		}
		x, _ := strconv.ParseFloat(size[1], 64)
		y, _ := strconv.ParseFloat(size[2], 64)
		fmt.Fprintf(&inside, `<svg x="%g" width="%g" height="%g" %s`, width, x, y, strings.TrimPrefix(p, "<svg "))
		width, height = width+x, max(height, y)
	}
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s" viewBox="0 0 %g %g">%s<rect width="100%%" height="100%%" style="%s"/>%s</svg>`+"\n",
		html.EscapeString(name), width, height, colours, paper, inside.String())
	return err
}
