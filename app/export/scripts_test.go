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

// TestAScriptInsideReturnsWhatItExports: nothing of esbuild's own way, which
// walks over objects, comes along.
func TestAScriptInsideReturnsWhatItExports(t *testing.T) {
	for _, c := range []struct{ module, want string }{
		{"var a=1;export{a as open};\n", "var a=1;return{open:a}"},
		{"var a=1,b=2;export{a as plan,b};", "var a=1,b=2;return{plan:a,b:b}"},
		{`var a="export{x}";export{a};`, `var a="export{x}";return{a:a}`},
	} {
		if got, err := function([]byte(c.module)); err != nil || got != c.want {
			t.Errorf("%q becomes %q and %v, want %q", c.module, got, err, c.want)
		}
	}
	if got, err := function([]byte("var a=1;")); err == nil {
		t.Errorf("a script without exports becomes %q, want an error", got)
	}
}
