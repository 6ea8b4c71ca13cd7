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
