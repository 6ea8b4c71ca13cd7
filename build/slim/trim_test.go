package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// built returns the bytes of the program in testdata, compiled for a browser.
func built(t *testing.T) []byte {
	t.Helper()
	return compiled(t, "-ldflags=-s -w", "testdata/deep.go")
}

// compiled returns what go build makes of args for a browser.
func compiled(t *testing.T, args ...string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "program.wasm")
	cmd := exec.Command("go", append([]string{"build", "-o", out}, args...)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// run returns what the program prints, which ends in a crash.
func run(t *testing.T, module []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "deep.wasm")
	if err := os.WriteFile(file, module, 0o666); err != nil {
		t.Fatal(err)
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	lib := filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", "wasm_exec_node.js")
	text, _ := exec.Command("node", "--stack-size=8192", lib, file).CombinedOutput()
	return string(text)
}

// TestTrimmed: a program without its lines and what is unused computes what it did before,
// through deep stacks, collections and panics; its traces name functions, not lines.
func TestTrimmed(t *testing.T) {
	module := built(t)
	before := run(t, module)
	less, err := trimmed(module)
	if err != nil {
		t.Fatalf("%s: %v", runtime.Version(), err)
	}
	after := run(t, less)
	for _, c := range []struct{ name, text, frame, place string }{
		{"as compiled", before, "main.main true true\n", "deep.go:"},
		{"without lines", after, "main.main false false\n", "?:0"},
	} {
		for _, want := range []string{"bottom\n", "97 387\n", c.frame, "nil pointer dereference", "main.main()\n", c.place} {
			if !strings.Contains(c.text, want) {
				t.Errorf("%s: printed\n%s\nwant %q in it", c.name, c.text, want)
			}
		}
	}
	// The last lines are the trace: function for function the same, at the same instructions.
	place := regexp.MustCompile(`\S+\.(go|s):\d+`)
	_, want, _ := strings.Cut(place.ReplaceAllString(before, "?:0"), "panic: ")
	if _, got, _ := strings.Cut(after, "panic: "); got != want {
		t.Errorf("the trace is\n%s\nwant\n%s", got, want)
	}
	if again, err := trimmed(less); err != nil || !bytes.Equal(again, less) {
		t.Errorf("the second time: %v, or other bytes than the first", err)
	}
}

// TestUnknown: whatever else the bytes are, there is an error and they are as
// before.
func TestUnknown(t *testing.T) {
	module := built(t)
	at := bytes.Index(module, []byte(header))
	spoiled := func(offset int, b byte) []byte {
		m := bytes.Clone(module)
		m[at+offset] = b
		return m
	}
	for name, m := range map[string][]byte{
		"nothing":                    nil,
		"text":                       []byte("<html>"),
		"half a module":              module[:len(module)/2],
		"no data":                    module[:8],
		"another header":             spoiled(0, 0xf2),
		"more functions than memory": spoiled(functions+5, 1),
		"a few functions too many":   spoiled(functions+2, 1),
		"offsets that do not ascend": spoiled(steps+4, 1),
	} {
		was := bytes.Clone(m)
		if _, err := trimmed(m); err == nil {
			t.Errorf("%s: no error", name)
		}
		if !bytes.Equal(m, was) {
			t.Errorf("%s: changed", name)
		}
	}
}
