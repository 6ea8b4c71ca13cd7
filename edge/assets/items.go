//go:build !js

package assets

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"sparrow/wasm/catalog"
)

// unknown reports whether path, without its language, is the address of an item
// that does not exist. Most items have no page of their own and are drawn by the
// app, so a site cannot say so itself; the bundles can.
func (s *Site) unknown(shell *shell, path string) bool {
	if s.Items == nil || shell.Items == "" {
		return false
	}
	segment, below := strings.CutPrefix(strings.TrimSuffix(path, "/"), shell.Items)
	return below && s.Items.lacks(catalog.FromSegment(segment))
}

// lacks reports whether the newest bundle has no item of that id. Every item has
// a list, if perhaps an empty one, so that lists of the newest bundle know all of
// its items; without such lists nothing is known to be missing.
func (b *Bundles) lacks(id string) bool {
	if !listable(id) {
		return false
	}
	if has, err := hasList(filepath.Join(b.folder, listsFile), id); has || err != nil {
		return false // an error says nothing of the item
	}
	listed := b.bundleIn("popular.json")
	return listed != "" && listed == b.bundleIn("latest.json")
}

// bundleIn returns the bundle that a small file of the folder names, or "".
func (b *Bundles) bundleIn(name string) string {
	file, err := os.Open(filepath.Join(b.folder, name))
	if err != nil {
		return ""
	}
	defer file.Close()
	var names struct {
		Bundle string `json:"bundle"`
	}
	if json.NewDecoder(io.LimitReader(file, 1<<20)).Decode(&names) != nil {
		return ""
	}
	return names.Bundle
}

// listable reports whether an item of that id can have a list: ../LISTS.md.
func listable(id string) bool {
	return id != "" && len(id) <= mostID && utf8.ValidString(id) && !strings.ContainsFunc(id, unicode.IsControl)
}
