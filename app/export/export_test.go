package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sparrow/app/site"
	"sparrow/app/ui"
	"sparrow/app/ui/uitest"
)

// exported returns the site of 40 planted items, 12 of them rendered in
// advance.
func exported(t *testing.T) *site.Site { return exportedWith(t, true) }

func exportedWith(t *testing.T, feedback bool) *site.Site {
	t.Helper()
	return exportedOf(t, uitest.Planted(40), exportCommand{Items: 12, BaseURL: "https://example.org", Feedback: feedback})
}

// isPage reports whether path is one of the app's pages.
func isPage(path string) bool {
	return strings.HasSuffix(path, ".html") && !strings.HasPrefix(path, "/frame/") && !strings.HasPrefix(path, "/demo/")
}

func TestExportIsReproducible(t *testing.T) {
	one, two := exported(t), exported(t)
	if !slices.Equal(one.Paths(), two.Paths()) {
		t.Fatalf("two exports differ in their files:\n%q\n%q", one.Paths(), two.Paths())
	}
	for _, path := range one.Paths() {
		if !bytes.Equal(one.File(path), two.File(path)) {
			t.Errorf("%s differs between two exports", path)
		}
	}
}

func TestExportedPages(t *testing.T) {
	s := exported(t)
	pages := 0
	for _, path := range s.Paths() {
		body := string(s.File(path))
		if strings.Contains(body, "__ASSETS__") || strings.Contains(body, "__VERSION__") {
			t.Errorf("%s holds a token that was not filled in", path)
		}
		if !isPage(path) {
			continue
		}
		pages++
		for _, want := range []string{"<h1", "<title>", `rel="stylesheet"`, `id="app-wasm-loader"`, `name="description"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", path, want)
			}
		}
		if strings.HasSuffix(path, "shell.html") || strings.HasSuffix(path, "shared-list.html") || strings.HasSuffix(path, "404.html") {
			continue
		}
		if !strings.Contains(body, `<script id="seed" type="text/plain">`) {
			t.Errorf("%s lacks its seed", path)
		}
		doc, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Data == "b" {
				t.Errorf("%s holds markup of the catalog", path)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || a.Key == "href" && strings.HasPrefix(a.Val, "javascript:") {
					t.Errorf("%s holds %s=%q, which the content policy forbids", path, a.Key, a.Val)
				}
			}
		}
	}
	// Two languages: 12 fixed pages, 2 genres and 12 items each.
	if want := 2 * (12 + 2 + 12); pages != want {
		t.Errorf("%d pages, want %d", pages, want)
	}
}

func TestOnlyASiteWithAnEdgeSpeaksOfSharing(t *testing.T) {
	for _, feedback := range []bool{true, false} {
		s := exportedWith(t, feedback)
		if got := bytes.Contains(s.File("/profile.html"), []byte("Help improve the recommendations")); got != feedback {
			t.Errorf("feedback %v: the profile page speaks of sharing: %v", feedback, got)
		}
		if got := bytes.Contains(s.File(s.Assets()["app.js"]), []byte(`{"feedback":"on"}`)); got != feedback {
			t.Errorf("feedback %v: app.js knows of an edge: %v", feedback, got)
		}
	}
}

func TestExportedLinksResolve(t *testing.T) {
	s := exported(t)
	for _, path := range s.Paths() {
		if !isPage(path) {
			continue
		}
		links, err := linksOf(bytes.NewReader(s.File(path)))
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range links {
			link, _, _ = strings.Cut(link, "?")
			if s.File(link) == nil && !ui.Known(link) {
				t.Errorf("%s links to %s, which is neither a file nor a page", path, link)
			}
		}
	}
}
