package compare

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// PageFile is the name of the page with plots that [Report.WriteFolder] writes.
const PageFile = "report.html"

// WriteFolder writes the report to dir as a page with plots, [PageFile], and as
// report.json. It makes dir and the folders above it where they are missing, and
// overwrites what is there.
func (r *Report) WriteFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, f := range []struct {
		name  string
		write func(io.Writer) error
	}{{PageFile, r.WritePage}, {"report.json", r.WriteJSON}} {
		out, err := os.Create(filepath.Join(dir, f.name))
		if err != nil {
			return err
		}
		if err := f.write(out); err != nil {
			out.Close()
			return fmt.Errorf("%s: %w", f.name, err)
		}
		if err := out.Close(); err != nil {
			return err
		}
	}
	return nil
}
