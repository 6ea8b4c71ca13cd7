//go:build !js

package assets

import (
	"crypto/sha256"
	"net/http"
	"strconv"
	"strings"

	"sparrow/edge/delta"
)

// forms are other forms of a file that a visitor may take in its place. Each
// is nil where there is none, and returns false where it cannot be had now.
type forms struct {
	packed func() (content, bool)                             // br
	delta  func(dictionary [sha256.Size]byte) (content, bool) // dcz
}

// vary names the headers of requests by which forms are chosen.
func (f forms) vary() string {
	if f.delta != nil {
		return "Accept-Encoding, Available-Dictionary"
	}
	return "Accept-Encoding"
}

// choose returns the form that a request is answered with, and its coding; ""
// for the plain one.
func (f forms) choose(request http.Header) (c content, coding string) {
	accepted := request.Get("Accept-Encoding")
	if f.delta != nil && prefers(accepted, "dcz") {
		if dictionary, ok := delta.Asked(request.Get("Available-Dictionary")); ok {
			if c, ok := f.delta(dictionary); ok {
				return c, "dcz"
			}
		}
	}
	if f.packed != nil && prefers(accepted, "br") {
		if c, ok := f.packed(); ok {
			return c, "br"
		}
	}
	return c, ""
}

// beside returns the delta that lies beside a file, as
// [forms.delta] does.
func (t *tags) beside(name string) func([sha256.Size]byte) (content, bool) {
	return func(dictionary [sha256.Size]byte) (content, bool) {
		c, err := t.open(delta.Name(name, dictionary))
		c.tag += "-dcz"
		return c, err == nil
	}
}

// prefers reads an Accept-Encoding header (RFC 9110, section 12.5.3): the coding
// must be wanted, and no less than sending the bytes as they are.
func prefers(header, coding string) bool {
	wanted, any, identity := -1.0, -1.0, -1.0
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		q := 1.0
		if _, text, ok := strings.Cut(strings.ReplaceAll(strings.ToLower(parameters), " ", ""), "q="); ok {
			var err error
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				q = 0
			}
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case coding:
			wanted = q
		case "*":
			any = q
		case "identity":
			identity = q
		}
	}
	if wanted < 0 {
		wanted = any
	}
	return wanted > 0 && wanted >= identity
}
