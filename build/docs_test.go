package main

import (
	"go/parser"
	"go/token"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

// TestPackageCommentsStandWhereOneLooks holds that the comment of a package stands
// in the file that has its name, in doc.go, or in main.go of a program.
func TestPackageCommentsStandWhereOneLooks(t *testing.T) {
	out, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "..").Output()
	if err != nil {
		t.Fatal(err)
	}
	commented := map[string]bool{} // folders
	for _, file := range strings.Fields(string(out)) {
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || strings.Contains(file, "/testdata/") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.PackageClauseOnly)
		if err != nil {
			continue // deleted, not committed yet
		}
		folder, name := path.Split(file)
		commented[folder] = commented[folder] || f.Doc != nil
		if allowed := []string{f.Name.Name + ".go", "doc.go", "main.go", "main_js.go", "main_other.go"}; f.Doc != nil && !slices.Contains(allowed, name) {
			t.Errorf("%s holds the comment of package %s: move it to %s or doc.go", file, f.Name.Name, allowed[0])
		}
	}
	if len(commented) < 50 {
		t.Fatalf("only %d packages were looked at", len(commented))
	}
	for folder, has := range commented {
		if !has {
			t.Errorf("%s: the package has no comment", folder)
		}
	}
}
