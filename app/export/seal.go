package main

import (
	"encoding/json"
	"strings"

	"sparrow/app/site"
	"sparrow/wasm/vocabulary"
)

// scripts are the two files that name all others, so they are filled in last,
// and what else the widget needs to be made.
type scripts struct {
	app, worker string
	goroot      string
	engine      string // URL of the program that the widget runs
}

// kept are the pages, by their file, that the service worker answers with, and the
// names of assets under which it finds them: by content, like all that it keeps.
var kept = map[string]string{
	"/index.html": "home.txt", "/zh/index.html": "home.zh.txt", "/shell.html": "shell.txt", "/zh/shell.html": "shell.zh.txt",
	"/manifest.webmanifest": "manifest.txt", "/zh/manifest.webmanifest": "manifest.zh.txt",
}

// seal adds the pages and fills the tokens of app.js and sw.js: pages name
// app.js, and sw.js names the pages that it keeps. The version is a hash of
// everything that is served except these two files' own tokens.
func (t scripts) seal(out *site.Site, pages []rendered, v *vocabulary.Vocabulary, pictures []string, feedback bool) error {
	parts := [][]byte{[]byte(t.app), []byte(t.worker), out.File("/manifest.webmanifest"), out.File("/zh/manifest.webmanifest")}
	for _, path := range out.Paths() {
		parts = append(parts, []byte(path))
	}
	for _, p := range pages {
		parts = append(parts, []byte(p.path), p.html)
	}
	tokens := map[string]any{"__ROUTES__": shellRoutes(v.Root()), "__HEADERS__": site.PageHeaders(pictures)}
	var pairs []string
	for _, token := range []string{"__ROUTES__", "__HEADERS__"} {
		text, err := json.Marshal(tokens[token])
		if err != nil {
			return err
		}
		pairs = append(pairs, token, string(text))
		parts = append(parts, text)
	}
	said := *v
	said.Logo, said.Currency = "", "" // the style sheet has the one, the bundle the other
	spoken, err := json.Marshal(said)
	if err != nil {
		return err
	}
	parts = append(parts, spoken)
	version := site.Hash(parts...)
	names, err := json.Marshal(out.Assets())
	if err != nil {
		return err
	}
	env := "{}"
	if feedback {
		env = `{"feedback":"on"}`
	}
	out.Asset("app.js", []byte(strings.NewReplacer("__ASSETS__", string(names), "__ENV__", env, "__VOCABULARY__", string(spoken), "__VERSION__", version).Replace(t.app)))
	putPages(out, pages)
	for file, name := range kept {
		out.Asset(name, out.File(file))
	}
	if names, err = json.Marshal(out.Assets()); err != nil {
		return err
	}
	pairs = append(pairs, "__ASSETS__", string(names), "__VERSION__", version)
	out.Put("/sw.js", []byte(strings.NewReplacer(pairs...).Replace(t.worker)))
	return nil
}
