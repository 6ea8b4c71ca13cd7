package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// programs are what is built for each target, as folders of the module; a visitor or
// the edge gets those that ship.
var programs = []struct {
	target
	ships bool
	mains []string
}{
	{target{"linux", "amd64"}, false, []string{"./build", "./build/bench", "./build/slim", "./app/export", "./edge"}},
	{target{"js", "wasm"}, true, []string{"./wasm/worker", "./app", "./edge"}},
	{target{"js", "wasm"}, false, []string{"./build/bench/inner", "./build/bench/whole"}},
}

// support are packages that no program links: only tests do, and their names say so.
var support = map[string]string{
	"wasm/engine/enginetest":   "bundles with a known answer, for the tests of what answers from one",
	"build/autodiff/gradcheck": "central differences, for the tests of every gradient",
	"build/cluster":            "tests against Redis, Kafka, Spark and Python, behind a build tag",
	"app/ui/uitest":            "an engine that answers by itself, for the tests of pages",
}

// unreached are functions that only tests of other packages reach, with the reason.
var unreached = map[string]string{
	"wasm/event.Segment": "a segment in memory, for the tests of two packages and the example; programs read streams",
	"app/ui.Known":       "the test of the host's addresses holds them against the pages of the app",
}

// TestShipped holds that every package below wasm/ is linked by what ships, and
// every other one by some program.
func TestShipped(t *testing.T) {
	all, linked, ships := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range programs {
		for name := range importsOf(t, p.target) {
			all[name] = true
		}
		for name := range linkedBy(t, "..", p.target, p.mains...) {
			linked[name], ships[name] = true, ships[name] || p.ships
		}
	}
	for name := range all {
		switch _, test := support[name]; {
		case test && linked[name]:
			t.Errorf("%s is linked by a program: it is no support of tests", name)
		case test:
		case strings.HasPrefix(name, "wasm/") && !ships[name]:
			t.Errorf("%s does not ship: neither the worker nor the app nor the edge links it", name)
		case !linked[name]:
			t.Errorf("no program links %s", name)
		}
	}
	for name := range support {
		if !all[name] {
			t.Errorf("%s is gone: strike the exception", name)
		}
	}
}

// TestNothingIsDead runs deadcode for the programs of each target. A function is
// dead where no program of any target that has its file reaches it.
func TestNothingIsDead(t *testing.T) {
	tool := deadcode(t)
	type look struct {
		files map[string]bool // that the programs link
		dead  map[function]bool
	}
	var looks []look
	dead := map[function]bool{}
	for _, p := range programs {
		root := withExportsCalled(t, p.target, p.mains)
		l := look{map[string]bool{}, map[function]bool{}}
		for _, files := range linkedBy(t, root, p.target, p.mains...) {
			for _, f := range files {
				l.files[f] = true
			}
		}
		for _, f := range unreachable(t, tool, root, p.target, p.mains) {
			l.dead[f], dead[f] = true, true
		}
		looks = append(looks, l)
	}
	excepted := map[string]bool{}
	for f := range dead {
		if slices.ContainsFunc(looks, func(l look) bool { return l.files[f.file] && !l.dead[f] }) {
			continue // another target reaches it
		}
		if _, ok := unreached[f.name]; ok {
			excepted[f.name] = true
			continue
		}
		t.Errorf("%s: no program of any target reaches %s: delete it, use it, or give a reason in build/dead_test.go", f.file, f.name)
	}
	for name := range unreached {
		if !excepted[name] {
			t.Errorf("%s is reached, or gone: strike the exception", name)
		}
	}
}

// deadcode builds the version of the tool that the Makefile pins, for this machine,
// and returns its path.
func deadcode(t *testing.T) string {
	t.Helper()
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	pinned := regexp.MustCompile(`golang\.org/x/tools/cmd/deadcode@\S+`).Find(makefile)
	if pinned == nil {
		t.Fatal("the Makefile pins no version of deadcode")
	}
	dir := t.TempDir()
	cmd := exec.Command("go", "install", string(pinned))
	cmd.Env = append(os.Environ(), "GOBIN="+dir, "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go install %s: %v\n%s", pinned, err, out)
	}
	return filepath.Join(dir, "deadcode")
}

