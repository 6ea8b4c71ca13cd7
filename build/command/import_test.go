package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/build/bundledir"
	"sparrow/build/lists"
	"sparrow/build/pipeline"
)

// shelf writes 30 books with a vector of 80 numbers each, those of a kind in one direction,
// and returns the paths of items.csv and emb.vec.
func shelf(t *testing.T) (items, vectors string) {
	t.Helper()
	var rows, numbers strings.Builder
	rows.WriteString("item_id,title\n")
	for i := range 30 {
		fmt.Fprintf(&rows, "978-%d,%c\n", i, rune(0x4e00+i))
		fmt.Fprintf(&numbers, "978-%d", i)
		for c := range 80 {
			fmt.Fprintf(&numbers, " %.4f", math.Sin(float64(1+c*(1+i%3)))+0.01*math.Cos(float64(i*c)))
		}
		numbers.WriteString("\n")
	}
	numbers.WriteString("978-99 " + strings.Repeat("1 ", 80) + "\n")
	dir := t.TempDir()
	items, vectors = filepath.Join(dir, "items.csv"), filepath.Join(dir, "emb.vec")
	for path, text := range map[string]string{items: rows.String(), vectors: numbers.String()} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return items, vectors
}

// TestImportIsTakenByTheOtherVerbs: from a file of vectors and a list of titles to what
// similar, inspect and lists say, and back to a file of vectors that is imported again.
func TestImportIsTakenByTheOtherVerbs(t *testing.T) {
	items, vectors := shelf(t)
	out := filepath.Join(t.TempDir(), "books") + "/"
	printed, said := call(t, "import", "--vectors", vectors, "--items", items, "--out", out, "--json")
	var p pipeline.Packed
	if err := json.Unmarshal([]byte(printed), &p); err != nil || p.Vectors == nil || p.Vectors.From != 80 || p.Vectors.Width != 64 || p.Vectors.Used != 30 {
		t.Errorf("import prints %s (%v)", printed, err)
	}
	for _, want := range []string{`not used, an id that is not in the catalog: line 31 "978-99"`, "at 64 × 8 bits of ±127, which ships", "at 80 × 8 bits"} {
		if !strings.Contains(said, want) {
			t.Errorf("import does not say %q:\n%s", want, said)
		}
	}
	if !lists.Written(out, p.SHA256) {
		t.Error("there are no lists")
	}
	call(t, "lists", "--bundle", out, "--force")
	if printed, _ := call(t, "inspect", "--bundle", out); !strings.Contains(printed, "given vectors (retrieval): 30 × 64 int8") {
		t.Errorf("inspect prints\n%s", printed)
	}
	similar := func(bundle string) string {
		printed, _ := call(t, "similar", "--bundle", bundle, "--item", "978-4", "--k", "9", "--json")
		var list []similarFigure
		if err := json.Unmarshal([]byte(printed), &list); err != nil || len(list) != 9 {
			t.Fatalf("similar prints %s", printed)
		}
		for _, s := range list {
			var i int
			if fmt.Sscanf(s.ID, "978-%d", &i); !s.Alike || i%3 != 1 {
				t.Errorf("%s is not of the kind of 978-4", s.ID)
			}
		}
		return printed
	}
	similar(out)

	dir := t.TempDir()
	npy, ids, again := filepath.Join(dir, "e.npy"), filepath.Join(dir, "ids.txt"), filepath.Join(dir, "again.bundle")
	call(t, "export", "--bundle", out, "--npy", npy, "--ids", ids)
	call(t, "import", "--vectors", npy, "--ids", ids, "--items", items, "--out", again)
	similar(again)
	a, _, err := bundledir.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := bundledir.Open(again)
	if err != nil {
		t.Fatal(err)
	}
	x, y := make([]float32, 64), make([]float32, 64)
	for r := range 30 {
		a.Retrieval.In.Dequantize(x, r)
		b.Retrieval.In.Dequantize(y, r)
		var xy, xx, yy float64
		for k := range x {
			xy, xx, yy = xy+float64(x[k]*y[k]), xx+float64(x[k]*x[k]), yy+float64(y[k]*y[k])
		}
		if cosine := xy / math.Sqrt(xx*yy); cosine < 0.999 {
			t.Errorf("item %d comes back with a cosine of %v", r, cosine)
		}
	}
}

// TestExportForms: CSV and JSON have the numbers of the bundle, decoded.
func TestExportForms(t *testing.T) {
	bundle := trainedSmall(t)
	b, _, err := bundledir.Open(bundle)
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float32, b.Retrieval.In.Cols)
	b.Retrieval.In.Dequantize(want, 1)
	printed, _ := call(t, "export", "--bundle", bundle, "--table", "in", "--jsonl", "-")
	var row struct {
		ID     string    `json:"item_id"`
		Vector []float32 `json:"vector"`
	}
	lines := strings.Split(printed, "\n")
	if err := json.Unmarshal([]byte(lines[1]), &row); err != nil || row.ID != string(b.Catalog.IDs[1]) || fmt.Sprint(row.Vector) != fmt.Sprint(want) {
		t.Errorf("--jsonl prints %q for item 1 (%v), want %v", lines[1], err, want)
	}
	printed, _ = call(t, "export", "--bundle", bundle, "--table", "in", "--csv", "-")
	lines = strings.Split(printed, "\n")
	if begin := fmt.Sprintf("%s,%v,%v,", b.Catalog.IDs[1], want[0], want[1]); len(lines) != 92 || !strings.HasPrefix(lines[0], "item_id,v0,v1,") || !strings.HasPrefix(lines[2], begin) {
		t.Errorf("--csv prints %d lines, %q, want %q", len(lines), lines[2], begin)
	}
}

// TestImportMisuse: what is wrong is said with what to do.
func TestImportMisuse(t *testing.T) {
	items, vectors := shelf(t)
	dir := t.TempDir()
	other := filepath.Join(dir, "other.vec")
	if err := os.WriteFile(other, []byte("tt1 1 2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	bundle := trainedSmall(t)
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"import --vectors " + vectors + " --items " + items + " --out x --width 257", 2, "--width must be"},
		{"import --vectors " + vectors + " --items " + items + " --out " + dir + "/b --ids " + other, 1, "leave --ids out"},
		{"import --vectors " + other + " --items " + items + " --out " + dir + "/b", 1, `its ids look like "tt1", those of the catalog like "978-0"`},
		{"import --vectors " + items + " --items " + items + " --out " + dir + "/b", 1, "what can be read is"},
		{"import --vectors " + vectors + " --also " + vectors + " --also-share 100% --items " + items + " --out x", 2, "--also-share must be"},
		{"import --vectors " + vectors + " --also-ids " + other + " --items " + items + " --out x", 2, "--also-ids names the rows of --also"},
		{"export --bundle " + bundle, 2, "nothing to write"},
		{"export --bundle " + bundle + " --npy " + dir + "/e.npy", 2, "go together"},
		{"export --bundle " + bundle + " --csv - --jsonl -", 2, "would mix"},
	} {
		var out, said bytes.Buffer
		if code := Run(context.Background(), strings.Fields(c.args), &out, &said); code != c.code || !strings.Contains(said.String(), c.want) {
			t.Errorf("build %s: exit code %d, says %q, want %d and %q", c.args, code, said.String(), c.code, c.want)
		}
	}
	if all, _ := os.ReadDir(dir); len(all) != 1 {
		t.Errorf("left behind: %v", all)
	}
}
