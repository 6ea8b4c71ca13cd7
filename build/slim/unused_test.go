package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// pointer is how the linker writes a method of a pointer: for (*mspan) it has __mspan_.
var pointer = regexp.MustCompile(`\.__([A-Za-z]\w*?)_\.`)

// shape is how it writes the types that a function is made for, which the tables leave out.
var shape = regexp.MustCompile(`_go\.shape\.\w+$`)

// namesOf returns the name of each function of a module that was built with names, without
// the imported ones.
func namesOf(t *testing.T, module []byte) []string {
	t.Helper()
	const imports = 2
	_, at, end, err := section(module, imports)
	if err != nil {
		t.Fatal(err)
	}
	imported := (&cursor{module[:end], at}).number(false)
	mark := bytes.LastIndex(module, []byte("\x04name\x01")) // the section "name", and in it the functions
	if mark < 0 {
		t.Fatal("no section of names")
	}
	c := &cursor{module, mark + 6}
	c.number(false)
	var names []string
	for range c.number(false) {
		index, length := c.number(false), c.number(false)
		if name := module[c.at : c.at+length]; index >= imported {
			for len(names) <= index-imported {
				names = append(names, "")
			}
			text := strings.Replace(string(name), "internal_strconv.", "internal/strconv.", 1)
			text = shape.ReplaceAllString(text, "[...]")
			names[index-imported] = pointer.ReplaceAllString(text, ".(*$1).")
		}
		c.at += length
	}
	return names
}

// bodiesOf returns the length of the body of each function.
func bodiesOf(t *testing.T, module []byte) []int {
	t.Helper()
	_, at, end, err := section(module, 10)
	if err != nil {
		t.Fatal(err)
	}
	c := &cursor{module[:end], at}
	lengths := make([]int, c.number(false))
	for i := range lengths {
		lengths[i] = c.number(false)
		c.at += lengths[i]
	}
	return lengths
}

// TestUnusedHasTheNames: every expression names functions that a program has, so that
// one that Go renames is noticed; and the functions that lose their bodies are the ones
// that the linker calls so.
func TestUnusedHasTheNames(t *testing.T) {
	module := compiled(t, "testdata/deep.go")
	names := namesOf(t, module)
	for _, e := range unusedNames {
		if r := regexp.MustCompile(unusedIn + `(` + e + `)$`); !matchesOne(r, names) {
			t.Errorf("no function of the program is called %s", e)
		}
	}
	less, err := trimmed(module)
	if err != nil {
		t.Fatal(err)
	}
	before, after := bodiesOf(t, module), bodiesOf(t, less)
	if len(before) != len(names) || len(after) != len(names) {
		t.Fatalf("%d functions became %d; %d have names", len(before), len(after), len(names))
	}
	for i, name := range names {
		if gone, want := after[i] == len(trap)-1, unused.MatchString(name); gone != want {
			t.Errorf("%s: without a body %v, want %v", name, gone, want)
		}
		if after[i] != before[i] && !unused.MatchString(name) {
			t.Errorf("%s: has another body", name)
		}
	}
}

func matchesOne(r *regexp.Regexp, names []string) bool {
	for _, name := range names {
		if r.MatchString(name) {
			return true
		}
	}
	return false
}

// TestMeasuredKeepsAll: a program that writes its own profiles and its trace keeps what
// they need.
func TestMeasuredKeepsAll(t *testing.T) {
	module := compiled(t, "testdata/measured.go")
	less, err := trimmed(module)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(bodiesOf(t, less)), fmt.Sprint(bodiesOf(t, module)); got != want {
		t.Error("it has other functions")
	}
	if got := run(t, less); got != "a profile and a trace\n" {
		t.Errorf("printed %q", got)
	}
}