// function is one that deadcode names.
type function struct {
	name string // build/dataset.Shape.Group
	file string // build/dataset/synthetic.go
}

// unreachable returns the functions of the project that none of the mains reaches.
func unreachable(t *testing.T, tool, root string, on target, mains []string) []function {
	t.Helper()
	cmd := exec.Command(tool, append([]string{"-json", "-filter=^sparrow($|/)"}, mains...)...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOOS="+on.goos, "GOARCH="+on.goarch, "GOGC=400")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("deadcode for %s: %v", on.goos, errors.Join(err, stderrOf(err)))
	}
	var packages []struct {
		Path  string
		Funcs []struct {
			Name     string
			Position struct{ File string }
		}
	}
	if err := json.Unmarshal(out, &packages); err != nil {
		t.Fatal(err)
	}
	var all []function
	for _, p := range packages {
		for _, f := range p.Funcs {
			name := strings.TrimPrefix(p.Path, "sparrow/")
			all = append(all, function{name + "." + f.Name, name + "/" + filepath.Base(f.Position.File)})
		}
	}
	return all
}

// linkedBy returns the files of each package of the project that the mains link,
// as paths from the root.
func linkedBy(t *testing.T, root string, on target, mains ...string) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-deps", "-json=ImportPath,GoFiles"}, mains...)...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOOS="+on.goos, "GOARCH="+on.goarch)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list -deps for %s: %v", on.goos, errors.Join(err, stderrOf(err)))
	}
	linked := map[string][]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			GoFiles    []string
		}
		if err := decoder.Decode(&p); err == io.EOF {
			return linked
		} else if err != nil {
			t.Fatal(err)
		}
		if name, ours := strings.CutPrefix(p.ImportPath, "sparrow/"); ours {
			for _, f := range p.GoFiles {
				linked[name] = append(linked[name], name+"/"+f)
			}
		}
	}
}

// stderrOf returns what a failed command said.
func stderrOf(err error) error {
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return errors.New(string(failed.Stderr))
	}
	return nil
}

// withExportsCalled returns the root of the module, or for a target with exports
// that JavaScript calls a mirror of it where each package calls its own: deadcode
// knows no go:wasmexport.
func withExportsCalled(t *testing.T, on target, mains []string) string {
	t.Helper()
	changed := map[string][]byte{}
	for _, files := range linkedBy(t, "..", on, mains...) {
		for _, f := range files {
			source, err := os.ReadFile(filepath.Join("..", f))
			if err != nil {
				t.Fatal(err)
			}
			if calls := callsOfExports(t, f, source); calls != "" {
				changed[f] = append(source, "\nfunc init() {\n"+calls+"}\n"...)
			}
		}
	}
	if len(changed) == 0 {
		return ".."
	}
	root := t.TempDir()
	mirror(t, root, "", changed)
	return root
}

// mirror fills root/name with links to what is in the folder name of the module,
// but for the files that are changed.
func mirror(t *testing.T, root, name string, changed map[string][]byte) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		inner := strings.TrimPrefix(name+"/"+e.Name(), "/")
		to := filepath.Join(root, inner)
		within := false
		for f := range changed {
			within = within || strings.HasPrefix(f, inner+"/")
		}
		source, err := filepath.Abs(filepath.Join("..", inner))
		switch text, own := changed[inner]; {
		case err != nil:
		case own:
			err = os.WriteFile(to, text, 0o644)
		case within:
			if err = os.Mkdir(to, 0o755); err == nil {
				mirror(t, root, inner, changed)
			}
		default:
			err = os.Symlink(source, to)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
