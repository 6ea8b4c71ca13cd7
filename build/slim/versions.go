package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The versions that this program was written for and tested with.
var (
	goappVersions = []string{"v10.1.11"}
	goVersions    = [2]int{20, 27} // Go 1.20 to 1.27: the form of the tables of functions
)

// knownGoapp returns an error unless the project uses a go-app whose files this
// program knows.
func knownGoapp(version string) error {
	if slices.Contains(goappVersions, version) {
		return nil
	}
	return fmt.Errorf("go-app %s is not one that this program knows how to cut down (%s): require one of those in go.mod; or run the tests of build/slim with the new one and add it to goappVersions in build/slim/versions.go",
		version, strings.Join(goappVersions, ", "))
}

var minorVersion = regexp.MustCompile(`^go1\.(\d+)`)

// knownToolchain returns an error unless the toolchain that compiles writes
// tables that this program knows.
func knownToolchain() error {
	version, err := goOutput("env", "GOVERSION")
	if err != nil {
		return err
	}
	return knownGo(version)
}

func knownGo(version string) error {
	if m := minorVersion.FindStringSubmatch(version); m != nil {
		if minor, err := strconv.Atoi(m[1]); err == nil && minor >= goVersions[0] && minor <= goVersions[1] {
			return nil
		}
	}
	return fmt.Errorf("%s is not a toolchain whose tables of functions this program knows (Go 1.%d to 1.%d): build with one of those, GOTOOLCHAIN=go1.%d.0 for one; or run the tests of build/slim with the new one and widen goVersions in build/slim/versions.go",
		version, goVersions[0], goVersions[1], goVersions[1])
}
