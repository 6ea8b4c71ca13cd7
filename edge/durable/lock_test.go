//go:build unix

package durable

import (
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestLock holds that a lock keeps others out until its last holder has ended, also
// one that it was handed to.
func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := Lock(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := Lock(path, 0); err == nil {
		second.Close()
		t.Error("two hold the lock")
	}
	child := exec.Command("sleep", "60")
	child.ExtraFiles = append(child.ExtraFiles, first)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	first.Close()
	if second, err := Lock(path, 0); err == nil {
		second.Close()
		t.Error("the lock ended before the program that it was handed to")
	}
	child.Process.Kill()
	child.Wait()
	second, err := Lock(path, time.Second)
	if err != nil {
		t.Fatalf("after its holders have ended: %v", err)
	}
	second.Close()
}
