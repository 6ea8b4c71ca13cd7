//go:build !js

package ui

import (
	"regexp"
	"testing"

	"sparrow/wasm/feature"
)

// ordered finds words that say that one item came after another.
var ordered = regexp.MustCompile(`(?i)\blast\b|\brecent|上一个|近期`)

// TestNoWordSpeaksOfALastOneInASet: each feature that goes by places has words of its own for
// likes of one sitting, which speak of no last one, and all others are true of both.
func TestNoWordSpeaksOfALastOneInASet(t *testing.T) {
	for lang, w := range languages {
		for n := range feature.Numeric(feature.CandidateNumerics + feature.UserNumerics) {
			name := n.String()
			if n.ByPlace() {
				if !ordered.MatchString(w.feature(name)) {
					t.Errorf("%s: %s says %q, which speaks of no order: it needs no other words in a set", lang, name, w.feature(name))
				}
				name += feature.InSet
			}
			if _, ok := w.features[name]; !ok || ordered.MatchString(w.feature(name)) {
				t.Errorf("%s: %s says %q of likes of one sitting", lang, name, w.feature(name))
			}
		}
	}
}

// TestEveryBarSpeaksWords names every feature that a ranker may have: none is shown by its own name, and of one
// that is not known the page says that it is something else.
func TestEveryBarSpeaksWords(t *testing.T) {
	names := []string{feature.ItemID, "later"}
	for n := range feature.Numeric(feature.CandidateNumerics + feature.UserNumerics) {
		names = append(names, n.String())
	}
	for _, base := range []string{feature.ItemGenre, feature.UserGenre, feature.UserRatedItem} {
		for k := range 5 {
			names = append(names, base+string(rune('1'+k)))
		}
	}
	for lang, w := range languages {
		for _, name := range names {
			if text := w.feature(name); text == "" || text == name || (text == w.WhyUnnamed) != (name == "later") {
				t.Errorf("%s: %s is called %q", lang, name, text)
			}
		}
	}
}
