// Package durable writes files and folders that outlast a power cut.
package durable

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// WriteFile gives path the bytes that write writes, all or none: they go to a
// file beside it, which takes the name once it is safe on the disk. When ctx
// has ended by then, or write fails, path stays as it was. A file that is replaced
// keeps its mode, and its owner where the program may give it away; a new one is
// readable by all whom the umask lets.
//
// A link stays, and what it points to is written. What is no file, a pipe or a
// device, cannot be replaced: it gets the bytes as they come.
func WriteFile(ctx context.Context, path string, write func(io.Writer) error) error {
	return writeFile(ctx, path, 0o644, write)
}

// WritePrivate is WriteFile for what only the file's owner may read: what
// visitors did, and keys. So is the file that it replaces, whatever its mode was.
func WritePrivate(ctx context.Context, path string, write func(io.Writer) error) error {
	return writeFile(ctx, path, 0o600, write)
}

const private = 0o600

func writeFile(ctx context.Context, path string, mode os.FileMode, write func(io.Writer) error) error {
	p, err := find(path)
	if err != nil {
		return err
	}
	if p.straight {
		return writeThrough(ctx, p.name, write)
	}
	return replace(ctx, p, mode, write)
}

func replace(ctx context.Context, p place, mode os.FileMode, write func(io.Writer) error) (err error) {
	dir := filepath.Dir(p.name)
	if p.old != nil && mode != private {
		mode = p.old.Mode().Perm()
	}
	f, err := newPart(p.name, mode&0o644|private) // never more open than it will be
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if p.old != nil {
		keepOwner(f, p.old)
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if err := errors.Join(f.Sync(), ctx.Err()); err != nil {
		return err
	}
	if err := errors.Join(f.Close(), os.Rename(f.Name(), p.name)); err != nil {
		return err
	}
	return SyncFolder(dir)
}

// writeThrough writes to a pipe or a device, which may wait for a reader until ctx
// ends.
func writeThrough(ctx context.Context, path string, write func(io.Writer) error) error {
	type opened struct {
		f   *os.File
		err error
	}
	done := make(chan opened, 1)
	go func() {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		done <- opened{f, err}
	}()
	var o opened
	select {
	case o = <-done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if o.err != nil {
		return o.err
	}
	w := bufio.NewWriterSize(o.f, 1<<16)
	err := write(w)
	if err == nil {
		err = errors.Join(w.Flush(), ctx.Err())
	}
	return errors.Join(err, o.f.Close())
}

// SyncFolder makes the names in dir last through a power cut. A file system that
// cannot is no error: what it keeps of a file, it keeps with its name.
func SyncFolder(dir string) error {
	if runtime.GOOS == "windows" { // a folder cannot be synced there
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, d.Close())
}
