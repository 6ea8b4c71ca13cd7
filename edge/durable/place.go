package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// place is where the bytes for a path go.
type place struct {
	name     string      // of the file, links followed
	old      os.FileInfo // of the file that is there; nil of a new one
	straight bool        // it is no file that another can replace
}

// maxLinks is how many links a path leads over at most, as on Linux.
const maxLinks = 40

// find follows path to where its bytes go.
func find(path string) (place, error) {
	name := path
	for range maxLinks {
		st, err := os.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return place{name: name}, nil
		case err != nil:
			return place{}, err
		case st.IsDir():
			return place{}, &fs.PathError{Op: "write", Path: path, Err: syscall.EISDIR}
		case st.Mode().IsRegular():
			return place{name: name, old: st}, nil
		case st.Mode()&fs.ModeSymlink == 0 || isDescriptor(name):
			return place{name: name, straight: true}, nil
		}
		to, err := os.Readlink(name)
		if err != nil {
			return place{}, err
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(name), to)
		}
		name = to
	}
	return place{}, &fs.PathError{Op: "write", Path: path, Err: syscall.ELOOP}
}

// isDescriptor reports whether the link called name stands for a file that a
// program has opened, as /dev/stdout does in the end: others hold the same file
// open, so it is written to, not replaced.
func isDescriptor(name string) bool {
	dir, err := filepath.EvalSymlinks(filepath.Dir(name))
	return err == nil && strings.HasPrefix(dir, "/proc/") && filepath.Base(dir) == "fd"
}

// maxBase is how many bytes of a file's name that of its part begins with: a name
// may have 255, and the part's has more.
const maxBase = 200

// newPart opens a new file beside the one called name, hidden.
func newPart(name string, mode os.FileMode) (*os.File, error) {
	base := filepath.Base(name)
	base = base[:min(len(base), maxBase)]
	for {
		part := filepath.Join(filepath.Dir(name), "."+base+"-"+strconv.FormatUint(uint64(rand.Uint32()), 10)+".part")
		f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// CheckFile returns why [WriteFile] could not write path now, so that it is known
// before the work whose result goes there. It leaves nothing behind.
func CheckFile(path string) error {
	p, err := find(path)
	if err != nil || p.straight {
		return err
	}
	return checkFolder(filepath.Dir(p.name))
}

// CheckFolder returns why no file could be written into the folder dir now, which is
// made later, with those above it, where it is not there.
func CheckFolder(dir string) error {
	at := filepath.Clean(dir)
	for {
		_, err := os.Stat(at)
		up := filepath.Dir(at)
		if !errors.Is(err, fs.ErrNotExist) || up == at {
			return checkFolder(at)
		}
		if st, err := os.Lstat(at); err == nil && st.Mode()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s is a link to a folder that does not exist: make that folder first", at)
		}
		at = up
	}
}

// checkFolder returns why no file could be written into dir, which must be there.
func checkFolder(dir string) error {
	st, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if !st.IsDir() {
		return &fs.PathError{Op: "write into", Path: dir, Err: syscall.ENOTDIR}
	}
	f, err := newPart(filepath.Join(dir, "check"), private)
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) { // the name of the part says nothing to people
			err = &fs.PathError{Op: "write into", Path: dir, Err: at.Err}
		}
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
