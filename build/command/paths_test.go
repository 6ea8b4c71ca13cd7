package command

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"sparrow/build/bundledir"
)

// given are values for the flags that verbs demand, with which each would work.
type given map[string]string

func usable(t *testing.T) given {
	t.Helper()
	dir := t.TempDir()
	data, err := makeSmall()
	if err != nil {
		t.Fatal(err)
	}
	bundles := filepath.Join(dir, "bundles")
	if _, _, err := bundledir.Write(t.Context(), bundles+"/", data); err != nil {
		t.Fatal(err)
	}
	vectors := filepath.Join(dir, "emb.vec")
	histories, experiments, titles := filepath.Join(dir, "H.csv"), filepath.Join(dir, "experiments.json"), filepath.Join(dir, "titles.csv")
	for path, text := range map[string]string{
		histories: "user_id,item_id,timestamp\nann,2,10\n", experiments: `{"version":1,"layers":[]}`,
		vectors: "2 2\n1 0.5 1\n2 1 0.5\n", titles: "item_id,lang,title\n2,de,Zwei\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return given{
		"input": written(t, small), "bundle": bundles, "histories": histories, "experiments": experiments, "file": experiments,
		"work": t.TempDir(), "from": t.TempDir(), "feedback": t.TempDir(), "item": "2", "name": "ml-latest-small", "items": written(t, small), "vectors": vectors, "model": linear, "bind": bound(t, "Linear"), "format": "ga4", "files": experiments, "titles": titles, "links": histories,
		"out": filepath.Join(dir, "out"),
	}
}

// line returns a command line of a verb with what it demands, where the value of one
// flag is another.
func (g given) line(verb *kong.Node, flag *kong.Value, value string) []string {
	args := strings.Fields(verb.Path())
	for _, f := range verb.AllFlags(true) {
		for _, f := range f {
			if f.Value == flag {
				args = append(args, "--"+f.Name, value)
			} else if verb.Name == "trending" && f.Name == "out" {
				args = append(args, "--out", g["bundle"])
			} else if verb.Name == "import" && f.Name == "vectors" { // it wants these or --text
				args = append(args, "--vectors", g["vectors"])
			} else if f.Required && !f.IsBool() { // a required switch is the other way to say what the flag beside it says
				args = append(args, "--"+f.Name, g[f.Name])
			}
		}
	}
	for _, p := range verb.Positional {
		if p == flag {
			args = append(args, value)
		} else {
			args = append(args, g[p.Name])
		}
	}
	return args
}

// verbs calls each with all verbs and each of their flags and arguments.
func verbs(t *testing.T, each func(verb *kong.Node, flag *kong.Value)) {
	t.Helper()
	parser, err := kong.New(new(commands), kong.Vars{"archives": "ml-latest-small", "grouplens": "x", "samples": "books", "version": ""})
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range parser.Model.Leaves(true) {
		for _, group := range verb.AllFlags(true) {
			for _, f := range group {
				each(verb, f.Value)
			}
		}
		for _, p := range verb.Positional {
			each(verb, p)
		}
	}
}

var inputTypes = []reflect.Type{reflect.TypeFor[bundlePath](), reflect.TypeFor[[]bundlePath](), reflect.TypeFor[place](), reflect.TypeFor[placeOrTopic](), reflect.TypeFor[itemsPath]()}

var outputTypes = []reflect.Type{reflect.TypeFor[outFile](), reflect.TypeFor[outStream](), reflect.TypeFor[outFolder](), reflect.TypeFor[outBundle]()}

func oneOf(v *kong.Value, types []reflect.Type) bool {
	for _, t := range types {
		if v.Target.Type() == t {
			return true
		}
	}
	return false
}

// TestPathsHaveTypes holds that each flag that takes a path says which kind it is, so
// that it is looked at before the work, in a verb that comes later, too.
func TestPathsHaveTypes(t *testing.T) {
	n := 0
	verbs(t, func(verb *kong.Node, flag *kong.Value) {
		holder := flag.Tag.PlaceHolder
		if holder != "PATH" && holder != "DIR" && holder != "PLACE" && !strings.HasPrefix(holder, "FILE") {
			return
		}
		n++
		if !oneOf(flag, inputTypes) && !oneOf(flag, outputTypes) && !strings.HasPrefix(flag.Tag.Type, "existing") {
			t.Errorf("%s: %s takes a %s and has the type %v: give it a type of paths.go or a type of kong's for what exists", verb.Path(), flag.ShortSummary(), holder, flag.Target.Type())
		}
	})
	if n < 30 {
		t.Errorf("only %d flags take a path", n)
	}
}

