package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLesson(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"items.csv": "item_id,title\na,One\n", "interactions.csv": "user_id,item_id\nu,a\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		what     string
		args     []string
		code     int
		out, err string
	}{
		{"the list", []string{"--list"}, 0, "05  Processing", ""},
		{"a number with a zero", []string{"05"}, 0, "Lesson 05: Processing", "This took"},
		{"one without", []string{"5"}, 0, "Lesson 05: Processing", "This took"},
		{"none", nil, exitUsage, "", "which lesson?"},
		{"one that is not there", []string{"34"}, exitUsage, "", `no lesson "34": they are numbered 00 to 33`},
		{"a word", []string{"five"}, exitUsage, "", `no lesson "five"`},
		{"data that are not used", []string{"25", "--input", folder}, 0, "makes its own data", "--input is not used"},
		{"too few data", []string{"06", "--input", folder}, exitFailure, "", "without --input the lesson runs on a made-up set"},
	} {
		t.Run(c.what, func(t *testing.T) {
			var out, err strings.Builder
			code := Run(t.Context(), append([]string{"lesson"}, c.args...), &out, &err)
			if code != c.code || !strings.Contains(out.String(), c.out) || !strings.Contains(err.String(), c.err) {
				t.Errorf("build lesson %v = %d\n%s\n%s\nwant %d, %q, %q", c.args, code, out.String(), err.String(), c.code, c.out, c.err)
			}
		})
	}
}
