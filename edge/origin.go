package main

import (
	"errors"
	"net/netip"
	"net/url"
	"strconv"
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
// the request went to, are self, if the host is one of ours; requests that no
// page sent are not welcome.
func (o origins) site(origin, host string) (string, bool) {
	if site, ok := o[origin]; ok {
		return site, true
	}
	scheme, own, ok := strings.Cut(origin, "://")
	return self, ok && own == host && host != "" && (scheme == "https" || scheme == "http")
}

// hosts are the names that this edge is reached by. Without them a page of a
// stranger's name that leads here would pass for one of ours, since its origin
// is the host that it calls. nil is for a platform that hands over only
// requests for names of its customer, as Cloudflare does.
type hosts map[string]bool

// parseHosts reads "shop.example" each.
func parseHosts(names []string) (hosts, error) {
	h := hosts{}
	for _, name := range names {
		u, err := url.Parse("//" + name)
		if err != nil || name == "" || u.Host != name || u.Hostname() == "" || strings.ContainsAny(name, "*@") {
			return nil, errors.New("host " + strconv.Quote(name) + ": want a name alone, like shop.example")
		}
		h[strings.ToLower(u.Hostname())] = true
	}
	return h, nil
}

// own reports whether the Host of a request, whatever its port, is this edge's:
// a name of the list, an address or localhost, which no stranger can have.
func (h hosts) own(host string) bool {
	if h == nil {
		return true
	}
	u, err := url.Parse("//" + host)
	if err != nil {
		return false
	}
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(name); err == nil || name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	return h[name]
}

// unknownHost says what to do about a request for a host that is not own.
func unknownHost(host string) error {
	name := strconv.Quote(host[:min(len(host), 100)])
	return errors.New("feedback for " + name + " is refused, as this edge does not know it for a name of its own: start it with --host " + name)
}
