package command

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// openInput opens the file at path, or the standard input where it is -.
func openInput(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(os.Stdin), nil
	}
	return os.Open(path)
}

// seekable returns a file with the bytes of path, since readers look at how a file
// begins and how long it is: path itself, or a copy where it is the standard input,
// called -, or a pipe. remove takes a copy away. A copy is readable by its owner alone.
func seekable(ctx context.Context, path string) (file string, remove func(), err error) {
	name := filepath.Base(path)
	if path == "-" {
		name = "stdin"
	} else if st, err := os.Stat(path); err != nil || st.Mode().IsRegular() {
		return path, func() {}, err
	}
	dir, err := os.MkdirTemp("", "sparrow-input-")
	if err != nil {
		return "", nil, err
	}
	remove = func() { os.RemoveAll(dir) }
	file = filepath.Join(dir, name)
	done := make(chan error, 1)
	go func() { // a terminal or a pipe may never end
		done <- copied(file, path)
	}()
	select {
	case err = <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		remove()
		return "", nil, err
	}
	return file, remove, nil
}

// copied writes what path holds to file.
func copied(file, path string) error {
	out, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	in, err := openInput(path)
	if err != nil {
		return errors.Join(err, out.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close(), out.Close())
}
