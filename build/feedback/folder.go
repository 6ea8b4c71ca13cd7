package feedback

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// folder is a path of a folder with segments anywhere below it, or of one segment.
type folder string

func (f folder) list(ctx context.Context) (found []object, err error) {
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
		name, err := filepath.Rel(string(f), path)
		if err != nil || name == "." {
			name = filepath.Base(path)
		}
		found = append(found, object{name: filepath.ToSlash(name), key: path, size: st.Size()})
		return ctx.Err()
	})
	slices.SortFunc(found, func(a, b object) int { return strings.Compare(a.name, b.name) })
	return found, err
}

func (f folder) each(ctx context.Context, objects []object, read func(object, io.Reader) error) error {
	for _, o := range objects {
		in, err := os.Open(o.key)
		if err != nil {
			return err
		}
		err = read(o, in)
		in.Close()
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
