package command

import (
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// TestVersion asks the program, and reads what a build in a repository says.
func TestVersion(t *testing.T) {
	if out, _ := call(t, "--version"); !strings.HasPrefix(out, "sparrow") || !strings.Contains(out, runtime.Version()) || strings.Count(out, "\n") != 1 {
		t.Errorf("--version prints %q, want one line with %s", out, runtime.Version())
	}
	info := &debug.BuildInfo{
		GoVersion: "go1.2", Main: debug.Module{Path: "sparrow", Version: "v1.0.0"},
		Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.modified", Value: "true"}},
	}
	if got, want := version(info, true), "sparrow v1.0.0 go1.2 revision abc with changes"; got != want {
		t.Errorf("version = %q, want %q", got, want)
	}
}
