package main

import (
	"bytes"
	"strings"
	"testing"
)

// memoryOf returns the memory that a module starts with.
func memoryOf(t *testing.T, module []byte) []byte {
	t.Helper()
	parts, err := segments(module)
	if err != nil {
		t.Fatal(err)
	}
	return load(module, parts)
}

// TestFloats: a program that writes no float loses what does, and is the same else; one that
// writes them, by package fmt, keeps all of it. The names and the table are those of the
// toolchain.
func TestFloats(t *testing.T) {
	names := namesOf(t, compiled(t, "testdata/plain.go"))
	module := compiled(t, "-ldflags=-s -w", "testdata/plain.go")
	less, err := trimmed(module)
	if err != nil {
		t.Fatal(err)
	}
	first, last := pair(firstPower), pair(lastPower)
	if before := memoryOf(t, module); !bytes.Contains(before, first) || !bytes.Contains(before, last) {
		t.Fatal("the program has no table of powers that this one knows: is it no longer linked, or another one?")
	}
	if after := memoryOf(t, less); bytes.Contains(after, first) || bytes.Contains(after, last) {
		t.Error("the table of powers is still there")
	}
	short := bodiesOf(t, less)
	if len(short) != len(names) {
		t.Fatalf("%d functions, %d have names", len(short), len(names))
	}
	lost := 0
	for i, name := range names {
		if unusedFloats.MatchString(name) {
			lost++
			if short[i] != len(trap)-1 {
				t.Errorf("%s keeps its body", name)
			}
		}
	}
	if lost < 8 {
		t.Errorf("%d functions write floats, want 8 at least: were they renamed?", lost)
	}
	before, _, _ := strings.Cut(run(t, module), "\ngoroutine ")
	if after, _, _ := strings.Cut(run(t, less), "\ngoroutine "); after != before || !strings.Contains(before, "the end of h") {
		t.Errorf("printed\n%s\nwant\n%s", after, before)
	}

	deep, err := trimmed(built(t))
	if err != nil {
		t.Fatal(err)
	}
	if memory := memoryOf(t, deep); !bytes.Contains(memory, first) || !bytes.Contains(memory, last) {
		t.Error("a program that writes floats lost the table of powers")
	}
}
