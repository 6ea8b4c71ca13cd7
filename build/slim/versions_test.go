package main

import (
	"strings"
	"testing"
)

// TestVersions: the versions of today are known, others fail with a sentence that
// says what to do.
func TestVersions(t *testing.T) {
	version, err := goOutput("list", "-m", "-f", "{{.Version}}", goapp)
	if err != nil {
		t.Fatal(err)
	}
	if err := knownGoapp(version); err != nil {
		t.Error(err)
	}
	if err := knownToolchain(); err != nil {
		t.Error(err)
	}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"a newer go-app", knownGoapp("v11.0.0"), "add it to goappVersions"},
		{"a newer Go", knownGo("go1.28rc1"), "widen goVersions"},
		{"an older Go", knownGo("go1.19.13"), "GOTOOLCHAIN="},
		{"a Go without a number", knownGo("devel +abc"), "GOTOOLCHAIN="},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.name, c.err, c.want)
		}
	}
	for _, version := range []string{"go1.20", "go1.26.8", "go1.27.3 X:nogreenteagc"} {
		if err := knownGo(version); err != nil {
			t.Error(err)
		}
	}
}
