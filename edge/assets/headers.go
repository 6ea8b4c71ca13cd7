//go:build !js

package assets

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"
)

// headerRules are the rules of a site's _headers file, in Cloudflare's syntax:
// an address, perhaps with * at its end, and below it, indented, a header a
// line. Later rules add to earlier ones; "! Name" takes a header of theirs
// away. https://developers.cloudflare.com/workers/static-assets/headers/
type headerRules []headerRule

type headerRule struct {
	path   string // without the *
	prefix bool
	lines  []headerLine
}

type headerLine struct{ name, value string } // no value to take the header away

// readHeaders reads a _headers file; a site without one has no rules.
func readHeaders(name string) (headerRules, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var rules headerRules
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		text := strings.TrimSpace(line)
		switch indented := text != line && strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t"); {
		case text == "" || text[0] == '#':
		case !indented:
			path, prefix := strings.CutSuffix(text, "*")
			if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "*:") {
				return nil, fmt.Errorf("%s:%d: want an address with at most one *, at its end", name, n)
			}
			rules = append(rules, headerRule{path: path, prefix: prefix})
		default:
			header, value, ok := strings.Cut(text, ":")
			header, remove := strings.CutPrefix(header, "!")
			if len(rules) == 0 || ok == remove {
				return nil, fmt.Errorf("%s:%d: want \"Name: value\" or \"! Name\" below an address", name, n)
			}
			rule := &rules[len(rules)-1]
			rule.lines = append(rule.lines, headerLine{http.CanonicalHeaderKey(strings.TrimSpace(header)), strings.TrimSpace(value)})
		}
	}
	return rules, lines.Err()
}

// apply sets the headers that the rules have for an address.
func (rules headerRules) apply(h http.Header, path string) {
	for _, rule := range rules {
		if path != rule.path && !(rule.prefix && strings.HasPrefix(path, rule.path)) {
			continue
		}
		for _, l := range rule.lines {
			switch old := h.Get(l.name); {
			case l.value == "":
				h.Del(l.name)
			case old != "":
				h.Set(l.name, old+", "+l.value)
			default:
				h.Set(l.name, l.value)
			}
		}
	}
}
