//go:build !js

// Package preview draws the picture that other apps show of a link to an item.
package preview

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strconv"
	"strings"

	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"

	"sparrow/app/poster"
)

// Width and Height are in pixels, as readers of links want them (https://ogp.me, 1.91 : 1).
const (
	Width  = 1200
	Height = 630
)

const (
	posterWidth = Height * 2 / 3 // a poster is 2 : 3 and fills the left of the picture
	margin      = 56
	paper, ink  = "#f9f6f3", "#2b211b" // --bg and --text of static/css/tokens.css
	faint       = "#5d5148"            // --muted
)

// titleSizes are tried from the largest on, with the most lines each may take.
var titleSizes = []struct {
	size  float64
	lines int
}{{84, 3}, {68, 4}, {54, 5}, {44, 7}}

// serif is the font of titles: a text of the picture must not depend on what fonts a machine has.
var serif = func() *sfnt.Font {
	f, err := opentype.Parse(liberationserifregular.TTF)
	if err != nil {
		panic(err) // of the module itself
	}
	return f
}()

// PNG returns the picture of an item of the site called site; the same arguments give the same bytes. A
// title with letters that the font lacks, such as Chinese ones, is left out of it: readers show it beside.
func PNG(id, title string, year int, genres []string, site string) ([]byte, error) {
	if !writes(title) {
		title = ""
	}
	dc := gg.NewContext(Width, Height)
	dc.SetHexColor(paper)
	dc.Clear()
	p := painter{dc: dc, scale: posterWidth / 200.0}
	if err := p.draw(poster.SVG(id, title, year, genres)); err != nil {
		return nil, fmt.Errorf("preview: the poster of %q: %w", id, err)
	}
	left, y := float64(posterWidth+margin), float64(margin)
	width := Width - left - margin
	dc.SetHexColor(ink)
	for i, s := range titleSizes {
		dc.SetFontFace(face(s.size))
		lines := dc.WordWrap(title, width)
		if last := i == len(titleSizes)-1; len(lines) <= s.lines && fits(dc, lines, width) || last {
			for _, line := range lines[:min(len(lines), s.lines)] {
				y += s.size
				dc.DrawString(line, left, y)
				y += s.size / 6
			}
			break
		}
	}
	dc.SetHexColor(faint)
	dc.SetFontFace(face(40))
	if year > 0 {
		dc.DrawString(strconv.Itoa(year), left, y+56)
	}
	if writes(site) {
		dc.DrawString(site, left, Height-margin)
	}
	var b bytes.Buffer
	err := png.Encode(&b, flat(dc.Image().(*image.RGBA)))
	return b.Bytes(), err
}

func fits(dc *gg.Context, lines []string, width float64) bool {
	for _, line := range lines {
		if w, _ := dc.MeasureString(line); w > width {
			return false
		}
	}
	return true
}

// writes reports whether the font has every letter of a text.
func writes(text string) bool {
	var b sfnt.Buffer
	for _, r := range strings.ReplaceAll(text, " ", "") {
		if at, err := serif.GlyphIndex(&b, r); err != nil || at == 0 {
			return false
		}
	}
	return true
}

// face returns the font at a size in pixels.
func face(size float64) font.Face {
	f, err := opentype.NewFace(serif, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		panic(err) // of a size that is no number
	}
	return f
}
