package embedding

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sparrow/build/plural"
)

// name gives the rows of f the ids in a file, a line each. Its first line may be the name of
// a column, where there is then one line more than there are rows.
func (f *File) name(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	ids := strings.Split(strings.TrimSuffix(strings.TrimPrefix(string(text), "\ufeff"), "\n"), "\n")
	for i, id := range ids {
		ids[i] = strings.TrimSpace(id)
	}
	if len(ids) == f.rows+1 && (ids[0] == "item_id" || ids[0] == "id") {
		ids = ids[1:]
	}
	if len(ids) != f.rows {
		return fmt.Errorf("it has %s, and %s %s: they are not of the same items", plural.Of(f.rows, "row"), filepath.Base(path), plural.Of(len(ids), "id"))
	}
	read := f.read
	f.read = func(row yield) error {
		return read(func(at int, _ string, v []float32, why string) error { return row(at, ids[at-1], v, why) })
	}
	return nil
}
