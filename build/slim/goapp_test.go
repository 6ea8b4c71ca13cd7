package main

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestSlimGoAppNeedsNoServerAndNoPatterns fails when another version of go-app brings
// net/http, regexp or crypto back by another file, and where a file that is replaced is no longer there.
func TestSlimGoAppNeedsNoServerAndNoPatterns(t *testing.T) {
	module, err := goOutput("list", "-m", "-f", "{{.Dir}}", goapp)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := slimDown(module, dir); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "pkg", "*", "*.go"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range []string{"state.go", "storage.go", "notfound.go", "component.go"} {
		if !slices.Contains(files, filepath.Join(dir, "pkg", "app", name)) {
			t.Errorf("go-app has no %s that stands for its own", name)
		}
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); path == "net/http" || path == "regexp" || strings.HasPrefix(path, "crypto") || strings.Contains(path, "uuid") {
				t.Errorf("%s imports %s", filepath.Base(name), path)
			}
		}
	}
}
