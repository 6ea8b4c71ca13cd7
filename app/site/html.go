//go:build !js

package site

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Head is what is added to a page's head, beside what go-app wrote there.
type Head struct {
	Styles    []string // paths of style sheets
	Early     string   // path of a script that runs as soon as it is there, "" for none
	Scripts   []string // paths of scripts, run in this order after parsing
	Preload   string   // path of the program, fetched early; "" for none
	Icon      string
	Manifest  string
	Touch     string
	Canonical string    // absolute address of this page; "" when the host is not known
	Others    []Version // absolute addresses of the page in every language; none when the host is not known
	Picture   Picture   // that others show of a link to this page
	Theme     [2]string // colours of the browser's frame, light and dark
	Seed      string    // JSON of the answers the page was drawn from; "" for none
}

// Picture is one that others show of a link: a file that they can read, so no SVG. The zero value is none.
type Picture struct {
	URL           string // absolute
	Width, Height int    // in pixels; 0 where that is not known
}

// Version is a page in one language.
type Version struct{ Lang, Href string }

// Rewrite turns a page that go-app rendered into the page that ships: the same
// content with sorted attributes (go-app ranges over a map), without the spaces
// of its indentation, with our links and the seed.
func Rewrite(page []byte, h Head) ([]byte, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	head, body := find(doc, atom.Head), find(doc, atom.Body)
	if head == nil || body == nil {
		return nil, fmt.Errorf("site: a page without head or body")
	}
	prune(head)
	if title := find(head, atom.Title); title != nil && title.FirstChild != nil {
		title.FirstChild.Data = html.UnescapeString(title.FirstChild.Data) // ui escapes it for og:title, go-app escapes this one itself
	}
	h.extend(head)
	if aside := byID(body, "app-wasm-loader"); aside != nil {
		for c := aside.FirstChild; c != nil; c = aside.FirstChild {
			aside.RemoveChild(c)
		}
	}
	if h.Seed != "" {
		script := element("script", "type", "text/plain", "id", "seed")
		script.AppendChild(&html.Node{Type: html.TextNode, Data: h.Seed})
		body.AppendChild(script)
	}
	var b bytes.Buffer
	b.WriteString("<!doctype html>\n")
	for n := doc.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode {
			write(&b, n)
		}
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// prune removes what go-app puts into a head and this site does differently.
func prune(head *html.Node) {
	for n := head.FirstChild; n != nil; {
		next := n.NextSibling
		switch {
		case n.DataAtom == atom.Script, n.DataAtom == atom.Link:
			head.RemoveChild(n)
		case n.DataAtom == atom.Meta && (attrOf(n, "name") == "theme-color" || attrOf(n, "name") == "author" ||
			attrOf(n, "property") == "og:url" || attrOf(n, "property") == "og:image"):
			head.RemoveChild(n)
		}
		n = next
	}
}

func (h Head) extend(head *html.Node) {
	add := func(tag string, pairs ...string) { head.AppendChild(element(tag, pairs...)) }
	for _, s := range h.Styles {
		add("link", "rel", "stylesheet", "href", s)
	}
	// A script that the page does not wait for has a lower priority than the program, and would come
	// after all of it from a host that heeds priorities; the worker and the model wait for the scripts.
	if h.Early != "" {
		add("script", "src", h.Early, "async", "", "fetchpriority", "high")
	}
	for _, s := range h.Scripts {
		add("script", "src", s, "defer", "", "fetchpriority", "high")
	}
	if h.Preload != "" {
		add("link", "rel", "preload", "as", "fetch", "crossorigin", "", "href", h.Preload)
	}
	kind := "image/svg+xml"
	if strings.HasSuffix(h.Icon, ".png") {
		kind = "image/png"
	}
	add("link", "rel", "icon", "type", kind, "href", h.Icon)
	add("link", "rel", "apple-touch-icon", "href", h.Touch)
	add("link", "rel", "manifest", "href", h.Manifest)
	add("meta", "name", "color-scheme", "content", "light dark")
	add("meta", "name", "theme-color", "media", "(prefers-color-scheme: light)", "content", h.Theme[0])
	add("meta", "name", "theme-color", "media", "(prefers-color-scheme: dark)", "content", h.Theme[1])
	if h.Canonical != "" {
		add("link", "rel", "canonical", "href", h.Canonical)
		add("meta", "property", "og:url", "content", h.Canonical)
	}
	if p := h.Picture; p.URL != "" {
		card := "summary"
		add("meta", "property", "og:image", "content", p.URL)
		if p.Width > 0 {
			add("meta", "property", "og:image:width", "content", strconv.Itoa(p.Width))
			add("meta", "property", "og:image:height", "content", strconv.Itoa(p.Height))
			if p.Width > p.Height {
				card = "summary_large_image"
			}
		}
		add("meta", "name", "twitter:card", "content", card)
	}
	for _, v := range h.Others {
		add("link", "rel", "alternate", "hreflang", v.Lang, "href", v.Href)
	}
}

func element(tag string, pairs ...string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag, DataAtom: atom.Lookup([]byte(tag))}
	for i := 0; i+1 < len(pairs); i += 2 {
		n.Attr = append(n.Attr, html.Attribute{Key: pairs[i], Val: pairs[i+1]})
	}
	return n
}

// write renders n with attributes sorted and text trimmed: go-app indents
// texts, and spaces at the ends of a text have no meaning in the app.
func write(b *bytes.Buffer, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		text := strings.TrimSpace(n.Data)
		if n.Parent.DataAtom == atom.Script {
			b.WriteString(text)
			return
		}
		textEscaper.WriteString(b, text)
	case html.ElementNode:
		b.WriteByte('<')
		b.WriteString(n.Data)
		slices.SortFunc(n.Attr, func(x, y html.Attribute) int { return strings.Compare(x.Key, y.Key) })
		for _, a := range n.Attr {
			b.WriteByte(' ')
			b.WriteString(a.Key)
			if a.Val == "" && (strings.HasPrefix(a.Key, "aria-")) {
				a.Val = "true" // go-app drops the value "true", but ARIA needs it
			}
			if a.Val != "" {
				b.WriteString(`="`)
				attrEscaper.WriteString(b, a.Val)
				b.WriteByte('"')
			}
		}
		b.WriteByte('>')
		if voids[n.DataAtom] {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			write(b, c)
		}
		b.WriteString("</" + n.Data + ">")
	}
}

var (
	textEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attrEscaper = strings.NewReplacer("&", "&amp;", `"`, "&quot;")
	voids       = map[atom.Atom]bool{atom.Meta: true, atom.Link: true, atom.Img: true, atom.Input: true, atom.Br: true, atom.Hr: true}
)

func find(n *html.Node, tag atom.Atom) *html.Node {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.DataAtom == tag {
			return c
		}
	}
	return nil
}

func byID(n *html.Node, id string) *html.Node {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && attrOf(c, "id") == id {
			return c
		}
	}
	return nil
}

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
