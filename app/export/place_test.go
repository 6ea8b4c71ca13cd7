package main

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sparrow/app/site"
	"sparrow/app/ui"
	"sparrow/app/ui/uitest"
)

// TestNothingIsEscapedTwice reads every page as a browser does: no text and no
// attribute may show the escapes of a title.
func TestNothingIsEscapedTwice(t *testing.T) {
	s := exported(t)
	titles := 0
	for _, path := range s.Paths() {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(s.File(path)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type == html.TextNode && n.Parent.Data != "script" && (strings.Contains(n.Data, "&#") || strings.Contains(n.Data, "&amp;")) {
				t.Errorf("%s: the text of a %s is %q", path, n.Parent.Data, n.Data)
			}
			if n.Data == "title" && strings.HasPrefix(n.FirstChild.Data, `Film "`) && strings.Contains(n.FirstChild.Data, `" & <b> (19`) {
				titles++
			}
			for _, a := range n.Attr {
				if !strings.HasPrefix(a.Val, "data:") && (strings.Contains(a.Val, "&#") || strings.Contains(a.Val, "&amp;")) {
					t.Errorf("%s: %s of a %s is %q", path, a.Key, n.Data, a.Val)
				}
			}
		}
	}
	if titles != 2*12 {
		t.Errorf("%d pages have the title of their item, want 24", titles)
	}
}

// linkIn returns the href of the link elements of a page, by rel and language.
func linkIn(t *testing.T, page []byte) map[string]string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	links := map[string]string{}
	for n := range doc.Descendants() {
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		if n.Data == "link" {
			links[attr["rel"]+attr["hreflang"]] = attr["href"]
		}
		if attr["property"] == "og:url" {
			links["og:url"] = attr["content"]
		}
	}
	return links
}

func TestAddressesForSearchEnginesAreAbsolute(t *testing.T) {
	for _, test := range []struct{ url, base, host, path string }{
		{"https://example.org", "", "https://example.org", ""},
		{"https://example.org/", "/repo/", "https://example.org", "/repo"},
		{"https://me.github.io/repo/", "", "https://me.github.io", "/repo"},
		{"https://me.github.io/repo", "/repo/", "https://me.github.io", "/repo"},
	} {
		s := exportedOf(t, uitest.Planted(40), exportCommand{Items: 4, BaseURL: test.url, Base: test.base})
		root := test.host + test.path
		got := linkIn(t, s.File("/zh/item/3.html"))
		for rel, want := range map[string]string{
			"canonical": root + "/zh/item/3", "og:url": root + "/zh/item/3", "alternateen": root + "/item/3",
			"alternatezh-Hans": root + "/zh/item/3", "alternatex-default": root + "/item/3",
			"manifest": test.path + "/zh/manifest.webmanifest",
		} {
			if got[rel] != want {
				t.Errorf("%+v: %s is %q, want %q", test, rel, got[rel], want)
			}
		}
		if m := string(s.File("/sitemap.xml")); !strings.Contains(m, "<url><loc>"+root+"/zh/item/3</loc></url>") || strings.Contains(m, "/profile") {
			t.Errorf("%+v: the site map is %s", test, m)
		}
		robots := string(s.File("/robots.txt"))
		if test.path == "" && !strings.Contains(robots, "Sitemap: "+root+"/sitemap.xml\n") || test.path != "" && robots != "" {
			t.Errorf("%+v: robots.txt is %q", test, robots)
		}
		if links := linkIn(t, s.File("/404.html")); links["canonical"] != "" || links["alternateen"] != "" {
			t.Errorf("the page of unknown addresses names an address: %q", links)
		}
	}
	ui.NewRenderer(uitest.Planted(1), "", false) // the other tests' site has no path
}

func TestASiteWithoutAnAddressGuessesNone(t *testing.T) {
	c := exportCommand{Items: 4}
	s := exportedOf(t, uitest.Planted(40), c)
	for rel, href := range linkIn(t, s.File("/item/3.html")) {
		if rel == "canonical" || rel == "og:url" || strings.HasPrefix(rel, "alternate") {
			t.Errorf("%s is %q on a host that is not known", rel, href)
		}
	}
	if s.File("/sitemap.xml") != nil || s.File("/robots.txt") != nil {
		t.Error("there is a site map of unknown addresses")
	}
	if text := (place{}).missing(); !strings.Contains(text, "--base-url") || (place{host: "https://example.org"}).missing() != "" {
		t.Errorf("what such a site goes without: %q", text)
	}
}

func TestPlacesThatAreNone(t *testing.T) {
	for _, c := range []exportCommand{
		{BaseURL: "example.org"}, {BaseURL: "ftp://example.org"}, {BaseURL: "https://"}, {BaseURL: "https://example.org/?a"}, {BaseURL: "https://a:b@example.org"},
		{Base: "repo"}, {Base: "/a//b"}, {Base: "/../x"}, {Base: "/a b/"}, {Base: `/a"b/`}, {Base: "//host/"}, {Base: "/a?b"},
		{BaseURL: "https://example.org/one", Base: "/two/"},
	} {
		if p, err := c.place(); err == nil {
			t.Errorf("--base-url %q --base %q is %+v, want an error", c.BaseURL, c.Base, p)
		}
	}
	if p, err := (&exportCommand{Base: "/"}).place(); err != nil || p != (place{}) {
		t.Errorf("--base / is %+v, %v", p, err)
	}
}

func TestALargeSiteMapHasAnIndex(t *testing.T) {
	pages := make([]rendered, mostInMap+1)
	for i := range pages {
		pages[i] = rendered{path: "/item/" + strconv.Itoa(i), lang: "en"}
	}
	s := site.New("")
	place{host: "https://example.org"}.putMaps(s, pages)
	index := string(s.File("/sitemap.xml"))
	if !strings.Contains(index, "<sitemapindex") || !strings.Contains(index, "<sitemap><loc>https://example.org/sitemap-2.xml</loc></sitemap>") {
		t.Errorf("the index is %s", index)
	}
	if n := bytes.Count(s.File("/sitemap-1.xml"), []byte("<url>")); n != mostInMap {
		t.Errorf("the first map has %d addresses, want %d", n, mostInMap)
	}
	if n := bytes.Count(s.File("/sitemap-2.xml"), []byte("<url>")); n != 1 {
		t.Errorf("the second map has %d addresses, want 1", n)
	}
}
