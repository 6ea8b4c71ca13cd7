//go:build unix

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sparrow/wasm/event"
)

// TestOnlyTheOwnerReads: whatever the umask, no one else can read a file or enter
// a folder that the edge makes; and a folder that others can read is named.
func TestOnlyTheOwnerReads(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	folder := filepath.Join(t.TempDir(), "var", "feedback")
	s := openStore(t, folder, time.Now)
	newTagger(folder, time.Now, func(err error) { t.Error(err) })
	visitor := event.Visitor{1}
	for _, record := range []*event.Record{site("a"), site("b"), {Site: "c", Received: noon, Erase: &visitor}} {
		if err := s.Append(t.Context(), record); err != nil {
			t.Fatal(err)
		}
	}
	seen := 0
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		seen++
		if info, err := entry.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v, %v", path, info.Mode(), err)
		}
		return nil
	})
	if err != nil || seen < 6 {
		t.Errorf("%d files and folders, %v", seen, err)
	}
	if err := exposed(folder); err != nil {
		t.Errorf("it says %v of a folder of its own", err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := exposed(folder); err == nil || !strings.Contains(err.Error(), "chmod") {
		t.Errorf("of a folder that others can read it says %v", err)
	}
}
