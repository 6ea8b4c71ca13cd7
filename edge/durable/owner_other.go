//go:build !unix

package durable

import "os"

// keepOwner does nothing where files have no owner of this kind.
func keepOwner(*os.File, os.FileInfo) {}
