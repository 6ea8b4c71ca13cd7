package main

import (
	"strings"
	"testing"
)

// TestMinifyCSS checks that the contents of strings and nested functions are
// kept, and that what is not CSS is refused.
func TestMinifyCSS(t *testing.T) {
	got, err := minifyCSS("/* a */\n.b > .c::before {\n  content: \"/* { ; */  x\";\n  margin: 0 calc(1px + 2%);\n}\n")
	if want := `.b>.c:before{content:"/* { ; */  x";margin:0 calc(1px + 2%)}`; err != nil || got != want {
		t.Errorf("minifyCSS = %q, %v, want %q", got, err, want)
	}
	if got, err := minifyCSS(".a { color: red"); err == nil || !strings.Contains(err.Error(), "Expected \"}\"") {
		t.Errorf("a sheet without its end: %q, %v", got, err)
	}
}
