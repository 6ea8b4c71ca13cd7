//go:build !js

package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"sparrow/app/site"
)

// importLine finds where a module names another: import … from './event.js'.
var importLine = regexp.MustCompile(`(?m)(\bfrom\s*|^\s*import\s*\(?\s*|\bimport\(\s*)(['"])\./([\w.-]+)(['"])`)

// putScripts adds scripts by name. A module names the modules it imports by
// their addresses, so those are added before it.
func putScripts(out *site.Site, scripts map[string][]byte) error {
	left := maps.Clone(scripts)
	for len(left) > 0 {
		before := len(left)
		for _, name := range slices.Sorted(maps.Keys(left)) {
			body, ok := linked(out.Assets(), left[name])
			if ok {
				out.Asset(name, body)
				delete(left, name)
			}
		}
		if len(left) == before {
			return fmt.Errorf("scripts that import each other or what is missing: %q", slices.Sorted(maps.Keys(left)))
		}
	}
	return nil
}

// linked is a script with the addresses of what it imports; false as long as
// one of them is not known.
func linked(assets map[string]string, script []byte) ([]byte, bool) {
	ok := true
	out := importLine.ReplaceAllFunc(script, func(line []byte) []byte {
		part := importLine.FindSubmatch(line)
		url := assets[string(part[3])]
		ok = ok && url != ""
		return slices.Concat(part[1], part[2], []byte(url), part[4])
	})
	return out, ok
}
