package main

import (
	"encoding/json"
	"slices"

	"sparrow/app/site"
)

// shellRoutes are the addresses that are pages of the app and not files, as
// ui.Known accepts them: exact, or every address below where they end with a
// slash. items is that of items' pages.
func shellRoutes(items string) []string {
	routes := []string{"/browse", "/for-two", "/for-you", "/genre/", "/history", items, "/kept", "/lab", "/profile", "/search", "/shared-list", "/shell", "/taste", "/user/", "/watchlist"}
	slices.Sort(routes)
	return routes
}

// putHostFiles adds the files that the host reads: the headers, the addresses
// to answer with the shell, and what Cloudflare should not upload: it
// compresses by itself, and bundles come from elsewhere.
func putHostFiles(out *site.Site, items string, pictures []string) error {
	text, err := json.Marshal(map[string]any{"languages": []string{"/zh"}, "routes": shellRoutes(items), "items": items})
	if err != nil {
		return err
	}
	out.Put("/shell.json", append(text, '\n'))
	out.Put("/_headers", []byte(site.Headers(pictures)))
	out.Put("/.assetsignore", []byte("v1/a\nv1/latest.json\nv1/live.json\nv1/users.json\n*.br\n.retired\n"))
	return nil
}
