package main

import (
	"os"
	"path/filepath"
	"regexp"
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

// TestExportsOf reads what a bundled script exports.
func TestExportsOf(t *testing.T) {
	for _, c := range []struct{ module, want string }{
		{"var a=1;export{a as open};\n", "open"},
		{"var a=1,b=2;export{a as plan,b};", "plan b"},
		{`var a="export{x}";export{a};`, "a"},
	} {
		if got, err := exportsOf([]byte(c.module)); err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%q exports %q and %v, want %q", c.module, got, err, c.want)
		}
	}
	if got, err := exportsOf([]byte("var a=1;")); err == nil {
		t.Errorf("a script without exports has %q, want an error", got)
	}
}

// TestOnlyPlatformLooksUpWhatMayBeRefused holds that no script but platform.js
// (and the service worker, which runs only where it has all of this) looks at
// storage, caches, workers of the site or channels itself: with cookies
// blocked a mere look throws.
func TestOnlyPlatformLooksUpWhatMayBeRefused(t *testing.T) {
	refusable := regexp.MustCompile(`\b(indexedDB|localStorage|sessionStorage|BroadcastChannel)\b|\bcaches\.|navigator\??\.(serviceWorker|storage)|crypto\.subtle`)
	own := map[string]bool{"platform.js": true, "sw.js": true,
		"outbox-store.js": true, // in a promise, which it rejects
		"feedback.js":     true, // only after it has looked whether there is one
		"takeover.js":     true, // the widget's: in a promise that may be rejected, and a page without a digest takes the frame
	}
	for _, folder := range []string{"js", "widget"} {
		files, err := filepath.Glob(filepath.Join("..", "..", "static", folder, "*.js"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no scripts in %s: %v", folder, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(text), "\n") {
				code, _, _ := strings.Cut(line, "//")
				if found := refusable.FindString(code); found != "" && !own[filepath.Base(file)] {
					t.Errorf("%s:%d looks up %s; ask platform.js", file, i+1, found)
				}
			}
		}
	}
}
