package main

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// plainWords are words that a reader with little English searches for in vain, and
// what is written in their place.
var plainWords = []struct {
	word    *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?i)\btells? whether\b`), "reports whether"},
	{regexp.MustCompile(`(?i)\bwhoever\b`), "who it is: a user, a page, the caller"},
	{regexp.MustCompile(`(?i)\bnobody\b`), "no one"},
	{regexp.MustCompile(`(?i)\banew\b`), "again"},
	{regexp.MustCompile(`\b(he|his|him|His|He)\b`), "they, their, them"},
}

// names are of people, whose papers are cited.
var names = regexp.MustCompile(`\bHe (et al|and Chua)`)

// TestPlainWords looks at the comments of programs and at the documents.
func TestPlainWords(t *testing.T) {
	out, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "..").Output()
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	check := func(place, text string) {
		looked++
		text = names.ReplaceAllString(text, "")
		for _, w := range plainWords {
			if found := w.word.FindString(text); found != "" {
				t.Errorf("%s: %q: write %s", place, found, w.instead)
			}
		}
	}
	for _, file := range strings.Fields(string(out)) {
		data, err := os.ReadFile(file)
		switch {
		case err != nil || strings.HasSuffix(file, "_test.go") || strings.Contains(file, "zh-CN"):
		case strings.HasSuffix(file, ".md"):
			for line := range strings.Lines(string(data)) {
				check(file, line)
			}
		case strings.HasSuffix(file, ".go"):
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, file, data, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range f.Comments {
				check(fset.Position(c.Pos()).String(), c.Text())
			}
		}
	}
	if looked < 3000 {
		t.Errorf("only %d comments and lines were looked at", looked)
	}
}
