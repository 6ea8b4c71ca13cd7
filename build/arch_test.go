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

// floors is the diagram of the README in words, from the ground up: what each
// package of the project may import of the project. A package stands below what
// imports it, so that no arrow points up. A name that ends in "/…" stands for the
// folder and all below it.
var floors = []struct {
	name    string
	imports []string
}{
	// core
	{"wasm/vec", nil},
	{"wasm/attribute", []string{"wasm/vec"}},
	{"wasm/catalog", []string{"wasm/vec", "wasm/attribute"}},
	{"wasm/facet", []string{"wasm/catalog"}},
	{"wasm/filter", []string{"wasm/attribute", "wasm/catalog"}},
	{"wasm/quant", nil},
	{"wasm/wire", nil},
	{"wasm/match", []string{"wasm/vec", "wasm/wire", "wasm/attribute", "wasm/catalog"}},
	{"wasm/live", []string{"wasm/vec", "wasm/wire", "wasm/catalog"}},
	{"wasm/nn", []string{"wasm/vec", "wasm/quant"}},
	{"wasm/index", []string{"wasm/vec"}},
	{"wasm/feature", []string{"wasm/vec", "wasm/catalog", "wasm/quant"}},
	{"wasm/retrieval", []string{"wasm/vec", "wasm/catalog", "wasm/quant", "wasm/feature", "wasm/nn", "wasm/index"}},
	{"wasm/ranking", []string{"wasm/vec", "wasm/catalog", "wasm/quant", "wasm/nn", "wasm/feature", "wasm/retrieval"}},
	{"wasm/rerank", []string{"wasm/vec", "wasm/feature"}},
	{"wasm/bundle", []string{"wasm/wire", "wasm/attribute", "wasm/catalog", "wasm/quant", "wasm/nn", "wasm/feature", "wasm/retrieval", "wasm/ranking"}},
	{"wasm/engine", []string{"wasm/vec", "wasm/bundle", "wasm/attribute", "wasm/catalog", "wasm/filter", "wasm/live", "wasm/quant", "wasm/feature", "wasm/retrieval", "wasm/ranking", "wasm/rerank", "wasm/index"}},
	{"wasm/engine/enginetest", []string{"wasm/bundle", "wasm/catalog", "wasm/quant", "wasm/feature", "wasm/nn", "wasm/retrieval", "wasm/ranking"}},
	{"wasm/vocabulary", nil},
	{"wasm/protocol", []string{"wasm/wire", "wasm/catalog"}},
	{"wasm/event", []string{"wasm/wire", "wasm/catalog"}},
	{"wasm/experiment", []string{"wasm/wire", "wasm/catalog", "wasm/event"}},
	{"wasm/session", []string{"wasm/vec", "wasm/attribute", "wasm/facet", "wasm/filter", "wasm/live", "wasm/match", "wasm/engine", "wasm/protocol", "wasm/wire", "wasm/catalog", "wasm/feature", "wasm/retrieval", "wasm/experiment", "wasm/event"}},
	{"wasm/exports", []string{"wasm/live", "wasm/session", "wasm/protocol", "wasm/experiment"}},
	{"wasm/worker", []string{"wasm/exports"}},

	// edge
	{"edge/durable", nil},
	{"edge/printable", nil},
	{"edge/delta", nil},
	{"edge/overlay", []string{"wasm/wire", "wasm/catalog", "wasm/live"}},
	{"edge/changes", []string{"wasm/catalog", "wasm/live", "edge/durable", "edge/overlay"}},
	{"edge/shared", []string{"wasm/catalog", "wasm/event", "edge/durable", "edge/changes"}},
	{"edge/assets", []string{"wasm/wire", "wasm/catalog", "edge/delta", "edge/changes"}},
	{"edge/topic", []string{"wasm/event"}},
	{"edge", []string{"wasm/event", "wasm/live", "edge/durable", "edge/printable", "edge/changes", "edge/shared", "edge/assets", "edge/topic"}},

	// data and judgement
	{"build/console", []string{"edge/printable"}},
	{"build/chart", nil},
	{"build/stats", nil},
	{"build/fetch", nil},
	{"build/plural", nil},
	{"build/cell", nil},
	{"build/vocabulary", []string{"wasm/vocabulary"}},
	{"build/dataset", []string{"wasm/attribute", "wasm/catalog", "wasm/filter", "wasm/feature", "build/plural"}},
	{"build/titles", []string{"wasm/attribute", "wasm/catalog", "build/plural"}},
	{"build/clickstream", []string{"build/dataset"}},
	{"build/rerank", []string{"wasm/vec"}},
	{"build/evaluation", []string{"wasm/…", "build/stats", "build/plural", "build/dataset", "build/rerank"}},
	{"build/feedback", []string{"wasm/…", "build/plural", "build/dataset"}},
	{"build/abtest", []string{"wasm/…", "build/stats", "build/plural", "build/feedback", "build/chart"}},
	{"build/report", []string{"wasm/…", "build/stats", "build/plural", "build/cell", "build/feedback", "build/abtest", "build/chart"}},
	{"build/replay", []string{"wasm/…", "build/stats", "build/plural", "build/feedback"}},
	{"build/bandit", []string{"wasm/vec"}},
	{"build/simd", []string{"wasm/nn"}},
	{"build/onnx", []string{"wasm/…"}},
	{"build/rowfile", nil},
	{"build/index", []string{"wasm/…", "build/simd"}},
	{"build/simulation", []string{"wasm/…", "build/stats", "build/feedback", "build/dataset", "build/bandit"}},
	{"build/sample", []string{"build/stats", "build/dataset", "build/vocabulary"}},

	// models and what they are trained on
	{"build/autodiff", []string{"wasm/nn", "build/simd"}},
	{"build/autodiff/gradcheck", []string{"wasm/nn", "build/autodiff"}},
	{"build/crowd", []string{"wasm/…", "build/dataset"}},
	{"build/content", []string{"wasm/catalog"}},
	{"build/embedding", []string{"wasm/vec", "wasm/catalog", "wasm/quant", "build/plural", "build/simd"}},
	{"build/examples", []string{"wasm/…", "build/dataset"}},
	{"build/spark", []string{"wasm/feature", "edge/durable", "build/dataset", "build/examples"}},
	{"build/pool", []string{"wasm/…", "build/stats", "build/dataset", "build/crowd", "build/content", "build/simd", "build/autodiff"}},
	{"build/sasrec", []string{"wasm/…", "build/stats", "build/dataset", "build/autodiff", "build/simd"}},
	{"build/listwise", []string{"wasm/…", "build/dataset", "build/crowd", "build/examples", "build/autodiff", "build/simd"}},
	{"build/pointwise", []string{"wasm/…", "build/dataset", "build/autodiff", "build/examples"}},
	{"build/baseline", []string{"wasm/…", "build/dataset"}},
	{"build/word2vec", []string{"wasm/…", "build/stats", "build/dataset"}},
	{"build/tower", []string{"wasm/…", "build/dataset", "build/autodiff", "build/simd"}},
	{"build/compare", []string{"wasm/…", "build/stats", "build/plural", "build/dataset", "build/evaluation", "build/chart", "build/baseline", "build/content", "build/crowd", "build/examples", "build/pointwise", "build/pool", "build/sasrec", "build/simd", "build/tower", "build/word2vec", "build/autodiff"}},

	// what a bundle is made with, and the verbs at the door
	{"build/bundledir", []string{"wasm/bundle", "edge/durable", "edge/delta"}},
	{"build/lists", []string{"wasm/…", "edge/durable"}},
	{"build/serve", []string{"wasm/…", "build/bundledir", "edge/shared"}},
	{"build/answers", []string{"wasm/…", "build/dataset", "build/evaluation", "build/baseline", "build/rerank"}},
	{"build/challenger", []string{"wasm/…", "build/dataset", "build/evaluation", "build/answers"}},
	{"build/pipeline", []string{"wasm/…", "edge/durable", "build/plural", "build/dataset", "build/titles", "build/feedback", "build/evaluation", "build/crowd", "build/content", "build/embedding", "build/examples", "build/pool", "build/sasrec", "build/listwise", "build/compare", "build/simd", "build/autodiff", "build/spark", "build/bundledir", "build/lists", "build/answers", "build/index", "build/baseline", "build/vocabulary"}},
	{"build/archive", []string{"wasm/event", "edge/durable", "build/feedback"}},
	{"build/consumer", []string{"wasm/event", "edge/durable", "edge/topic", "build/plural"}},
	{"build/overlay", []string{"wasm/…", "build/plural", "build/dataset"}},
	{"build/lesson", []string{"wasm/…", "build/abtest", "build/autodiff", "build/baseline", "build/bundledir", "build/compare", "build/dataset", "build/evaluation", "build/examples", "build/index", "build/pipeline", "build/pool", "build/replay", "build/rerank", "build/simulation", "build/stats", "build/word2vec", "edge/delta"}},
	{"build/command", []string{"wasm/…", "edge/durable", "edge/overlay", "edge/shared", "edge/topic", "build/…"}},
	{"build", []string{"build/command"}},
	{"build/bench", []string{"wasm/…", "build/stats", "build/console", "build/dataset", "build/crowd", "build/evaluation", "build/feedback", "build/abtest", "build/simulation", "build/sample", "build/autodiff", "build/compare", "build/bundledir", "build/lists", "build/serve", "build/answers", "build/pipeline", "build/chart"}},
	{"build/bench/inner", []string{"wasm/vec", "wasm/quant", "wasm/nn", "wasm/retrieval", "build/index"}},
	{"build/bench/whole", []string{"wasm/exports"}},
	{"build/slim", nil},
	{"build/cluster", []string{"build/spark"}},

	// app
	{"app/poster", nil},
	{"app/preview", []string{"app/poster"}},
	{"app/site", []string{"edge/delta"}},
	{"app/ui", []string{"wasm/protocol", "wasm/catalog", "wasm/filter", "wasm/facet", "wasm/vocabulary", "app/poster"}},
	{"app/ui/uitest", []string{"wasm/protocol", "wasm/catalog"}},
	{"app", []string{"app/ui", "wasm/exports"}},
	{"app/export", []string{"wasm/bundle", "wasm/catalog", "wasm/vocabulary", "build/vocabulary", "wasm/protocol", "wasm/session", "edge/overlay", "build/bundledir", "app/ui", "app/preview", "app/site"}},
}

// TestFloors holds that every arrow of the diagram points down. "/…" means the
// packages of a folder that stand below; [TestArrows] reads what is imported.
func TestFloors(t *testing.T) {
	place := map[string]int{}
	for i, f := range floors {
		place[f.name] = i
	}
	for i, f := range floors {
		for _, name := range f.imports {
			if at, known := place[name]; !strings.HasSuffix(name, "/…") && (!known || at >= i) {
				t.Errorf("%s may import %s, which stands above it or nowhere", f.name, name)
			}
		}
	}
	for name, imports := range importsOf(t, target{"linux", "amd64"}) {
		for _, imported := range imports {
			if inner, ours := strings.CutPrefix(imported, "sparrow/"); ours && place[inner] >= place[name] {
				t.Errorf("%s imports %s, which stands above it", name, inner)
			}
		}
	}
}

// barred are packages that a place may not import, with the reason.
var barred = []struct{ place, what, why string }{
	{"app/ for js", "sparrow/wasm/session", "the page asks and the worker answers: both run the program, and the engine answers in the worker's instance alone"},
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
	arrows := map[string][]string{}
	for _, f := range floors {
		arrows[f.name] = f.imports
	}
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
