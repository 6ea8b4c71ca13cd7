package main

import (
	"fmt"
	"strings"
	"testing"

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
