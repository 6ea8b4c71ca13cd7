//go:build unix

package durable

import (
	"os"
	"syscall"
	"time"
)

// Lock locks the file at path, which it makes if need be, against every other
// process that locks it. The lock ends with the last process that has the file open:
// this one, or one that was handed it. Lock waits for patience for one that is about to
// end.
func Lock(path string, patience time.Duration) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
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
