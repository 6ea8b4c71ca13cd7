package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sparrow/build/bundledir"
	"sparrow/wasm/session"
)

// addressed finds words that speak of the visitor.
var addressed = regexp.MustCompile(`(?i)\byou(r|rs)?\b|你|您`)

// claims are the classes of what a page says of an item or a row.
var claims = []string{"card-why", "card-move", "row-title", "why-title", "hero-why", "crowd"}

// TestNoExportedPageSpeaksOfAVisitor reads all pages of the demo as they ship, in
// both languages: who opens one has no history yet, so that no reason and no
// heading of a row is about them.
func TestNoExportedPageSpeaksOfAVisitor(t *testing.T) {
	bundle, _, err := bundledir.Read(filepath.Join("..", "..", "data", "demo"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := session.Open(bundle)
	if err != nil {
		t.Fatal(err)
	}
	out := exportedOf(t, s, exportCommand{Items: 500, Feedback: true})
	pages, said := 0, 0
	for _, path := range out.Paths() {
		if !isPage(path) {
			continue
		}
		pages++
		doc, err := html.Parse(strings.NewReader(string(out.File(path))))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && ofClass(n, claims) {
				said++
				if text := textOf(n); addressed.MatchString(text) {
					t.Errorf("%s says %q", path, text)
				}
			}
		}
	}
	t.Logf("%d claims on %d pages", said, pages)
	if pages < 1000 || said < 10000 {
		t.Errorf("%d claims on %d pages were read, want those of 500 items in two languages", said, pages)
	}
}

func ofClass(n *html.Node, classes []string) bool {
	for _, a := range n.Attr {
		for _, class := range strings.Fields(a.Val) {
			for _, want := range classes {
				if a.Key == "class" && class == want {
					return true
				}
			}
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
