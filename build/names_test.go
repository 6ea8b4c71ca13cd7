package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// demoNames are places whose names may speak of movies: readers of MovieLens, and
// tests that drive the demo, whose items are movies.
var demoNames = []string{"../build/dataset/movielens", "../build/fetch/", "../app/e2e/"}

var (
	demoNoun = regexp.MustCompile(`(?i)movie|film`)
	notCode  = regexp.MustCompile("(?s)//[^\n]*|/\\*.*?\\*/|'(?:[^'\\\\\n]|\\\\.)*'|\"(?:[^\"\\\\\n]|\\\\.)*\"|`(?:[^`\\\\]|\\\\.)*`")
	jsName   = regexp.MustCompile(`[A-Za-z_$][A-Za-z0-9_$]*`)
)

// TestTheNounIsItem holds that no identifier speaks of movies or films: the core
// serves any catalog. Texts may, where a visitor of the demo reads them.
func TestTheNounIsItem(t *testing.T) {
	looked := 0
	check := func(place, name string) {
		looked++
		if demoNoun.MatchString(regexp.MustCompile(`(?i)movielens`).ReplaceAllString(name, "")) {
			t.Errorf("%s: %s: the noun is item", place, name)
		}
	}
	for _, root := range []string{"../app", "../build", "../edge", "../static", "../wasm"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			path = filepath.ToSlash(path)
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "node_modules":
				return filepath.SkipDir
			case d.IsDir() || inDemo(path):
				return nil
			case strings.HasSuffix(path, ".go"):
				goNames(t, path, check)
			case strings.HasSuffix(path, ".js"), strings.HasSuffix(path, ".mjs"):
				code := notCode.ReplaceAllString(readFile(t, path), " ")
				for _, name := range jsName.FindAllString(code, -1) {
					check(path, name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if looked < 10_000 {
		t.Errorf("only %d names were looked at", looked)
	}
}

func inDemo(path string) bool {
	for _, prefix := range demoNames {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// goNames calls check with every identifier of a file.
func goNames(t *testing.T, path string, check func(place, name string)) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			check(fset.Position(id.Pos()).String(), id.Name)
		}
		return true
	})
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
