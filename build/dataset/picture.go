package dataset

import (
	"net/netip"
	"net/url"
	"path"
	"strings"
)

// picture returns the address of the picture that a field names; "" for none. It
// is a web address, or the path of a file below the folder of items.csv, escaped
// as in a URL: the exporter copies such files into the site.
func (m *catalogBuilder) picture(field string) string {
	s := strings.TrimSpace(field)
	scheme, rest, _ := strings.Cut(s, ":")
	scheme = strings.ToLower(scheme)
	switch {
	case isNull([]byte(s)):
		return ""
	case strings.HasPrefix(s, "//"):
		return m.address("image", "https:"+s)
	case scheme == "data":
		m.note("image is a data: address, which every visitor would download with the catalog; the item stays without it: write its file beside items.csv", "")
		return ""
	case scheme == "http" && strings.HasPrefix(rest, "//"):
		if s = m.address("image", s); s == "" || loopback(s) {
			return s
		}
		m.insecure++
		return "https" + strings.Replace(s[len("http"):], ":80/", "/", 1)
	case strings.Contains(s, ":"), s == "":
		return m.address("image", s)
	}
	file := path.Clean(strings.ReplaceAll(s, `\`, "/"))
	if strings.HasPrefix(file, "/") || file == "." || file == ".." || strings.HasPrefix(file, "../") || len(file) > maxAddress/3 {
		m.note("image is neither an address nor the path of a file below the folder of items.csv; the item stays without it", s[:min(len(s), 60)])
		return ""
	}
	return (&url.URL{Path: file}).EscapedPath()
}

// loopback reports whether an address is of this very machine, which browsers
// trust without encryption.
func loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	at, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && at.IsLoopback()
}
