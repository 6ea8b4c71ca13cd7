package main

import (
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// linksOf returns the paths of this site that a page refers to, in order and
// without repeats.
func linksOf(page io.Reader) ([]string, error) {
	doc, err := html.Parse(page)
	if err != nil {
		return nil, err
	}
	var out []string
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			if (a.Key == "href" || a.Key == "src") && strings.HasPrefix(a.Val, "/") && !slices.Contains(out, a.Val) {
				out = append(out, a.Val)
			}
		}
	}
	return out, nil
}
