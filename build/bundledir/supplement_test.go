package bundledir

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
)

// inParts writes a bundle of two files into dir and returns the path of the first.
func inParts(t *testing.T, dir, name string) (path, hash string) {
	t.Helper()
	b := enginetest.Parity(40)
	b.Meta.Name, b.Meta.Card, b.Pointwise = name, "# "+name, append(b.Pointwise, enginetest.Oldest())
	first, supplement, err := bundle.EncodeParts(b, nil)
	if err != nil {
		t.Fatal(err)
	}
	path, hash, err = Write(t.Context(), dir+"/", first, func(hash string) error { return WriteSupplement(t.Context(), dir, hash, supplement) })
	if err != nil {
		t.Fatal(err)
	}
	return path, hash
}

// TestTheSecondFileIsFound: a folder's bundle is whole; without its second file it is what
// lists need, and one with another content is refused.
func TestTheSecondFileIsFound(t *testing.T) {
	dir := t.TempDir()
	path, _ := inParts(t, dir, "A")
	b, _, err := Open(dir)
	if err != nil || b.Meta.Card != "# A" || len(b.Pointwise) != 1 || b.Supplement != nil {
		t.Fatalf("Open: %v, %+v, %d models", err, b.Meta, len(b.Pointwise))
	}
	data, err := os.ReadFile(SupplementOf(path))
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-1] ^= 1
	if err := os.WriteFile(SupplementOf(path), data, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "does not have the content that") {
		t.Errorf("Open with a damaged second file = %v", err)
	}
	if err := os.Remove(SupplementOf(path)); err != nil {
		t.Fatal(err)
	}
	if b, _, err = Open(path); err != nil || b.Supplement == nil || len(b.Pointwise) != 0 {
		t.Errorf("Open without the second file: %v", err)
	}
	if _, err := Complete(b, path); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), filepath.Base(SupplementOf(path))) {
		t.Errorf("Complete without the second file = %v", err)
	}
}

// TestBothFilesGoTogether: into service, and out of it; a bundle whose second file is
// missing does not come into service.
func TestBothFilesGoTogether(t *testing.T) {
	to := t.TempDir()
	last, _ := inParts(t, to, "last")
	from := filepath.Join(to, "next")
	path, _ := inParts(t, from, "next")
	hidden := filepath.Join(t.TempDir(), "hidden")
	if err := os.Rename(SupplementOf(path), hidden); err != nil {
		t.Fatal(err)
	}
	if _, err := Promote(t.Context(), from, to); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Promote without the second file = %v", err)
	}
	if b, _, err := Open(to); err != nil || b.Meta.Name != "last" {
		t.Errorf("in service is %v, %v", b, err)
	}
	if err := os.Rename(hidden, SupplementOf(path)); err != nil {
		t.Fatal(err)
	}
	if _, err := Promote(t.Context(), from, to); err != nil {
		t.Fatal(err)
	}
	if b, _, err := Open(to); err != nil || b.Meta.Card != "# next" {
		t.Errorf("in service is %v, %v", b, err)
	}
	inParts(t, to, "newest")
	old := time.Now().Add(-99 * time.Hour)
	if err := os.Chtimes(last, old, old); err != nil {
		t.Fatal(err)
	}
	if n, err := Prune(to, time.Now()); n != 1 || err != nil {
		t.Errorf("Prune = %d, %v, want 1", n, err)
	}
	left, err := filepath.Glob(filepath.Join(to, "*.supplement"))
	if err != nil || len(left) != 2 || slices.Contains(left, SupplementOf(last)) {
		t.Errorf("left are %q, %v, want those of the two newest", left, err)
	}
}

// TestTheSecondFileGoesWhereTheListsFail: what is not in service leaves nothing behind.
func TestTheSecondFileGoesWhereTheListsFail(t *testing.T) {
	dir := t.TempDir()
	_, _, err := Write(t.Context(), dir+"/", []byte("a bundle"),
		func(hash string) error { return WriteSupplement(t.Context(), dir, hash, []byte("more")) },
		func(string) error { return errors.New("no space left on device") })
	if all := names(t, dir); err == nil || len(all) != 0 {
		t.Errorf("Write = %v and leaves %q", err, all)
	}
}

// TestTheFirstVisitIsSpared: of the demo's bundle 80 KB, as brotli sends it, come later.
func TestTheFirstVisitIsSpared(t *testing.T) {
	b, _, err := Open("../../data/demo")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := Read("../../data/demo")
	if err != nil {
		t.Fatal(err)
	}
	sent := func(data []byte) int {
		var packed bytes.Buffer
		w := brotli.NewWriterLevel(&packed, 9)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return packed.Len()
	}
	if spared := sent(whole) - sent(first); spared < 80_000 {
		t.Errorf("a first visit is spared %d bytes, want 80,000", spared)
	}
}
