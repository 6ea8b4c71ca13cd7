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
// has ended by then, or write fails, path stays as it was.
func WriteFile(ctx context.Context, path string, write func(io.Writer) error) error {
	return writeFile(ctx, path, 0o644, write)
}

// WritePrivate is WriteFile for what only the file's owner may read: what
// visitors did, and keys.
func WritePrivate(ctx context.Context, path string, write func(io.Writer) error) error {
	return writeFile(ctx, path, 0o600, write)
}

func writeFile(ctx context.Context, path string, mode os.FileMode, write func(io.Writer) error) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+"-*.part")
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
	if err := errors.Join(w.Flush(), f.Chmod(mode), f.Sync(), ctx.Err()); err != nil {
		return err
	}
	if err := errors.Join(f.Close(), os.Rename(f.Name(), path)); err != nil {
		return err
	}
	return SyncFolder(dir)
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
