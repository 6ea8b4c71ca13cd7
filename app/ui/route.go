package ui

import (
	"net/url"
	"strings"

	"sparrow/wasm/catalog"
)

// route is a parsed address of the app.
type route struct {
	lang  string // "en" or "zh"
	page  string // "home", "browse", "item", … or "missing"
	param string // the genre of browse, the id of item or user
	query url.Values
	sent  string // the fragment of a page that is opened by a link with something in it, as it stands in the address; "" for none
}

// base is the path that the whole site has on its host, "/repo"; "" for the whole
// host. It is set before the first page is opened.
var base string

// parseRoute parses an address. Any path has a route: an unknown one is
// "missing".
func parseRoute(u *url.URL) route {
	r := route{lang: "en", query: u.Query()}
	path, ours := strings.CutPrefix(strings.TrimSuffix(u.Path, "/"), base)
	if !ours || path != "" && path[0] != '/' {
		r.page = "missing"
		return r
	}
	if path == "/zh" || strings.HasPrefix(path, "/zh/") {
		r.lang, path = "zh", strings.TrimPrefix(path, "/zh")
	}
	head, param, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	if head == "watchlist" { // the address that the page had before
		head = "kept"
	}
	switch {
	case head == "" && param == "":
		r.page = "home"
	case head == "genre" && param != "":
		r.page, r.param = "browse", catalog.FromSegment(param)
	case head == "user" && param != "":
		r.page, r.param = "user", catalog.FromSegment(param)
	case "/"+head+"/" == itemRoot && param != "":
		r.page, r.param = "item", catalog.FromSegment(param)
	case param == "" && (head == "browse" || head == "for-you" || head == "kept" ||
		head == "history" || head == "profile" || head == "lab" || head == "search" || head == "shared-list" || head == "for-two" || head == "shell" || head == "taste"):
		r.page = head
	default:
		r.page = "missing"
	}
	if fragment := u.EscapedFragment(); (r.page == "shared-list" || r.page == "for-two") && strings.Contains(fragment, "=") {
		r.sent = fragment
	}
	return r
}

// Address returns the address of path in the language lang.
func Address(lang, path string) string { return base + InLanguage(lang, path) }

// InLanguage returns path as it is in the language lang, from the root of the
// site.
func InLanguage(lang, path string) string {
	if lang == "zh" {
		if path == "/" {
			return "/zh/"
		}
		return "/zh" + path
	}
	return path
}

// path returns the address without its query, in the language lang.
func (r route) path(lang string) string {
	switch {
	case r.page == "home" || r.page == "missing":
		return Address(lang, "/")
	case r.page == "browse" && r.param != "":
		return GenreURL(lang, r.param)
	case r.page == "item":
		return ItemURL(lang, catalog.ID(r.param))
	case r.page == "user":
		return UserURL(lang, r.param)
	}
	return Address(lang, "/"+r.page)
}

// address returns the path in the language lang with the query, and with what a link brings.
func (r route) address(lang string) string {
	address := r.path(lang)
	if q := r.query.Encode(); q != "" {
		address += "?" + q
	}
	if r.sent != "" {
		address += "#" + r.sent
	}
	return address
}

// opened returns what tells the page of an address from others: without the place on the page
// that a fragment may name, with what a link brings in it.
func opened(u *url.URL) string {
	if sent := parseRoute(u).sent; sent != "" {
		return u.RequestURI() + "#" + sent
	}
	return u.RequestURI()
}

func ItemURL(lang string, id catalog.ID) string { return Address(lang, ItemPath(id)) }

func GenreURL(lang, genre string) string { return Address(lang, GenrePath(genre)) }

// ItemPath returns the path of an item's page from the root of the site, in no
// language; GenrePath that of a genre's.
func ItemPath(id catalog.ID) string { return itemRoot + catalog.Segment(string(id)) }

func GenrePath(genre string) string { return "/genre/" + catalog.Segment(genre) }

// Known reports whether the path is an address of the app: its form names a
// page, whether or not the item exists.
func Known(path string) bool { return parseRoute(&url.URL{Path: path}).page != "missing" }