// TestMissingInputs holds that each verb says the same, with the same exit code, of
// each of its inputs that is not there.
func TestMissingInputs(t *testing.T) {
	g, none := usable(t), filepath.Join(t.TempDir(), "none")
	n := 0
	verbs(t, func(verb *kong.Node, flag *kong.Value) {
		if !oneOf(flag, inputTypes) && !strings.HasPrefix(flag.Tag.Type, "existing") {
			return
		}
		n++
		args := g.line(verb, flag, none)
		var out, said bytes.Buffer
		if code := Run(context.Background(), args, &out, &said); code != exitUsage || !strings.Contains(said.String(), none+": no such file") || !strings.Contains(said.String(), flag.Name) || out.Len() > 0 {
			t.Errorf("build %s: exit code %d, says %q, want %d and the file and the flag that are at fault", strings.Join(args, " "), code, said.String(), exitUsage)
		}
	})
	if n < 25 {
		t.Errorf("only %d inputs were tried", n)
	}
}

// TestOutputsAreCheckedFirst names outputs that cannot be written: each verb says so
// before any work, and nothing is left behind.
func TestOutputsAreCheckedFirst(t *testing.T) {
	g, dir := usable(t), t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	bad := map[string]string{filepath.Join(file, "below"): "not a directory"}
	if _, err := os.Stat("/proc/self"); err == nil {
		bad["/proc/sparrow"] = "/proc" // takes no files, of root neither
	}
	n := 0
	verbs(t, func(verb *kong.Node, flag *kong.Value) {
		if !oneOf(flag, outputTypes) {
			return
		}
		for path, want := range bad {
			n++
			args := g.line(verb, flag, path)
			var out, said bytes.Buffer
			begun := time.Now()
			code := Run(context.Background(), args, &out, &said)
			if code != exitUsage || !strings.Contains(said.String(), want) && !strings.Contains(said.String(), "no such file") || !strings.Contains(said.String(), flag.Name) || strings.Count(said.String(), "\n") != 2 {
				t.Errorf("build %s: exit code %d, says %q, want %d and %q alone", strings.Join(args, " "), code, said.String(), exitUsage, want)
			}
			if d := time.Since(begun); d > 5*time.Second {
				t.Errorf("build %s took %v to say that", strings.Join(args, " "), d)
			}
		}
	})
	if n < 20 {
		t.Errorf("only %d outputs were tried", n)
	}
	for args, want := range map[string]string{
		"recommend --out " + filepath.Join(dir, "none", "R.csv"):   "make that folder first",
		"recommend --out " + dir:                                   "is a directory",
		"feedback --from " + g["from"] + " --out -":                "write ./-",
		"bundle --out " + file + "/":                               "not a directory",
		"bundle --out -":                                           "write ./-",
		"compare --out " + file:                                    "not a directory",
		"lists --bundle " + file:                                   "not a directory",
		"recommend --json --out -":                                 "would mix",
		"recommend --json --out /dev/stdout":                       "would mix",
		"recommend --out - --histories " + dir:                     "directory",
		"evaluate --bundle " + g["bundle"] + " --test-file " + dir: "directory",
	} {
		fields := strings.Fields(args)
		for _, f := range []string{"bundle", "input", "histories"} {
			takes := map[string]string{"recommend": "bundle histories", "bundle": "input", "compare": "input", "evaluate": "input"}[fields[0]]
			if strings.Contains(takes, f) && !strings.Contains(args, "--"+f) {
				fields = append(fields, "--"+f, g[f])
			}
		}
		var out, said bytes.Buffer
		if code := Run(context.Background(), fields, &out, &said); code != exitUsage || !strings.Contains(said.String(), want) {
			t.Errorf("build %s: exit code %d, says %q, want %d and %q", args, code, said.String(), exitUsage, want)
		}
	}
	if all, _ := os.ReadDir(dir); len(all) != 1 {
		t.Errorf("left behind: %v", all)
	}
}

// TestStandardOutputFull holds that figures that do not get out are an error.
func TestStandardOutputFull(t *testing.T) {
	full := writerFunc(func(p []byte) (int, error) { return 0, fmt.Errorf("no space left") })
	g := usable(t)
	for _, args := range [][]string{
		{"similar", "--bundle", g["bundle"], "--item", "2"}, {"inspect", "--bundle", g["bundle"], "--json"}, {"neighbors", "--bundle", g["bundle"]},
		{"recommend", "--bundle", g["bundle"], "--histories", g["histories"], "--out", "-"}, {"experiment", "check", g["experiments"]},
	} {
		var said bytes.Buffer
		if code := Run(context.Background(), args, full, &said); code != exitFailure || !strings.Contains(said.String(), "no space left") {
			t.Errorf("build %s: exit code %d, says %q, want %d and why", args, code, said.String(), exitFailure)
		}
	}
}
