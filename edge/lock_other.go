//go:build !unix && !js

package main

import (
	"os"
	"path/filepath"
)

// lockFolder opens the lock file; systems without flock rely on the operator to
// start one edge for each folder.
func lockFolder(folder string) (*os.File, error) {
	return os.OpenFile(filepath.Join(folder, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
}
