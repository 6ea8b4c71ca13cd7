package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"sparrow/build/command"
)

// TestReadmeNamesWhatExists checks the table of lessons, in both languages: every file is
// there, every test is somewhere, every verb and target of a command exists, and no lesson is left out.
func TestReadmeNamesWhatExists(t *testing.T) {
	out, err := exec.Command("grep", "-rhoE", `func Test[A-Za-z0-9]+`, "--include=*_test.go", "..").Output()
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]bool{}
	for _, line := range strings.Fields(string(out)) {
		tests[line] = true
	}
	makefile, err := os.ReadFile("../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	var help, said strings.Builder
	if code := command.Run(t.Context(), []string{"--help"}, &help, &said); code != 0 {
		t.Fatalf("build --help: exit code %d\n%s", code, said.String())
	}
	verbs := help.String()
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		for lesson := range 34 {
			number := string(rune('0'+lesson/10)) + string(rune('0'+lesson%10))
			if !strings.Contains(text, "\n| "+number+" |") {
				t.Errorf("%s: lesson %s is missing", name, number)
			}
		}
		for _, m := range regexp.MustCompile(`\]\(([^)#]+)\)`).FindAllStringSubmatch(text, -1) {
			if _, err := os.Stat(m[1]); err != nil {
				t.Errorf("%s: %s is not there", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile("`(Test[A-Za-z0-9]+)`").FindAllStringSubmatch(text, -1) {
			if !tests[m[1]] {
				t.Errorf("%s: no test is called %s", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile("`make ([a-z-]+)").FindAllStringSubmatch(text, -1) {
			if !strings.Contains(string(makefile), "\n"+m[1]+":") {
				t.Errorf("%s: make has no target %s", name, m[1])
			}
		}
		for _, m := range regexp.MustCompile("`go run ./build ([a-z]+)").FindAllStringSubmatch(text, -1) {
			if !strings.Contains(verbs, "  "+m[1]) {
				t.Errorf("%s: build has no verb %s", name, m[1])
			}
		}
	}
}
