//go:build !js

package site

import (
	"regexp"
	"strings"
)

var (
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	spaces   = regexp.MustCompile(`\s+`)
	around   = regexp.MustCompile(` ?([{};,>]) ?`)
)

// Squeeze takes comments and needless spaces out of a style sheet. It knows no
// strings: a sheet must not hold comments, braces or double spaces in any.
func Squeeze(css string) string {
	css = comments.ReplaceAllString(css, "")
	css = spaces.ReplaceAllString(css, " ")
	css = around.ReplaceAllString(css, "$1")
	return strings.TrimSpace(strings.ReplaceAll(css, ";}", "}"))
}
