package main

import (
	"fmt"
	"strings"
	"testing"
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
