package main

import (
	"encoding/json"

	"sparrow/app/ui"
)

// brings are the kinds of files that a visitor may bring their history in.
var brings = map[string][]string{"application/zip": {".zip"}, "text/csv": {".csv"}, "application/json": {".json"}}

// manifestPath returns where the manifest of pages in a language lies, from the root of the site.
func manifestPath(lang string) string { return ui.InLanguage(lang, "/manifest.webmanifest") }

// manifest returns the web app manifest of pages in a language, by which a browser installs the app: the same app from
// either. With the owner's logo, if they have one, alone.
func manifest(lang string, assets map[string]string, own logo, screenshots []screenshot) []byte {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	type shortcut struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	icons := []icon{
		{assets["icon.svg"], "any", "image/svg+xml", ""},
		{assets["icon-192.png"], "192x192", "image/png", ""},
		{assets["icon-512.png"], "512x512", "image/png", ""},
		{assets["icon-maskable-512.png"], "512x512", "image/png", "maskable"},
	}
	if own.url != "" {
		icons = []icon{{own.url, own.sizes, own.kind, ""}}
	}
	at := func(path string) string { return ui.Address(lang, path) }
	texts, root := ui.ManifestOf(lang), ui.Address("en", "/")
	text := map[string]any{
		"id": root, "name": texts.Name, "short_name": texts.Name, "description": texts.About,
		"start_url": at("/"), "scope": root, "display": "standalone", "lang": ui.HtmlLang(lang), "dir": "ltr",
		"theme_color": themeLight, "background_color": themeLight,
		"icons":     icons,
		"shortcuts": []shortcut{{texts.ForYou, at("/for-you")}, {texts.Kept, at("/kept")}, {texts.Surprise, at("/for-you?surprise=1")}},
		// The history of another site: opened with the app, or shared to it, which static/js/sw.js answers.
		"file_handlers":  []any{map[string]any{"action": at("/profile"), "accept": brings}},
		"launch_handler": map[string]any{"client_mode": []string{"navigate-existing", "auto"}},
		"share_target": map[string]any{
			"action": root + "shared", "method": "POST", "enctype": "multipart/form-data",
			"params": map[string]any{"files": []any{map[string]any{"name": "file", "accept": []string{".zip", ".csv", ".json", "application/zip", "text/csv", "application/json"}}}},
		},
	}
	if len(screenshots) > 0 {
		text["screenshots"] = screenshots
	}
	b, err := json.MarshalIndent(text, "", " ")
	if err != nil {
		panic(err) // plain strings cannot fail
	}
	return append(b, '\n')
}
