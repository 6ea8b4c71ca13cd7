package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// arrows is the diagram of the README in words: what each package of the
// project may import of the project. A name that ends in "/…" stands for the
// folder and all below it.
var arrows = map[string][]string{
	// core, from the bottom up
	"wasm/catalog":        {},
	"wasm/quant":          {},
	"wasm/wire":           {},
	"wasm/nn":             {"wasm/quant"},
	"wasm/index":          {"wasm/quant", "wasm/catalog"},
	"wasm/feature":        {"wasm/catalog", "wasm/quant"},
	"wasm/retrieval":      {"wasm/catalog", "wasm/quant", "wasm/feature", "wasm/nn"},
	"wasm/ranking":        {"wasm/catalog", "wasm/quant", "wasm/nn", "wasm/feature", "wasm/retrieval"},
	"wasm/rerank":         {"wasm/catalog"},
	"wasm/bundle":         {"wasm/wire", "wasm/catalog", "wasm/quant", "wasm/nn", "wasm/feature", "wasm/retrieval", "wasm/ranking"},
	"wasm/engine":         {"wasm/bundle", "wasm/catalog", "wasm/quant", "wasm/feature", "wasm/retrieval", "wasm/ranking", "wasm/rerank"},
	"wasm/engine/planted": {"wasm/bundle", "wasm/catalog", "wasm/quant", "wasm/feature", "wasm/nn", "wasm/retrieval", "wasm/ranking"},
	"wasm/protocol":       {"wasm/wire", "wasm/catalog"},
	"wasm/event":          {"wasm/wire", "wasm/catalog"},
	"wasm/experiment":     {"wasm/wire", "wasm/catalog", "wasm/event"},
	"wasm/session":        {"wasm/engine", "wasm/protocol", "wasm/wire", "wasm/catalog", "wasm/feature", "wasm/retrieval", "wasm/experiment", "wasm/event"},

	// shells
	"wasm/worker":      {"wasm/session", "wasm/protocol", "wasm/experiment"},
	"app":              {"wasm/protocol", "wasm/catalog", "wasm/session", "app/…"},
	"app/poster":       {},
	"app/site":         {},
	"edge":             {"wasm/event", "edge/…"},
	"edge/assets":      {},
	"build":            {"wasm/…", "build/…"},
	"build/dataset":    {"wasm/catalog"},
	"build/fetch":      {},
	"build/bench":      {"wasm/…", "build/…"},
	"build/trim":       {},
	"build/evaluation": {"wasm/…", "build/dataset"},
	"build/feedback":   {"wasm/…", "build/dataset"},
	"build/abtest":     {"wasm/…", "build/feedback", "build/chart"},
	"build/replay":     {"wasm/…", "build/feedback"},
	"build/bandit":     {},
	"build/simulation": {"wasm/…", "build/feedback", "build/dataset", "build/bandit"},

	// models and what they are trained on
	"build/chart":     {},
	"build/simd":      {"wasm/nn"},
	"build/autodiff":  {"wasm/nn", "build/simd"},
	"build/crowd":     {"wasm/…", "build/dataset"},
	"build/content":   {"wasm/catalog"},
	"build/examples":  {"wasm/…", "build/dataset"},
	"build/pool":      {"wasm/…", "build/dataset", "build/crowd", "build/content", "build/simd"},
	"build/sasrec":    {"wasm/…", "build/dataset", "build/autodiff", "build/simd"},
	"build/listwise":  {"wasm/…", "build/dataset", "build/crowd", "build/examples"},
	"build/pointwise": {"wasm/…", "build/dataset", "build/autodiff", "build/examples"},
	"build/baseline":  {"wasm/…", "build/dataset"},
	"build/word2vec":  {"wasm/…", "build/dataset"},
	"build/tower":     {"wasm/…", "build/dataset", "build/autodiff", "build/simd"},
	"build/compare":   {"wasm/…", "build/…"},
}

// barred are packages that a place may not import, with the reason.
var barred = []struct{ place, what, why string }{
	{"app/ for js", "sparrow/wasm/session", "the page asks and the worker answers: the engine is not linked twice"},
	{"wasm/", "fmt", "73 KB of engine.wasm after brotli"},
	{"wasm/", "encoding/json", "105 KB of engine.wasm after brotli"},
	{"wasm/", "net/http", "1.4 MB of engine.wasm after brotli"},
	{"wasm/", "time", "the core is given the clock's value"},
	{"wasm/", "os", "files belong to the shells"},
	{"build", "github.com/maxence-charriere/go-app/v10/pkg/app", "the app alone knows go-app"},
	{"wasm/", "github.com/maxence-charriere/go-app/v10/pkg/app", "the app alone knows go-app"},
}

// target is one pair of operating system and architecture that we build for.
type target struct{ goos, goarch string }

// TestArrows reads the imports of both targets. Run it with -count=1: the
// cache of go test cannot see what go list reads.
func TestArrows(t *testing.T) {
	for _, target := range []target{{"linux", "amd64"}, {"js", "wasm"}} {
		for name, imports := range importsOf(t, target) {
			allowed, known := arrows[name]
			if !known {
				t.Errorf("%s: package %s is not in the diagram: draw its arrows in build/arch_test.go and in the README", target.goos, name)
				continue
			}
			for _, imported := range imports {
				if inner, ours := strings.CutPrefix(imported, "sparrow/"); ours && !permits(allowed, inner) {
					t.Errorf("%s: %s imports %s, an arrow that the diagram does not have", target.goos, name, inner)
				}
				for _, b := range barred {
					if (strings.HasPrefix(name+"/", b.place) || name+"/ for "+target.goos == b.place) && imported == b.what && !(target.goos != "js" && name == "wasm/bundle") {
						t.Errorf("%s: %s imports %s: %s", target.goos, name, imported, b.why)
					}
				}
			}
		}
	}
}

// permits reports whether one of the allowed names covers the package.
func permits(allowed []string, name string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		if folder, all := strings.CutSuffix(a, "/…"); all {
			return name == folder || strings.HasPrefix(name, folder+"/")
		}
		return name == a
	})
}

// importsOf returns what each package of the project imports for a target,
// tests left out. Packages without a file for the target are missing.
func importsOf(t *testing.T, target target) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,GoFiles", "sparrow/...")
	cmd.Env = append(os.Environ(), "GOOS="+target.goos, "GOARCH="+target.goarch)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list for %s/%s: %v", target.goos, target.goarch, err)
	}
	imports := map[string][]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath       string
			Imports, GoFiles []string
		}
		if err := decoder.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("go list for %s/%s: %v", target.goos, target.goarch, err)
		}
		name := strings.TrimPrefix(p.ImportPath, "sparrow/")
		if len(p.GoFiles) > 0 && !strings.Contains(path.Base(name), "testdata") {
			imports[name] = p.Imports
		}
	}
	if len(imports) == 0 {
		t.Fatalf("go list for %s/%s found no package", target.goos, target.goarch)
	}
	return imports
}
