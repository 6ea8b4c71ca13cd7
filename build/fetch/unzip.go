package fetch

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

const (
	maxFiles    = 1000
	maxUnpacked = 8 << 30 // bytes of all files together
)

// unpack unpacks the archive into the folder out, without the archive's own
// top folder. It works in a folder beside out, which gets its name at the end.
func unpack(ctx context.Context, archive, out string) error {
	z, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer z.Close()
	top := topFolder(z.File)
	if err := check(z.File, top); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(out), "."+filepath.Base(out)+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	folder, err := os.OpenRoot(tmp) // nothing is written outside, whatever the names are
	if err != nil {
		return err
	}
	defer folder.Close()
	for _, f := range z.File {
		name := strings.TrimPrefix(f.Name, top)
		if name == "" || strings.HasSuffix(name, "/") {
			continue
		}
		if err := unpackFile(ctx, f, folder, name); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	return os.Rename(tmp, out)
}

// check refuses an archive that would write outside its folder or too much.
// Names count as they are written: without the archive's top folder.
func check(files []*zip.File, top string) error {
	if len(files) > maxFiles {
		return fmt.Errorf("%d files in the archive, more than %d", len(files), maxFiles)
	}
	var all uint64
	for _, f := range files {
		name := strings.TrimPrefix(f.Name, top)
		if name != "" && !filepath.IsLocal(name) || strings.Contains(f.Name, "\\") || slices.Contains(strings.Split(f.Name, "/"), "..") {
			return fmt.Errorf("the archive names a file outside its folder: %q", f.Name)
		}
		if m := f.Mode(); !m.IsRegular() && !m.IsDir() {
			return fmt.Errorf("%s is neither a file nor a folder", f.Name)
		}
		if all += f.UncompressedSize64; f.UncompressedSize64 > maxUnpacked || all > maxUnpacked {
			return errors.New("the archive unpacks to more than 8 GiB")
		}
	}
	return nil
}

// topFolder returns the folder, with its slash, that all files are in, or "".
func topFolder(files []*zip.File) string {
	top := ""
	for i, f := range files {
		first, _, ok := strings.Cut(f.Name, "/")
		if !ok || i > 0 && first+"/" != top {
			return ""
		}
		top = first + "/"
	}
	return top
}

func unpackFile(ctx context.Context, f *zip.File, folder *os.Root, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := folder.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer w.Close()
	n, err := io.Copy(w, io.LimitReader(r, int64(f.UncompressedSize64)+1))
	if err != nil {
		return err
	}
	if uint64(n) != f.UncompressedSize64 {
		return fmt.Errorf("%d bytes where the archive announces %d", n, f.UncompressedSize64)
	}
	return w.Close()
}
