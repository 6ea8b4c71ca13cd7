package main

import (
	"strings"
	"testing"

	"sparrow/app/ui"
)

// TestShellRoutesAreThoseOfTheApp checks that the host answers with the shell
// exactly the addresses for which the app has a page.
func TestShellRoutesAreThoseOfTheApp(t *testing.T) {
	s := exported(t)
	for _, r := range shellRoutes("/item/") {
		path := r
		if strings.HasSuffix(r, "/") {
			path += "x"
			if ui.Known(r) {
				t.Errorf("%s is a page of its own", r)
			}
		} else if ui.Known(r + "/more") {
			t.Errorf("below %s are pages too", r)
		}
		if !ui.Known(path) || !ui.Known("/zh"+path) {
			t.Errorf("the app has no page at %s", path)
		}
	}
	for _, path := range s.Paths() {
		name, page := strings.CutSuffix(strings.TrimPrefix(path, "/zh"), ".html")
		if !page || !isPage(path) || name == "/index" || name == "/404" {
			continue
		}
		known := false
		for _, r := range shellRoutes("/item/") {
			known = known || name == r || strings.HasSuffix(r, "/") && strings.HasPrefix(name, r)
		}
		if !known {
			t.Errorf("the page %s is at no address of the list", path)
		}
	}
	if s.File("/_headers") == nil || s.File("/.assetsignore") == nil || !strings.Contains(string(s.File("/shell.json")), `"/item/"`) {
		t.Error("the site does not describe itself")
	}
}
