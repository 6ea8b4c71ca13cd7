package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// release is a program, compiled for a browser, and where its parts begin.
type release struct {
	module             []byte
	tables, end, types int
}

// released compiles the program in testdata with build, with more in one of its
// functions or without.
func released(t *testing.T, more string, build func(out string, args ...string) error) (r release) {
	t.Helper()
	source, err := os.ReadFile("testdata/steady.go")
	if err != nil {
		t.Fatal(err)
	}
	const before = "\treturn n\n"
	if strings.Count(string(source), before) != 1 {
		t.Fatalf("the program has no %q, or more than one", before)
	}
	dir := t.TempDir()
	file, out := filepath.Join(dir, "steady.go"), filepath.Join(dir, "steady.wasm")
	if err := os.WriteFile(file, []byte(strings.Replace(string(source), before, more+before, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := build(out, "-trimpath", "-ldflags=-s -w -buildid=", file); err != nil {
		t.Fatal(err)
	}
	if r.module, err = os.ReadFile(out); err != nil {
		t.Fatal(err)
	}
	if r.tables, r.end, r.types, err = addresses(r.module); err != nil {
		t.Fatal(err)
	}
	return r
}

// changedBytes is how many bytes of b lie between those that it begins and ends with
// as a does.
func changedBytes(a, b []byte) int {
	first, last := 0, 0
	for first < min(len(a), len(b)) && a[first] == b[first] {
		first++
	}
	for last < min(len(a), len(b))-first && a[len(a)-1-last] == b[len(b)-1-last] {
		last++
	}
	return len(b) - first - last
}

// code returns the section of the functions of a module.
func code(t *testing.T, module []byte) []byte {
	t.Helper()
	c := &cursor{module, 8}
	for c.at < len(module) {
		id, length := c.byte(), c.number(false)
		if id == 10 {
			return module[c.at : c.at+length]
		}
		c.at += length
	}
	t.Fatal("no functions")
	return nil
}

// TestAddressesStayWhenAFunctionChanges: the types and the data of a program, which its
// functions name, lie where they lay before, however much longer the tables
// of functions are, so that no function but the one that changed is another one.
func TestAddressesStayWhenAFunctionChanges(t *testing.T) {
	// More of the same types and strings: new ones would move those behind them.
	const more = `	for name := range all {
		if p := all[name+name]; p.x > n {
			n += len(name) + sum(map[string]point{name: p})
		}
	}
`
	steady := func(out string, args ...string) error { return compile("main.filler", out, args...) }
	plain := func(out string, args ...string) error { return link("main.filler", shortest, out, args) }
	for _, c := range []struct {
		name  string
		build func(string, ...string) error
		stay  bool
	}{{"compile", steady, true}, {"link alone", plain, false}} {
		first, next := released(t, "", c.build), released(t, more, c.build)
		if first.types < first.tables {
			t.Skip("this toolchain lays types before the tables of functions: nothing moves them")
		}
		if stay := first.types == next.types; stay != c.stay {
			t.Errorf("%s: the types begin at %d, and with a changed function at %d", c.name, first.types, next.types)
		}
		if !c.stay {
			continue
		}
		if first.types%boundary != 0 {
			t.Errorf("the types begin at %d, which is no multiple of %d", first.types, boundary)
		}
		if n, all := changedBytes(code(t, first.module), code(t, next.module)), len(next.module); n > 4000 {
			t.Errorf("%d bytes of functions are changed, of a program of %d", n, all)
		}
	}
}
