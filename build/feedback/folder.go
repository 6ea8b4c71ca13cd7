package feedback

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// suffix is how the names of segments end.
const suffix = ".seg"

// store is where segments lie.
type store interface {
	// each calls read for every segment in the order of their names: with its
	// name, its bytes, and the bytes of all segments so far and in all.
	each(ctx context.Context, read func(name string, r io.Reader, before, all int64) error) error
	// list returns the segments in the order of their names, and their bytes in all.
	list(ctx context.Context) (found []object, all int64, err error)
}

// openStore finds out what kind of place from names.
func openStore(from string, getenv func(string) string) (store, error) {
	if getenv == nil {
		getenv = os.Getenv
	}
	if rest, ok := strings.CutPrefix(from, "s3://"); ok {
		return openBucket(rest, getenv)
	}
	st, err := os.Stat(from)
	if err != nil {
		return nil, err
	}
	if !st.IsDir() && !strings.HasSuffix(from, suffix) {
		return nil, errors.New(from + " is neither a folder nor a segment (*" + suffix + ")")
	}
	return folder(from), nil
}

// object is a segment that was found.
type object struct {
	name string
	size int64
	tag  string // of its content, "" where that takes reading it
}

// Digest returns a hash of all segments below from, see [Open]: as long as it
// stays the same, so do they.
func Digest(ctx context.Context, from string, getenv func(string) string) (string, error) {
	s, err := openStore(from, getenv)
	if err != nil {
		return "", fmt.Errorf("feedback: %w", err)
	}
	found, _, err := s.list(ctx)
	if err != nil {
		return "", fmt.Errorf("feedback: %s: %w", from, err)
	}
	h := sha256.New()
	for _, o := range found {
		fmt.Fprintf(h, "%q %d %q\n", o.name, o.size, o.tag)
		if o.tag == "" {
			if err := hashFile(h, o.name); err != nil {
				return "", fmt.Errorf("feedback: %w", err)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), ctx.Err()
}

func hashFile(h io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(h, f)
	return err
}

// folder is a path of a folder with segments anywhere below it, or of one segment.
type folder string

func (f folder) list(ctx context.Context) (found []object, all int64, err error) {
	err = filepath.WalkDir(string(f), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() || !strings.HasSuffix(path, suffix) {
			return ctx.Err()
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		found = append(found, object{path, st.Size(), ""})
		all += st.Size()
		return ctx.Err()
	})
	slices.SortFunc(found, func(a, b object) int { return strings.Compare(a.name, b.name) })
	return found, all, err
}

func (f folder) each(ctx context.Context, read func(string, io.Reader, int64, int64) error) error {
	found, all, err := f.list(ctx)
	if err != nil {
		return err
	}
	var before int64
	for _, o := range found {
		if err := f.one(o.name, before, all, read); err != nil {
			return err
		}
		before += o.size
	}
	return nil
}

func (f folder) one(path string, before, all int64, read func(string, io.Reader, int64, int64) error) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	name, err := filepath.Rel(string(f), path)
	if err != nil || name == "." {
		name = path
	}
	return read(filepath.ToSlash(name), in, before, all)
}
