package main

import (
	"fmt"
	"math"
	"strconv"

	words "sparrow/build/vocabulary"
	"sparrow/wasm/bundle"
	"sparrow/wasm/vocabulary"
)

// vocabularyOf returns what the owner of a bundle's catalog calls things; the usual words
// where the bundle does not say.
func vocabularyOf(data []byte) (*vocabulary.Vocabulary, error) {
	b, err := bundle.DecodeLists(data)
	if err != nil {
		return nil, err
	}
	return words.Parse([]byte(b.Meta.Vocabulary))
}

// accentOf returns the rules that put the owner's two colours in place of the app's own:
// what is written on them is black or white, whichever is the easier to read.
func accentOf(v *vocabulary.Vocabulary) string {
	if len(v.Accent) == 0 {
		return ""
	}
	rule := func(colour string) string {
		return fmt.Sprintf(":root{--accent:%s;--on-accent:%s}", colour, on(colour))
	}
	return rule(v.Accent[0]) + "@media (prefers-color-scheme:dark){" + rule(v.Accent[1]) + "}"
}

// faint tells of each of the owner's colours that is hard to read on the app's pages.
func faint(v *vocabulary.Vocabulary) (said []string) {
	for i, colour := range v.Accent {
		page, name := [2]string{themeLight, themeDark}[i], [2]string{"light", "dark"}[i]
		if c := contrast(colour, page); c < 4.5 {
			said = append(said, fmt.Sprintf("vocabulary: accent %s has a contrast of %.1f on %s pages; texts in it want 4.5", colour, c, name))
		}
	}
	return said
}

// on returns the colour of what is written on a colour.
func on(colour string) string {
	if contrast(colour, "#ffffff") >= contrast(colour, "#000000") {
		return "#ffffff"
	}
	return "#000000"
}

// contrast returns how far two colours are apart, 1 to 21. Source: WCAG 2.2, contrast ratio.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance returns the relative luminance of a colour #8f4a1d, 0 to 1. Source: WCAG 2.2.
func luminance(colour string) (sum float64) {
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			panic(err) // the vocabulary was checked
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}
