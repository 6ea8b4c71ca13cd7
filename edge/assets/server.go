//go:build !js

package assets

import (
	"net/http"
	"strings"
)

// Serve puts a site and the bundles together: all below /v1/ is the bundles',
// where there are any, but what other sites load from the site. No address
// there has a second spelling, except for ids in those of lists. Either may be
// nil.
func Serve(site http.Handler, bundles *Bundles) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		below := strings.HasPrefix(r.URL.Path, "/v1/")
		switch {
		case below && r.URL.RawPath != "" && !strings.HasPrefix(r.URL.EscapedPath(), listsPath):
			refuse(w, http.StatusNotFound, "not found")
		case ofSite(r.URL.Path) && site != nil:
			site.ServeHTTP(w, r)
		case below && bundles != nil:
			bundles.ServeHTTP(w, r)
		case site != nil:
			site.ServeHTTP(w, r)
		default:
			refuse(w, http.StatusNotFound, "not found")
		}
	})
}

// ofSite reports whether an address below /v1/ is the site's: the script that
// other sites' pages name, and its types for those who write them.
func ofSite(path string) bool { return path == "/v1/widget.js" || path == "/v1/widget.d.ts" }
