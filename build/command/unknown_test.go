package command

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/pipeline"
)

// without takes the first n items out of the catalog in dir.
func without(t *testing.T, dir string, n int) {
	t.Helper()
	path := filepath.Join(dir, "items.csv")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	if err := os.WriteFile(path, []byte(lines[0]+strings.Join(lines[1+n:], "")), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestDiscontinuedItemsDoNotStopTheNight takes one item out of the catalog, then half
// of them.
func TestDiscontinuedItemsDoNotStopTheNight(t *testing.T) {
	in, work := written(t, small), t.TempDir()
	without(t, in, 1)
	out, said := call(t, "prepare", "--input", in, "--work", work, "--json")
	var f pipeline.DataFigures
	if err := json.Unmarshal([]byte(out), &f); err != nil {
		t.Fatal(err)
	}
	i := 0
	for i < len(f.Dropped) && f.Dropped[i].Reason != "unknown item" {
		i++
	}
	if f.Bad != 0 || i == len(f.Dropped) || f.Dropped[i].Items != 1 || f.Dropped[i].Count < 10 || f.Dropped[i].Bad {
		t.Errorf("after one item went: %+v", f)
	}
	if n := strings.Count(said, " rows of 1 item: 1\n"); n != 1 {
		t.Errorf("the unknown item is said %d times:\n%s", n, said)
	}
	without(t, in, 45)
	var stdout, stderr bytes.Buffer
	args := []string{"prepare", "--input", in, "--work", work}
	if code := Run(context.Background(), args, &stdout, &stderr); code != exitFailure || !strings.Contains(stderr.String(), "allow it with --max-unknown") || strings.Contains(stderr.String(), "--max-bad") {
		t.Errorf("after half of the items went: exit code %d\n%s", code, stderr.String())
	}
	call(t, append(args, "--max-unknown", "90%")...)
}

// TestUnknownItemsOfHistories holds the same for recommend.
func TestUnknownItemsOfHistories(t *testing.T) {
	b, h := trainedSmall(t), filepath.Join(t.TempDir(), "H.csv")
	args := []string{"recommend", "--bundle", b, "--histories", h, "--out", filepath.Join(t.TempDir(), "R.csv")}
	for text, stops := range map[string]bool{"a,2,1\na,3,2\na,4,3\na,404,4\n": false, "a,2,1\na,3,2\na,405,3\na,404,4\n": true} {
		if err := os.WriteFile(h, []byte("user_id,item_id,timestamp\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
		var out, said bytes.Buffer
		code := Run(context.Background(), args, &out, &said)
		if stops != (code == exitFailure) || stops != strings.Contains(said.String(), "--max-unknown 51%") || !strings.Contains(said.String(), "404") {
			t.Errorf("%q: exit code %d\n%s", text, code, said.String())
		}
	}
	call(t, append(args, "--max-unknown", "51%")...)
}
