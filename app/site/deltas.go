//go:build !js

package site

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"sparrow/edge/delta"
)

// writeDeltas writes, beside each large file that is named by its content, what
// turns the same file of sites before this one into it, for visitors who come
// back: of those that still lie in the folder, the newest ones. Deltas that are
// there already stay with their file, also when what they are made from is gone.
// It adds the names of all to keep.
func (s *Site) writeDeltas(root *os.Root, keep map[string]bool) error {
	for _, at := range s.Paths() {
		name := strings.TrimPrefix(at, "/")
		folder, base := path.Split(name)
		family := delta.Family(base)
		if !byContent(name) || family == "" || len(s.files[at]) < delta.MinBytes || !compressible(at) {
			continue
		}
		entries, err := newest(root, path.Clean(folder))
		if err != nil {
			return err
		}
		left := delta.Most
		var before []string
		for _, e := range entries {
			switch other := folder + e.Name(); {
			case delta.Of(e.Name()) == base && left > 0:
				keep[other] = true
				left--
			case delta.Family(e.Name()) == family && s.files["/"+other] == nil:
				before = append(before, other)
			}
		}
		for _, other := range before[:min(len(before), delta.Most)] {
			made, err := s.writeDelta(root, at, other)
			if err != nil {
				return fmt.Errorf("%s: %w", other, err)
			}
			if made != "" {
				keep[made] = true
			}
		}
	}
	return nil
}

// writeDelta writes the delta of the file at at from another one, and returns its
// name; "" where there is none, as it would be no use or the other file is damaged.
func (s *Site) writeDelta(root *os.Root, at, from string) (string, error) {
	dictionary, err := root.ReadFile(from)
	if err != nil {
		return "", err
	}
	sum := delta.Sum(dictionary)
	if hash, _, _ := strings.Cut(path.Base(from), "."); !strings.HasPrefix(fmt.Sprintf("%x", sum), hash) {
		return "", nil
	}
	name := delta.Name(strings.TrimPrefix(at, "/"), sum)
	if _, err := root.Stat(name); err == nil {
		return name, nil
	}
	packed, err := delta.Make(dictionary, s.files[at])
	if err != nil || packed == nil {
		return "", err
	}
	return name, replaceFile(root, name, packed)
}

// newest returns the regular files of a folder, those that were written last
// first.
func newest(root *os.Root, folder string) ([]fs.FileInfo, error) {
	entries, err := fs.ReadDir(root.FS(), folder)
	if err != nil {
		return nil, err
	}
	var files []fs.FileInfo
	for _, e := range entries {
		switch info, err := e.Info(); {
		case errors.Is(err, fs.ErrNotExist): // removed meanwhile
		case err != nil:
			return nil, err
		case info.Mode().IsRegular():
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(b.ModTime().Compare(a.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	return files, nil
}
