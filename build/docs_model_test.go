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

// TestAFolderWithoutAModel: make says at once what to do, before it compiles.
func TestAFolderWithoutAModel(t *testing.T) {
	cmd := exec.Command("make", "run", "DEMO=data/nope")
	cmd.Dir = ".."
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "go run ./build bundle") || strings.Contains(string(out), "building") {
		t.Errorf("make run DEMO=data/nope: %v, and it says\n%s", err, out)
	}
}
