//go:build !js

package assets

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// shell is a site's shell.json: the addresses that the app routes itself, so
// that they are answered with its shell.
type shell struct {
	Languages []string `json:"languages"` // folders with a shell.html and a 404.html of their own: "/zh"
	Routes    []string `json:"routes"`    // "/browse"; with a slash at its end, all that is below: "/movie/"
	Items     string   `json:"items"`     // the route of items; what follows names one, as catalog.Segment writes it
}

// readShell reads shell.json; a site without one has no such addresses.
func readShell(name string) (s shell, err error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// find returns the language's folder that path belongs to, "" for the main
// one, and whether path is an address of the app.
func (s *shell) find(path string) (folder string, route bool) {
	path = strings.TrimSuffix(path, "/")
	for _, l := range s.Languages {
		if path == l || strings.HasPrefix(path, l+"/") {
			folder, path = l, path[len(l):]
			break
		}
	}
	for _, r := range s.Routes {
		below := strings.HasSuffix(r, "/")
		if path == r || below && strings.HasPrefix(path, r) {
			return folder, true
		}
	}
	return folder, false
}
