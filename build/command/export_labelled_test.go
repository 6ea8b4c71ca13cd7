package command

import (
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// TestTheRowsOfOpinions: both forms have the rows that schema.json counts, its columns and no others, and
// ids below their sizes; after prepare alone.
func TestTheRowsOfOpinions(t *testing.T) {
	in, dir := written(t, small), t.TempDir()
	work, records, tables := filepath.Join(dir, "work"), filepath.Join(dir, "records"), filepath.Join(dir, "tables")
	call(t, "prepare", "--input", in, "--work", work)
	_, said := call(t, "export", "--work", work, "--tfrecord", records, "--parquet", tables)
	text, err := os.ReadFile(filepath.Join(records, "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s rowsSchema
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	if s.Version != schemaVersion || !strings.Contains(said, "rows to fit to") || len(s.Rows) != 3 {
		t.Errorf("version %d, rows %v; export says %s", s.Version, s.Rows, said)
	}
	sizes := map[string]int{}
	for _, c := range s.Columns {
		sizes[c.Name] = c.Size
	}
	for part, want := range s.Rows {
		data, err := os.ReadFile(filepath.Join(records, part+".tfrecord"))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for ; len(data) > 0; n++ {
			data = data[12+binary.LittleEndian.Uint64(data)+4:]
		}
		if n != want || n == 0 {
			t.Errorf("%s.tfrecord has %d records, want %d", part, n, want)
		}
		rows, err := parquet.ReadFile[any](filepath.Join(tables, part+".parquet"))
		if err != nil || len(rows) != want {
			t.Fatalf("%s.parquet has %d rows, want %d (%v)", part, len(rows), want, err)
		}
		for i, r := range rows {
			row := r.(map[string]any)
			if len(row) != len(s.Columns) {
				t.Fatalf("%s, row %d has %d columns, want %d", part, i, len(row), len(s.Columns))
			}
			for name, v := range row {
				list, _ := v.([]any)
				for _, id := range list {
					if id := id.(int64); id < 0 || int(id) >= sizes[name] {
						t.Fatalf("%s, row %d: %s has the id %d of %d", part, i, name, id, sizes[name])
					}
				}
			}
		}
	}
}
