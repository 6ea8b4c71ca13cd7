package spark

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// TestSchema holds that the rows are those of schema.json, whose types have Spark's names,
// and that the README names every column. When a column changes, so does the version.
func TestSchema(t *testing.T) {
	var described struct {
		Version int
		Tables  []struct {
			Name    string
			Sharded bool
			Columns []column
		}
	}
	if err := json.Unmarshal(schema, &described); err != nil {
		t.Fatal(err)
	}
	if described.Version != 1 {
		t.Errorf("version %d of the schema, want 1", described.Version)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	written := map[string][]column{"items": columnsOf[Item](), "users": columnsOf[User](), "sequences": columnsOf[Sequence](),
		"samples": columnsOf[Sample](), "transforms": columnsOf[Transform]()}
	for i, table := range described.Tables {
		if table.Name != Tables[i] {
			t.Errorf("table %d of the schema is %s, want %s", i, table.Name, Tables[i])
		}
		if diff := cmp.Diff(table.Columns, written[table.Name]); diff != "" {
			t.Errorf("%s (-schema +written):\n%s", table.Name, diff)
		}
		for _, c := range table.Columns {
			if !strings.Contains(string(readme), "`"+c.Name+"`") {
				t.Errorf("README.md does not name %s of %s", c.Name, table.Name)
			}
		}
	}
}

type column struct{ Name, Type string }

// columnsOf returns the columns of rows of a type.
func columnsOf[T any]() (all []column) {
	for _, f := range parquet.SchemaOf(new(T)).Fields() {
		name, list := f.Name(), false
		node := parquet.Node(f)
		if !node.Leaf() {
			list = true
			node = node.Fields()[0].Fields()[0]
		}
		kind := map[parquet.Kind]string{parquet.Boolean: "boolean", parquet.Int32: "int", parquet.Int64: "bigint", parquet.Float: "float", parquet.ByteArray: "string"}[node.Type().Kind()]
		if list {
			kind = "array<" + kind + ">"
		}
		all = append(all, column{name, kind})
	}
	return all
}
