//go:build !unix

package durable

import (
	"os"
	"time"
)

// Lock opens the file at path; systems without flock rely on the operator to start
// one program for each folder.
func Lock(path string, patience time.Duration) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
}
