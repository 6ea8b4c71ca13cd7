package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"

	"sparrow/app/site"
	"sparrow/app/ui"
)

// place is where a site will be. Its host cannot be guessed, so that without one
// pages have no absolute addresses.
type place struct {
	host string // "https://example.org"; "" when it is not known
	base string // the path below which all of the site is, "/repo"; "" for the whole host
}

// place returns where the flags put the site.
func (c *exportCommand) place() (p place, err error) {
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
			return p, fmt.Errorf("--base-url %q is no address of a site: want https://example.org or https://example.org/path", c.BaseURL)
		}
		p = place{u.Scheme + "://" + u.Host, strings.TrimSuffix(u.EscapedPath(), "/")}
	}
	if c.Base != "" {
		base := strings.TrimSuffix(c.Base, "/")
		if p.base != "" && p.base != base {
			return p, fmt.Errorf("--base %s and --base-url %s name two paths: leave one of them out", c.Base, c.BaseURL)
		}
		p.base = base
	}
	for i, part := range strings.Split(p.base, "/") {
		if (i == 0) != (part == "") || part != "" && part != url.PathEscape(part) || part == "." || part == ".." {
			return p, fmt.Errorf("--base %q is no path on a host: want /repo/", p.base)
		}
	}
	return p, nil
}

// missing returns what a site without a host goes without, in words; "" for none.
func (p place) missing() string {
	if p.host != "" {
		return ""
	}
	return "without --base-url (make site SITE_URL=https://…) pages name no canonical address, no other languages and no picture of a link, and there is no sitemap.xml and no robots.txt"
}

// mostInMap is how many addresses a site map may hold.
// https://www.sitemaps.org/protocol.html
const mostInMap = 50_000

// putMaps adds the files for search engines, on a host that is known: site maps
// of the pages, with an index where one is not enough, and a robots.txt that
// leads to them. A crawler reads no robots.txt below a path of a host, so there the
// map is registered by hand.
func (p place) putMaps(out *site.Site, pages []rendered) {
	if p.host == "" {
		return
	}
	var addresses []string
	for _, page := range pages {
		if listed(page.path) {
			addresses = append(addresses, p.host+ui.Address(page.lang, page.path))
		}
	}
	if len(addresses) <= mostInMap {
		out.Put("/sitemap.xml", locations("urlset", "url", addresses))
	} else {
		var maps []string
		for n := 1; len(addresses) > 0; n++ {
			part := addresses[:min(mostInMap, len(addresses))]
			addresses = addresses[len(part):]
			name := fmt.Sprintf("/sitemap-%d.xml", n)
			out.Put(name, locations("urlset", "url", part))
			maps = append(maps, p.host+p.base+name)
		}
		out.Put("/sitemap.xml", locations("sitemapindex", "sitemap", maps))
	}
	if p.base == "" {
		out.Put("/robots.txt", []byte("User-agent: *\nAllow: /\nSitemap: "+p.host+"/sitemap.xml\n"))
	}
}

// locations writes a file of the site map protocol.
func locations(root, one string, addresses []string) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + "<" + root + ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, address := range addresses {
		b.WriteString("<" + one + "><loc>")
		xml.EscapeText(&b, []byte(address))
		b.WriteString("</loc></" + one + ">\n")
	}
	b.WriteString("</" + root + ">\n")
	return b.Bytes()
}
