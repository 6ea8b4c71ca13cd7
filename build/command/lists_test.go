package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/lists"
)

// TestListsVerb writes the lists of a bundle on one and on two processors: the
// bytes are the same, and a second run writes nothing.
func TestListsVerb(t *testing.T) {
	data, err := makeSmall()
	if err != nil {
		t.Fatal(err)
	}
	var first []byte
	for _, processors := range []int{1, 2} {
		dir := filepath.Join(t.TempDir(), "bundles")
		_, hash, err := bundledir.Write(t.Context(), dir+"/", data)
		if err != nil {
			t.Fatal(err)
		}
		if lists.Written(dir, hash) {
			t.Error("lists are there before they are written")
		}
		run := func(more ...string) (f listsFigures) {
			t.Helper()
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
			out, _ := call(t, append([]string{"lists", "--bundle", dir, "--json"}, more...)...)
			if err := json.Unmarshal([]byte(out), &f); err != nil {
				t.Fatalf("%v in %s", err, out)
			}
			return f
		}
		if f := run(); !f.Written || f.Items != small.Items || f.Bundle != hash {
			t.Errorf("figures of the run: %+v", f)
		}
		file, err := os.ReadFile(filepath.Join(dir, lists.SimilarFile))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = file
		}
		if !bytes.Equal(file, first) {
			t.Error("the bytes are others on two processors")
		}
		write := func(text string) {
			t.Helper()
			if err := os.WriteFile(filepath.Join(dir, lists.SimilarFile), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		write("SPRWLST2 mine")
		if f := run(); f.Written || f.Bytes != 13 {
			t.Errorf("a second run wrote again: %+v", f)
		}
		if f := run("--force"); !f.Written || f.Bytes != int64(len(first)) {
			t.Errorf("--force wrote nothing: %+v", f)
		}
		for _, old := range []string{"SPRWLST1 lists of another format", "SPR", ""} {
			write(old)
			if f := run(); !f.Written || f.Bytes != int64(len(first)) {
				t.Errorf("%q counts as lists of this format: %+v", old, f)
			}
		}
		if err := os.Remove(filepath.Join(dir, lists.SimilarFile)); err != nil {
			t.Fatal(err)
		}
		if f := run(); !f.Written || f.Bytes != int64(len(first)) {
			t.Errorf("what was lost did not come back: %+v", f)
		}
		if _, _, err := bundledir.Write(t.Context(), dir, []byte("another")); err != nil || lists.Written(dir, "another") {
			t.Errorf("the lists count as those of another bundle (%v)", err)
		}
	}
}

// TestListsInterrupted leaves what was there.
func TestListsInterrupted(t *testing.T) {
	data, err := makeSmall()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "bundles")
	if _, _, err := bundledir.Write(t.Context(), dir+"/", data); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var said bytes.Buffer
	if code := Run(ctx, []string{"lists", "--bundle", dir}, &said, &said); code != exitFailure {
		t.Errorf("exit code %d, want %d: %s", code, exitFailure, said.String())
	}
	if _, err := os.Stat(filepath.Join(dir, lists.SimilarFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is there (%v)", lists.SimilarFile, err)
	}
}
