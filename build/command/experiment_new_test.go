package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sparrow/wasm/experiment"
)

// TestExperimentNewIsValidAndExplores holds that the file to begin with passes
// the check, runs today, has an arm that replay can learn from, and never takes
// the place of one that is there.
func TestExperimentNewIsValidAndExplores(t *testing.T) {
	file := filepath.Join(t.TempDir(), "experiments.json")
	if code, _, stderr := newRun(t, "experiment", "new", file, "--share", "20%", "--ago", "7"); code != 0 {
		t.Fatalf("experiment new: exit code %d: %s", code, stderr)
	}
	f, err := readExperiments(file)
	if err != nil {
		t.Fatal(err)
	}
	now := experiment.Moment(time.Now().Unix())
	l := f.Layers[0]
	if len(f.Layers) != 1 || l.Share != 0.2 || l.Start > now-7*86400 || l.Start < now-8*86400-60 || l.End <= now || l.End-l.Start != 28*86400 {
		t.Errorf("experiment new wrote %+v", l)
	}
	if a := l.Arms[1]; a.Explore == nil || *a.Explore != 0.5 || a.Variety == nil || *a.Variety != 0 {
		t.Errorf("its second arm is %+v, want explore 0.5 and variety 0, as replay's help has it", a)
	}
	if code, _, stderr := newRun(t, "experiment", "check", file); code != 0 {
		t.Errorf("experiment check of it: exit code %d: %s", code, stderr)
	}
	before, _ := os.ReadFile(file)
	if code, _, stderr := newRun(t, "experiment", "new", file); code != 1 || !strings.Contains(stderr, "is there already") {
		t.Errorf("experiment new of a file that is there: exit code %d: %s", code, stderr)
	}
	if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
		t.Error("experiment new changed the file that was there")
	}
	if code, _, _ := newRun(t, "experiment", "new", file+"2", "--days", "3", "--ago", "3"); code != 2 {
		t.Errorf("an experiment that is over: exit code %d, want 2", code)
	}
}

// newRun runs the command line and returns its exit code and what it printed.
func newRun(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, said bytes.Buffer
	code = Run(t.Context(), args, &out, &said)
	return code, out.String(), said.String()
}
