//go:build !js

package preview

import (
	"cmp"
	"image"
	"image/color"
	"maps"
	"slices"
)

// flat returns a picture with a palette of its 256 most frequent colours, ties by their values; each
// further one, of the edges of shapes, becomes the one next to it. A poster has few colours, so that no one
// sees it, and a third of the bytes are left.
func flat(from *image.RGBA) *image.Paletted {
	count := map[color.RGBA]int{}
	for i := 0; i < len(from.Pix); i += 4 {
		count[color.RGBA{from.Pix[i], from.Pix[i+1], from.Pix[i+2], 255}]++
	}
	colors := slices.SortedFunc(maps.Keys(count), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	palette := make(color.Palette, 0, 256)
	for _, c := range colors[:min(256, len(colors))] {
		palette = append(palette, c)
	}
	place := map[color.RGBA]uint8{}
	for _, c := range colors {
		place[c] = uint8(palette.Index(c))
	}
	to := image.NewPaletted(from.Rect, palette)
	for i := range to.Pix {
		to.Pix[i] = place[color.RGBA{from.Pix[4*i], from.Pix[4*i+1], from.Pix[4*i+2], 255}]
	}
	return to
}
