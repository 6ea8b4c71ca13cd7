package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"sparrow/build/command"
	"sparrow/build/lesson"
)

// TestEveryLessonHasARow holds that the table of lessons, in both languages, leaves
// no lesson out. That its files, tests and commands exist, [TestReadmesNameWhatExists] holds.
func TestEveryLessonHasARow(t *testing.T) {
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		text := read(t, name)
		for lesson := range 34 {
			if row := fmt.Sprintf("\n| %02d | ", lesson); !strings.Contains(text, row) {
				t.Errorf("%s: lesson %02d is missing", name, lesson)
			}
		}
	}
}

// TestRowsRunTheirLesson holds that a row of the table runs the lesson that it is about, where
// that shows something, and calls it by the same name.
func TestRowsRunTheirLesson(t *testing.T) {
	english, chinese := read(t, "README.md"), read(t, "README.zh-CN.md")
	for _, l := range lesson.All() {
		start, end := fmt.Sprintf("\n| %02d | ", l.Number), fmt.Sprintf(" | `go run ./build lesson %02d` |\n", l.Number)
		if !strings.Contains(english, start+l.Title+" | ") {
			t.Errorf("README.md: no row begins with %q", start+l.Title)
		}
		for name, text := range map[string]string{"README.md": english, "README.zh-CN.md": chinese} {
			if strings.Contains(text, end) != l.Shown() {
				t.Errorf("%s: lesson %02d shows something: %t, and its row runs it: %t", name, l.Number, l.Shown(), !l.Shown())
			}
		}
	}
}

// TestLessonsNameCommands holds that the command which a lesson names for more is one: a verb of
// the builder, a target of make, or a test.
func TestLessonsNameCommands(t *testing.T) {
	makefile := read(t, "../Makefile")
	var help, complaint strings.Builder
	if code := command.Run(t.Context(), []string{"--help"}, &help, &complaint); code != 0 {
		t.Fatalf("build --help: exit code %d\n%s", code, complaint.String())
	}
	for _, l := range lesson.All() {
		verb, isVerb := strings.CutPrefix(l.More, "go run ./build ")
		target, isTarget := strings.CutPrefix(l.More, "make ")
		switch {
		case isVerb:
			if verb, _, _ = strings.Cut(verb, " "); !strings.Contains(help.String(), "\n  "+verb) {
				t.Errorf("lesson %02d: build has no verb %s", l.Number, verb)
			}
		case isTarget:
			if !regexp.MustCompile(`(?m)^[a-z -]*\b` + target + `\b[a-z -]*:`).MatchString(makefile) {
				t.Errorf("lesson %02d: make has no target %s", l.Number, target)
			}
		case strings.HasPrefix(l.More, "go test "):
			if fields := strings.Fields(l.More); !exists(".", fields[len(fields)-1]) {
				t.Errorf("lesson %02d: there is no folder %s", l.Number, fields[len(fields)-1])
			}
		default:
			t.Errorf("lesson %02d: %q is no command that is known here", l.Number, l.More)
		}
	}
}
