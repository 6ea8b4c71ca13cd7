package ui

import "strings"

// Picture returns the address of the picture that a catalog names, "" for one
// that cannot be shown. What is no web address is a file that the exporter has
// put below pictures/. A page of https shows nothing of http, so that is taken by
// https, but for this machine's own, which browsers trust.
func Picture(image string) string {
	if rest, ok := strings.CutPrefix(image, "http://"); ok {
		if strings.HasPrefix(rest, "localhost:") || strings.HasPrefix(rest, "127.0.0.1:") {
			return image
		}
		image = "https://" + rest
	}
	if image != "" && image[0] != '/' && !strings.Contains(image, ":") {
		image = base + "/pictures/" + image
	}
	return safeURL(image)
}
