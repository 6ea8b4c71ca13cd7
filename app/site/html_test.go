//go:build !js

package site

import (
	"strings"
	"testing"
)

func TestRewrite(t *testing.T) {
	page := `<!doctype html><html lang="en"><head><meta name="theme-color" content="#000"><title>
	T</title><script src="/app.js" defer></script><link rel="stylesheet" href="/app.css"></head>
	<body><div id="b" class="a" aria-hidden>
	  x &lt;b&gt; y
	  <img src="data:image/svg+xml,<svg a='1'/>" alt="">
	</div><aside id="app-wasm-loader"><p>0%</p></aside></body></html>`
	got, err := Rewrite([]byte(page), Head{Styles: []string{"/a/1.css"}, Early: "/a/4.js", Scripts: []string{"/a/2.js"}, Preload: "/a/3.wasm",
		Icon: "/i.svg", Touch: "/t.png", Theme: [2]string{"#fff", "#000"}, Seed: `{"a":"\u003c"}`})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<div aria-hidden="true" class="a" id="b">x &lt;b&gt; y<img alt src="data:image/svg+xml,<svg a='1'/>"></div>`,
		`<aside id="app-wasm-loader"></aside>`, `<script id="seed" type="text/plain">{"a":"\u003c"}</script>`,
		`<link href="/a/1.css" rel="stylesheet">`, `<script defer fetchpriority="high" src="/a/2.js"></script>`, `<script async fetchpriority="high" src="/a/4.js"></script>`, `<title>T</title>`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("Rewrite(…) lacks %s:\n%s", want, got)
		}
	}
	for _, gone := range []string{"/app.js", "/app.css", "0%"} {
		if strings.Contains(string(got), gone) {
			t.Errorf("Rewrite(…) still holds %s", gone)
		}
	}
}
