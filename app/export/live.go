package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sparrow/build/bundledir"
	"sparrow/edge/overlay"
)

// overlayBeside returns the live overlay beside a bundle. Where there is none, it
// is one that changes nothing: pages ask for it, and browsers complain of what a
// host does not have.
func overlayBeside(bundle string) ([]byte, error) {
	name := filepath.Join(folderOf(bundle), "live.json")
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return []byte("{\"version\":1}\n"), nil
	}
	if err != nil {
		return nil, err
	}
	if _, _, err := overlay.Decode(text); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return text, nil
}

// folderOf returns the folder of a bundle, which may be named by it.
func folderOf(bundle string) string {
	if bundledir.IsFolder(bundle) {
		return bundle
	}
	return filepath.Dir(bundle)
}
