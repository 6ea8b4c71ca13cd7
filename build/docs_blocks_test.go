package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// block is a fenced block of a document. One without a language is commands for a
// shell, whatever else it is says so.
type block struct {
	file     string
	line     int // of its first line, from 1
	language string
	text     string
}

// step is a command of a block: one line, or what "&&" parts of it.
type step struct {
	line int
	text string
}

// languages are those that a block may be of beside the commands' none.
var languages = []string{"html", "js", "jsx", "ts", "tsx", "css", "json", "ini", "dockerfile", "crontab", "text", "go", "python", "yaml", "php", "erb", "liquid"}

var (
	fences   = regexp.MustCompile("(?ms)^```([^\n]*)\n(.*?)^```$")
	shellEnd = regexp.MustCompile(`\s+&&\s+`)
	heredoc  = regexp.MustCompile(`<<\s*'?(\w+)'?`)
	remark   = regexp.MustCompile(`(^|\s+)#.*$`)
	tried    = regexp.MustCompile("(?m)^\\| (?:\\d\\d|–) \\|.*\\| `([^`]+)` \\|$")
)

// blocks returns the fenced blocks of a document in their order.
func blocks(t *testing.T, name string) []block {
	t.Helper()
	text := read(t, filepath.Join("..", name))
	var found []block
	for _, m := range fences.FindAllStringSubmatchIndex(text, -1) {
		found = append(found, block{name, 1 + strings.Count(text[:m[4]], "\n"), text[m[2]:m[3]], text[m[4]:m[5]]})
	}
	return found
}

// lessons returns the last column of the table of lessons, each command a block.
func lessons(t *testing.T, name string) []block {
	t.Helper()
	text := read(t, filepath.Join("..", name))
	var found []block
	for _, m := range tried.FindAllStringSubmatchIndex(text, -1) {
		found = append(found, block{name, 1 + strings.Count(text[:m[0]], "\n"), "", text[m[2]:m[3]] + "\n"})
	}
	return found
}

// steps returns a block's commands. A line that ends in a backslash goes on, and
// so does one with a here document.
func (b block) steps() []step {
	var found []step
	lines := strings.Split(strings.TrimSuffix(b.text, "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		at, text := b.line+i, remark.ReplaceAllString(lines[i], "")
		for strings.HasSuffix(text, `\`) && i+1 < len(lines) {
			i++
			text = strings.TrimSuffix(text, `\`) + strings.TrimSpace(remark.ReplaceAllString(lines[i], ""))
		}
		if m := heredoc.FindStringSubmatch(text); m != nil {
			for i+1 < len(lines) && lines[i] != m[1] {
				i++
				text += "\n" + lines[i]
			}
			found = append(found, step{at, text})
			continue
		}
		for _, part := range shellEnd.Split(strings.TrimSpace(text), -1) {
			if part != "" {
				found = append(found, step{at, part})
			}
		}
	}
	return found
}

// TestBlocksSayWhatTheyAre holds that a block of a document without a language is
// commands, so that none of them escapes [TestDocumentsRunAsWritten].
func TestBlocksSayWhatTheyAre(t *testing.T) {
	command := regexp.MustCompile(`^([A-Z_]+=\S* )*(go|make|git|cd|npm|npx|curl|cat|rm|sudo|systemctl|export|wrangler|\./sparrow-edge|install|mkdir|cp|openssl|python3)\b`)
	for _, name := range documents(t) {
		for _, b := range blocks(t, name) {
			if b.language != "" {
				if !slices.Contains(languages, b.language) {
					t.Errorf("%s:%d: no block is of the language %q", name, b.line, b.language)
				}
				continue
			}
			for _, s := range b.steps() {
				if !command.MatchString(s.text) {
					t.Errorf("%s:%d: a block without a language is commands, and %q is none: say what it is, ```text for one", name, s.line, s.text)
					break
				}
			}
		}
	}
}

// TestTwinsRunTheSame holds that a document in Chinese has the commands of its
// English twin, in the same order: these are run, so those need no run of theirs.
func TestTwinsRunTheSame(t *testing.T) {
	for _, name := range documents(t) {
		english, isTwin := strings.CutSuffix(name, ".zh-CN.md")
		if !isTwin {
			continue
		}
		rest := commandsOf(t, english+".md")
		for _, b := range append(blocks(t, name), lessons(t, name)...) {
			if b.language != "" {
				continue
			}
			for _, s := range b.steps() {
				at := slices.Index(rest, s.text)
				if at < 0 {
					t.Errorf("%s:%d: %q does not follow in %s.md", name, s.line, s.text, english)
					continue
				}
				rest = rest[at+1:]
			}
		}
	}
}

// commandsOf returns all commands of a document in their order.
func commandsOf(t *testing.T, name string) (all []string) {
	for _, b := range append(blocks(t, name), lessons(t, name)...) {
		if b.language != "" {
			continue
		}
		for _, s := range b.steps() {
			all = append(all, s.text)
		}
	}
	return all
}
