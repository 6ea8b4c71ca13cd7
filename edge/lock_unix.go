//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// lockFolder makes sure that one process at a time writes to a folder, so that
// no segment is rewritten while another process uses it. The lock ends with the
// process; lockFolder waits a second for one that is about to end.
func lockFolder(folder string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(time.Second); ; time.Sleep(50 * time.Millisecond) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return file, nil
		}
		if time.Now().After(deadline) {
			file.Close()
			return nil, err
		}
	}
}
