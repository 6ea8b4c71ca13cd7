//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"
)

// lockFolder makes sure that one process at a time writes to a folder: nobody
// rewrites a segment under another's hands. The lock ends with the process.
func lockFolder(folder string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}
