//go:build !js

package assets

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// rowsOf returns the rows of a list of one item.
func rowsOf(t *testing.T, title, url, image, genre string) string {
	t.Helper()
	list, err := json.Marshal(map[string]any{"bundle": "0", "items": []any{map[string]any{
		"id": "1", "title": title, "year": 1995, "url": url, "image": image, "genres": []string{genre, "Drama", "third"},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := rows(list)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestRowsByHand(t *testing.T) {
	got := strings.TrimPrefix(rowsOf(t, `Tom & "Jerry" <b>`, "https://shop.example/1?a=1&b=2", "/p/1.jpg", "Crime"), rowsStyle)
	want := `
<ul slot="list">
<li><a href="https://shop.example/1?a=1&amp;b=2"><span><img src="/p/1.jpg" alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer"></span><span><b>Tom &amp; &#34;Jerry&#34; &lt;b&gt;</b>1995 · Crime · Drama</span></a></li>
</ul>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[{"@type":"ListItem","position":1,"name":"Tom \u0026 \"Jerry\" \u003cb\u003e","url":"https://shop.example/1?a=1\u0026b=2","image":"/p/1.jpg"}]}</script>
`
	if got != want {
		t.Errorf("rows are %s, want %s", got, want)
	}
}

func TestAddressesOfRows(t *testing.T) {
	for address, safe := range map[string]bool{
		"https://a.example/x": true, "HTTP://a.example": true, "/x": true, "/": true, "/霸": true,
		"": false, "javascript:alert(1)": false, "java\nscript:alert(1)": false, "data:text/html,x": false, "//a.example": false, `/\a.example`: false,
		"/\t/a.example": false, "x": false, " https://a.example": false, "https://a.example/\x00": false, "https://a.example/ onload": false, "httpx://a": false,
	} {
		if got := safeAddress.MatchString(address); got != safe {
			t.Errorf("%q is safe: %v, want %v", address, got, safe)
		}
	}
}

// allowed are the elements of rows, and their attributes.
var allowed = map[string][]string{
	"html": nil, "head": nil, "body": nil, "style": nil, "ul": {"slot"}, "li": nil, "a": {"href"}, "div": nil, "span": nil, "b": nil,
	"img": {"src", "alt", "loading", "decoding", "referrerpolicy"}, "script": {"type"},
}

// FuzzRows puts any text into a catalog: a browser finds no element and no attribute that
// rows do not have, and search engines the title as it is.
func FuzzRows(f *testing.F) {
	for _, s := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</script><b>`, "]]>", "<!--<script>", "javascript:alert(1)", "\u2028", "'\x00'", "https://a.example/\"onload=x"} {
		f.Add(s, s, s, s)
	}
	f.Fuzz(func(t *testing.T, title, url, image, genre string) {
		out := rowsOf(t, title, url, image, genre)
		page, err := html.Parse(strings.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		scripts := 0
		for n := range page.Descendants() {
			if n.Type == html.CommentNode {
				t.Errorf("a comment in %q", out)
			}
			if n.Type != html.ElementNode {
				continue
			}
			attributes, known := allowed[n.Data]
			if !known {
				t.Errorf("an element %s in %q", n.Data, out)
			}
			for _, a := range n.Attr {
				if !slices.Contains(attributes, a.Key) || (a.Key == "href" || a.Key == "src") && !safeAddress.MatchString(a.Val) {
					t.Errorf("an attribute %s=%q of %s in %q", a.Key, a.Val, n.Data, out)
				}
			}
			if n.Data != "script" {
				continue
			}
			scripts++
			var data struct {
				Items []struct{ Name string } `json:"itemListElement"`
			}
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &data); err != nil || len(data.Items) != 1 || data.Items[0].Name != string([]rune(title)) {
				t.Errorf("JSON-LD %s of %q: %v", n.FirstChild.Data, title, err)
			}
		}
		if scripts != 1 {
			t.Errorf("%d scripts in %q", scripts, out)
		}
	})
}
