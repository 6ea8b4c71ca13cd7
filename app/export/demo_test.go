package main

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sparrow/app/ui"
)

func TestTheDemoPageKeepsItsOwnPolicy(t *testing.T) {
	s := exported(t)
	page := s.File("/demo/index.html")
	if page == nil {
		t.Fatal("there is no /demo/index.html")
	}
	if bytes.Contains(page, []byte("__")) {
		t.Error("/demo/index.html holds a token that was not filled in")
	}
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data == "style" || n.Data == "script" && n.FirstChild != nil {
			t.Errorf("a %s element is not in a file", n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s=%q is forbidden by the content policy", a.Key, a.Val)
			}
		}
	}
	links, err := linksOf(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if s.File(link) == nil && !ui.Known(link) {
			t.Errorf("the demo page links to %s, which is neither a file nor a page", link)
		}
	}
}

func TestTheDemoPageOffersPopularItems(t *testing.T) {
	const want = `<option value="1" data-year="1950">Film &#34;1&#34; &amp; &lt;b&gt;</option>`
	if page := exported(t).File("/demo/index.html"); !bytes.Contains(page, []byte(want)) {
		t.Errorf("/demo/index.html lacks %s", want)
	}
}

func TestTheDemoPinsTheWidget(t *testing.T) {
	s := exported(t)
	var pinned string
	var demo []byte
	for _, path := range s.Paths() {
		if strings.HasSuffix(path, ".widget.js") {
			pinned = path
		}
		if strings.HasSuffix(path, ".demo.js") {
			demo = s.File(path)
		}
	}
	sum := sha512.Sum384(s.File(pinned))
	for _, want := range []string{strings.TrimPrefix(pinned, "/"), "sha384-" + base64.StdEncoding.EncodeToString(sum[:])} {
		if !bytes.Contains(demo, []byte(want)) {
			t.Errorf("the demo's script does not hold %s", want)
		}
	}
}
