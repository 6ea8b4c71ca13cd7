package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestTheNightHasPictures: make night, as the guide writes it, names the folder of
// pictures to the pages that it has written: that of the data where no other is.
func TestTheNightHasPictures(t *testing.T) {
	for _, test := range []struct{ pictures, want string }{{"", `PICTURES="mine"`}, {"PICTURES=covers", `PICTURES="covers"`}} {
		cmd := exec.Command("make", "-n", "night", "INPUT=mine", "DEMO=bundles")
		if cmd.Dir = ".."; test.pictures != "" {
			cmd.Args = append(cmd.Args, test.pictures)
		}
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), test.want) {
			t.Errorf("make night %s: %v, and no %s in\n%s", test.pictures, err, test.want, out)
		}
	}
}

// TestTheWorkflowRunsTheNight holds that what the guide gives to GitHub's runners is a command
// that make knows, of files that the steps before it put there.
func TestTheWorkflowRunsTheNight(t *testing.T) {
	var text string
	for _, b := range blocks(t, "edge/GUIDE.md") {
		if b.language == "yaml" {
			text = b.text
		}
	}
	_, line, found := strings.Cut(text, "- run: ")
	line, _, _ = strings.Cut(line, "\n")
	if !found || !strings.Contains(text, "path: mine,") || !strings.Contains(text, "path: bundles,") || !strings.Contains(line, "INPUT=mine DEMO=bundles") {
		t.Fatalf("the workflow runs %q, on other folders than it fetches", line)
	}
	cmd := exec.Command("bash", "-c", strings.Replace(line, "make ", "make -n ", 1))
	cmd.Dir = ".."
	out, err := cmd.CombinedOutput()
	for _, want := range []string{"./build night --input 'mine'", "--feedback 's3://sparrow-feedback'", "--publish", "owner.html"} {
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v, and no %s in\n%s", line, err, want, out)
		}
	}
}

// TestAFolderWithoutAModel: make says at once what to do, before it compiles.
func TestAFolderWithoutAModel(t *testing.T) {
	cmd := exec.Command("make", "run", "DEMO=data/nope")
	cmd.Dir = ".."
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "go run ./build bundle") || strings.Contains(string(out), "building") {
		t.Errorf("make run DEMO=data/nope: %v, and it says\n%s", err, out)
	}
}
