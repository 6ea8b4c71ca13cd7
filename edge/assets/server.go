//go:build !js

package assets

import (
	"net/http"
	"strings"
)

// Serve puts a site and the bundles together: all below /v1/ is the bundles',
// where there are any, and no address there has a second spelling. Either may be nil.
func Serve(site http.Handler, bundles *Bundles) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		below := strings.HasPrefix(r.URL.Path, "/v1/")
		switch {
		case below && r.URL.RawPath != "":
			refuse(w, http.StatusNotFound, "not found")
		case below && bundles != nil:
			bundles.ServeHTTP(w, r)
		case site != nil:
			site.ServeHTTP(w, r)
		default:
			refuse(w, http.StatusNotFound, "not found")
		}
	})
}
