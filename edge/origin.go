package main

import (
	"errors"
	"net/url"
	"strings"
)

// self is the name of the site that this edge itself serves.
const self = "self"

// origins are the sites whose pages may send feedback: the origin, as browsers
// write it, and the name that the site has in the log.
type origins map[string]string

// parseOrigins reads "https://shop.example=shop" each.
func parseOrigins(lines []string) (origins, error) {
	o := origins{}
	for _, line := range lines {
		origin, site, _ := strings.Cut(strings.TrimSpace(line), "=")
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Scheme+"://"+u.Host != origin || strings.ToLower(origin) != origin || strings.Contains(origin, "*") {
			return nil, errors.New("origin " + origin + ": want https://host as browsers write it, in small letters and without a path")
		}
		if site == "" || len(site) > 64 || site == self {
			return nil, errors.New("origin " + origin + ": want =name with a name of its own, of at most 64 bytes")
		}
		if _, twice := o[origin]; twice {
			return nil, errors.New("origin " + origin + " comes twice")
		}
		o[origin] = site
	}
	return o, nil
}

// site returns the name of the site at an origin. Pages of host itself, which
// the request went to, are always welcome; requests that no page sent are not.
func (o origins) site(origin, host string) (string, bool) {
	if site, ok := o[origin]; ok {
		return site, true
	}
	scheme, own, ok := strings.Cut(origin, "://")
	return self, ok && own == host && host != "" && (scheme == "https" || scheme == "http")
}
