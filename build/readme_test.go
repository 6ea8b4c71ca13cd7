package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sparrow/build/command"
)

// What the tests below take out of a text.
var (
	fenced  = regexp.MustCompile("(?ms)^```.*?^```$")
	quoted  = regexp.MustCompile("`([^`\n]+)`")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ +(.+)$`)
	pathish = regexp.MustCompile(`^[A-Za-z0-9_.*@-]+(/[A-Za-z0-9_.*@-]+)*/?$`)
	makes   = regexp.MustCompile("(?m)(?:`|^)make ([a-z][a-z-]*)")
	runs    = regexp.MustCompile(`go run (\./[a-z/0-9]+)(?: ([a-z]+))?`)
	tests   = regexp.MustCompile("`((?:Test|Fuzz|Benchmark)[A-Z][A-Za-z0-9]*)`")
)

// sources are the endings of what is written by hand; a back-quoted name with one
// of them is a file of the repository. `items.csv` or `report.json` is not: it
// is what someone brings or a program writes.
var sources = []string{".go", ".js", ".mjs", ".ts", ".css", ".html", ".md", ".py", ".s", ".svg", ".jsonc", ".pgo"}

// elsewhere are names with such an ending that stand for no file here: the
// builder writes them, or they are downloaded.
var elsewhere = []string{"report.html", "owner.html", "ml-latest-small/", "ml-1m/"}

// TestReadmesNameWhatExists holds that what the documents point at is there:
// back-quoted files and folders, linked files and headings, make's targets, the
// programs that `go run` runs and the verbs of the builder, tests by name.
func TestReadmesNameWhatExists(t *testing.T) {
	makefile := read(t, "../Makefile")
	var help, complaint strings.Builder
	if code := command.Run(t.Context(), []string{"--help"}, &help, &complaint); code != 0 {
		t.Fatalf("build --help: exit code %d\n%s", code, complaint.String())
	}
	known := testNames(t)
	for _, name := range documents(t) {
		text := read(t, filepath.Join("..", name))
		prose := fenced.ReplaceAllString(text, "")
		for _, m := range quoted.FindAllStringSubmatch(prose, -1) {
			if local(m[1]) && !exists(path.Dir(name), m[1]) {
				t.Errorf("%s: there is no file `%s`, beside it or from the root", name, m[1])
			}
		}
		for _, m := range link.FindAllStringSubmatch(prose, -1) {
			checkLink(t, name, m[1])
		}
		for _, m := range makes.FindAllStringSubmatch(text, -1) {
			if !regexp.MustCompile(`(?m)^[a-z -]*\b` + m[1] + `\b[a-z -]*:`).MatchString(makefile) {
				t.Errorf("%s: make has no target %s", name, m[1])
			}
		}
		for _, m := range runs.FindAllStringSubmatch(text, -1) {
			if !exists(".", m[1]) {
				t.Errorf("%s: go run %s: there is no such folder", name, m[1])
			}
			if m[1] == "./build" && m[2] != "" && !strings.Contains(help.String(), "\n  "+m[2]) {
				t.Errorf("%s: build has no verb %s", name, m[2])
			}
		}
		for _, m := range tests.FindAllStringSubmatch(prose, -1) {
			if !known[m[1]] {
				t.Errorf("%s: no test is called %s", name, m[1])
			}
		}
	}
}

// TestReadmesNameEveryFile holds that each file of the code folders is named in
// back-quotes, or covered by a back-quoted pattern or folder, in the README that
// stands beside it or, where its folder has none, above it. Tests and what they
// keep in testdata need no name, nor do README files and npm's own.
func TestReadmesNameEveryFile(t *testing.T) {
	names := map[string][]string{} // a README's folder → what it quotes
	for _, name := range documents(t) {
		if path.Base(name) == "README.md" {
			for _, m := range quoted.FindAllStringSubmatch(fenced.ReplaceAllString(read(t, filepath.Join("..", name)), ""), -1) {
				names[path.Dir(name)] = append(names[path.Dir(name)], m[1])
			}
		}
	}
	for _, file := range files(t) {
		folder, _, _ := strings.Cut(file, "/")
		if !slices.Contains([]string{"app", "build", "edge", "static", "wasm"}, folder) || !needsName(file) {
			continue
		}
		above := path.Dir(file)
		for names[above] == nil && above != "." {
			above = path.Dir(above)
		}
		inner := strings.TrimPrefix(file, above+"/")
		if !slices.ContainsFunc(names[above], func(quote string) bool { return covers(quote, inner) }) {
			t.Errorf("%s/README.md does not name `%s`", above, inner)
		}
	}
}

