package main

import (
	"bytes"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"sparrow/app/ui/uitest"
)

// metaOf returns the content of a page's meta elements by their name or property.
func metaOf(page []byte) map[string]string {
	metas := map[string]string{}
	for _, m := range regexp.MustCompile(`<meta content="([^"]*)" (?:name|property)="([^"]*)">`).FindAllSubmatch(page, -1) {
		metas[string(m[2])] = string(m[1])
	}
	return metas
}

// TestLinksHavePictures reads what others read of a link: each item's page names a picture that is there, of its
// own title, or the catalog's own picture; other pages have the mark; a site whose host is not known names none.
func TestLinksHavePictures(t *testing.T) {
	f := uitest.Planted(40)
	f.Cards[1].Image, f.Cards[2].Image, f.Cards[3].Image = "covers/2.jpg", "https://pictures.example/3.webp", "https://pictures.example/4.SVG"
	s := exportedOf(t, f, exportCommand{Items: 12, BaseURL: "https://example.org/repo"})
	own := metaOf(s.File("/item/1.html"))
	file, is := strings.CutPrefix(own["og:image"], "https://example.org/repo")
	c, err := png.DecodeConfig(bytes.NewReader(s.File(file)))
	if !is || err != nil || c.Width != 1200 || own["og:image:width"] != "1200" || own["og:image:height"] != "630" || own["twitter:card"] != "summary_large_image" {
		t.Errorf("item 1: %v, %v", own, err)
	}
	if !strings.Contains(own["og:title"], "Film &quot;1&quot;") || own["og:description"] == "" {
		t.Errorf("item 1 is called %q: %q", own["og:title"], own["og:description"])
	}
	if zh := metaOf(s.File("/zh/item/1.html")); zh["og:image"] != own["og:image"] {
		t.Errorf("in Chinese it has the picture %q", zh["og:image"])
	}
	seen := map[string]string{}
	for page, want := range map[string]string{
		"/item/2.html": "https://example.org/repo/pictures/covers/2.jpg", "/item/3.html": "https://pictures.example/3.webp", "/item/4.html": ".preview.png",
		"/item/5.html": ".preview.png", "/index.html": ".icon-512.png", "/genre/Drama.html": ".icon-512.png", "/kept.html": "", "/shared-list.html": "",
	} {
		got := metaOf(s.File(page))
		if !strings.HasSuffix(got["og:image"], want) || (want == "") != (got["og:image"] == "") {
			t.Errorf("%s: %q, want %q", page, got["og:image"], want)
		}
		if strings.HasSuffix(want, "preview.png") && seen[got["og:image"]] != "" {
			t.Errorf("%s and %s have one picture", page, seen[got["og:image"]])
		}
		seen[got["og:image"]] = page
	}
	for _, path := range exportedOf(t, uitest.Planted(40), exportCommand{Items: 12}).Paths() {
		if strings.Contains(path, "preview") {
			t.Errorf("a site that is nowhere has %s", path)
		}
	}
}
