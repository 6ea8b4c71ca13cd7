package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const goapp = "github.com/maxence-charriere/go-app/v10"

// appCommand compiles the app for the browser. go-app v10.1.11 links net/http
// and with it TLS into every client, for a handler that only a server runs;
// a copy of the module without that handler saves 347 KB of app.wasm's 1.54 MB
// (brotli 11); and its routes link regexp, with tables of Unicode that are filled
// at every start, for the one pattern of ours, "^/". The copy and the go.mod that points at it are made here, beside
// the output, and nothing of go-app is changed. Without inlining the program is
// longer but repeats itself: another 104 KB less after brotli.
type appCommand struct {
	Out   string   `default:".build/app.wasm" help:"Where app.wasm goes."`
	Flags []string `arg:"" optional:"" help:"Flags of go build, after --."`
}

// Run makes the copy and compiles.
func (c *appCommand) Run() error {
	dir := filepath.Dir(c.Out)
	version, err := goOutput("list", "-m", "-f", "{{.Version}}", goapp)
	if err != nil {
		return err
	}
	if err := knownGoapp(version); err != nil {
		return err
	}
	module, err := goOutput("list", "-m", "-f", "{{.Dir}}", goapp)
	if err != nil {
		return err
	}
	root, err := goOutput("list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	slim, err := filepath.Abs(filepath.Join(dir, "go-app"))
	if err != nil {
		return err
	}
	if err := slimDown(module, slim); err != nil {
		return err
	}
	modfile := filepath.Join(dir, "app.mod")
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	within, err := filepath.Rel(root, slim) // the path stands in app.wasm: the same bytes in every checkout
	if err != nil {
		return err
	}
	mod = fmt.Appendf(mod, "\nreplace %s => %q\n", goapp, "./"+filepath.ToSlash(within))
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(modfile, mod, 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "app.sum"), sum, 0o644); err != nil {
		return err
	}
	return compile(filler, c.Out, slices.Concat([]string{"-modfile", modfile}, c.Flags, []string{"sparrow/app"})...)
}

func goOutput(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w: %s", strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimSpace(string(out)), nil
}

// slimDown copies go-app's packages app and errors from the folder from to the
// folder to, leaving out of package app whatever needs net/http.
func slimDown(from, to string) error {
	for _, file := range []string{"go.mod", "go.sum"} {
		if err := copyFile(filepath.Join(from, file), filepath.Join(to, file)); err != nil {
			return err
		}
	}
	for _, pkg := range []string{"pkg/app", "pkg/errors"} {
		names, err := filepath.Glob(filepath.Join(from, pkg, "*.go"))
		if err != nil || len(names) == 0 {
			return fmt.Errorf("no package %s in %s: %v", pkg, from, err)
		}
		for _, name := range names {
			base := filepath.Base(name)
			if strings.HasSuffix(base, "_test.go") || serverOnly[base] {
				continue
			}
			target := filepath.Join(to, pkg, base)
			copy := copyFile
			switch base {
			case "resource.go":
				copy = copyResolver
			case "route.go":
				copy = copyRoutes
			case "context.go":
				copy = copyNames
			case "state.go":
				copy = copyNoState
			case "storage.go":
				copy = copyNoStorage
			case "notfound.go":
				copy = copyNotFound
			case "component.go":
				copy = copyCompo
			case "crypto.go":
				copy = copyNoCrypto
			}
			if err := copy(name, target); err != nil {
				return err
			}
		}
	}
	return nil
}

// serverOnly are the files of package app that no client runs.
var serverOnly = map[string]bool{"http.go": true, "static.go": true, "wasm.go": true, "wasmexec.go": true}

// copyResolver keeps of resource.go what a client calls: the functions between
// these two lines, which use nothing but package strings.
func copyResolver(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	_, rest, ok := strings.Cut(string(text), "\nfunc clientResourceResolver(")
	body, _, end := strings.Cut(rest, "\n// ProxyResource is")
	if !ok || !end {
		return anotherFile(from)
	}
	return writeNew(to, []byte("package app\n\nimport \"strings\"\n\nfunc clientResourceResolver("+body+"\n"))
}

func anotherFile(from string) error {
	return fmt.Errorf("%s is not the file that this program was written for: see build/slim/versions.go", from)
}

// copyRoutes has the patterns of routes be what an address begins with, "^/".
// Another pattern, which only package regexp could read, ends the program.
func copyRoutes(from, to string) error {
	return copyWith(from, to, beginnings,
		"\t\"regexp\"\n", "\t\"strings\"\n",
		"regexp.MustCompile(pattern)", "beginningOf(pattern)",
		"regexp       *regexp.Regexp", "regexp       beginning")
}

// copyWith copies a file with added behind it and changes made: pairs of what stands there once and what is
// to stand there.
func copyWith(from, to, added string, changes ...string) error {
	body, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	text := string(body)
	for i := 0; i < len(changes); i += 2 {
		if strings.Count(text, changes[i]) != 1 {
			return anotherFile(from)
		}
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	return writeNew(to, []byte(text+added))
}

const beginnings = `
type beginning string

func (b beginning) MatchString(path string) bool { return strings.HasPrefix(path, string(b)) }

func beginningOf(pattern string) beginning {
	if len(pattern) == 0 || pattern[0] != '^' || strings.ContainsAny(pattern[1:], "\\.+*?()|[]{}^$") {
		panic("this pattern of a route is more than a beginning: " + pattern)
	}
	return beginning(pattern[1:])
}
`

func copyFile(from, to string) error {
	body, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return writeNew(to, body)
}

// writeNew writes a file unless it holds the same bytes already, so that go
// build's cache stays warm.
func writeNew(name string, body []byte) error {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, body) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, body, 0o644)
}