// needsName reports whether a file has to be named in a README.
func needsName(file string) bool {
	base := path.Base(file)
	return !strings.HasSuffix(base, "_test.go") && base != "doc.go" && !strings.Contains(file, "/testdata/") && !strings.HasPrefix(base, "README.") &&
		!slices.Contains([]string{"package.json", "package-lock.json", ".npmrc"}, base)
}

// covers reports whether what a README quotes names a file, which is given by
// its path from the README: the name itself, a pattern, a folder that it lies
// in, or the stem of a test in JavaScript.
func covers(quote, file string) bool {
	if folder, is := strings.CutSuffix(quote, "/"); is {
		return folder != "" && strings.HasPrefix(file, folder+"/")
	}
	matched, err := path.Match(quote, file)
	return err == nil && matched || quote+".test.mjs" == file
}

// local reports whether a quoted word claims to be a path of the repository.
func local(word string) bool {
	if !pathish.MatchString(word) || slices.Contains(elsewhere, word) || strings.HasPrefix(word, ".build") {
		return false
	}
	if strings.HasSuffix(word, "/") {
		first, _, _ := strings.Cut(word, "/")
		return first != "data" || strings.HasPrefix(word, "data/demo")
	}
	ending := path.Ext(word)
	return slices.Contains(sources, ending) && word != ending
}

// exists reports whether a path or pattern names something, from a folder of the
// repository or from its root.
func exists(folder, name string) bool {
	for _, from := range []string{folder, "."} {
		if found, err := filepath.Glob(filepath.Join("..", from, name)); err == nil && len(found) > 0 {
			return true
		}
	}
	return false
}

// checkLink reports a relative link whose file is missing, or whose heading is.
func checkLink(t *testing.T, name, to string) {
	t.Helper()
	if strings.Contains(to, "://") {
		return
	}
	file, anchor, _ := strings.Cut(to, "#")
	whole := name
	if file != "" {
		whole = path.Join(path.Dir(name), file)
	}
	if _, err := os.Stat(filepath.Join("..", whole)); err != nil {
		t.Errorf("%s: the link %s leads nowhere", name, to)
		return
	}
	if anchor == "" || path.Ext(whole) != ".md" {
		return
	}
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(read(t, filepath.Join("..", whole)), ""), -1) {
		if slug(m[1]) == anchor {
			return
		}
	}
	t.Errorf("%s: %s has no heading #%s", name, whole, anchor)
}

// slug is the anchor that GitHub gives a heading: lower case, hyphens for
// spaces, and neither punctuation nor marks.
func slug(heading string) string {
	drop := regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	return strings.ReplaceAll(drop.ReplaceAllString(strings.ToLower(strings.TrimSpace(heading)), ""), " ", "-")
}

// documents are the texts that the tests read, by their path from the root.
func documents(t *testing.T) []string {
	return slices.DeleteFunc(files(t), func(name string) bool { return path.Ext(name) != ".md" })
}

// files are the files of the repository, by their path from the root. Folders
// that hold what was built, installed or downloaded are left out, and so is what
// .gitignore names by its ending.
func files(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir("..", func(file string, entry fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(file, ".."+string(filepath.Separator)))
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if slices.Contains([]string{".git", ".build", ".wrangler", "node_modules"}, entry.Name()) || path.Dir(name) == "data" && name != "data/demo" {
				return filepath.SkipDir
			}
		case !slices.Contains([]string{".wasm", ".test", ".prof"}, path.Ext(name)):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// testNames are the tests, fuzz targets and benchmarks of the Go code.
func testNames(t *testing.T) map[string]bool {
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Benchmark)[A-Za-z0-9]+)\(`)
	names := map[string]bool{}
	for _, file := range files(t) {
		if strings.HasSuffix(file, "_test.go") {
			for _, m := range declared.FindAllStringSubmatch(read(t, filepath.Join("..", file)), -1) {
				names[m[1]] = true
			}
		}
	}
	return names
}

// read returns a file's text.
func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
