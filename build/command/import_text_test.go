package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// texts writes items whose descriptions are of three kinds, by their number.
func texts(t *testing.T) string {
	t.Helper()
	var rows strings.Builder
	rows.WriteString("item_id;title;description\n")
	kinds := []string{"a harbour, ships and the sea", "soups and bread from the oven", "the war of two crowns"}
	for i := range 30 {
		fmt.Fprintf(&rows, "b%d;Title %d;\"%s; volume %d\"\n", i, i, kinds[i%3], i/3)
	}
	rows.WriteString("late;Nothing;\n")
	path := filepath.Join(t.TempDir(), "items.csv")
	if err := os.WriteFile(path, []byte(rows.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestTextsMakeVectors: what is similar to an item has the words of its description, an item without
// any is named, and the words are mixed into vectors that were given.
func TestTextsMakeVectors(t *testing.T) {
	items, dir := texts(t), t.TempDir()
	out := filepath.Join(dir, "texts.bundle")
	_, said := call(t, "import", "--text", "description", "--items", items, "--out", out)
	for _, want := range []string{"description: 30 vectors of 128 numbers", `1 vector not used, no word that another item has, too: row 31 "late"`, "1 item of the catalog without a vector: late"} {
		if !strings.Contains(said, want) {
			t.Errorf("import does not say %q:\n%s", want, said)
		}
	}
	printed, _ := call(t, "similar", "--bundle", out, "--item", "b4", "--k", "9", "--json")
	var list []similarFigure
	if err := json.Unmarshal([]byte(printed), &list); err != nil || len(list) != 9 {
		t.Fatalf("similar prints %s", printed)
	}
	for _, s := range list {
		var i int
		if fmt.Sscanf(s.ID, "b%d", &i); i%3 != 1 {
			t.Errorf("%s is not of the kind of b4", s.ID)
		}
	}
	vectors := filepath.Join(dir, "v.vec")
	if err := os.WriteFile(vectors, []byte("b0 1 0\nb1 1 0.1\nb2 0 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, said = call(t, "import", "--vectors", vectors, "--text", "description,title", "--also-share", "30%", "--items", items, "--out", out)
	if !strings.Contains(said, "mixed in: 30 % of a cosine; 3 items of both spaces, 0 without this one, 27 of this one alone") {
		t.Errorf("import says %s", said)
	}
}

// TestTextsMisuse: a column that is not there is said with those that are.
func TestTextsMisuse(t *testing.T) {
	items := texts(t)
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"--text blurb", exitFailure, `--text: items.csv: it has no column "blurb", but item_id, title, description`},
		{"", exitUsage, "--vectors is missing"},
		{"--text title --also " + items, exitUsage, "--also and --user-tower need --vectors"},
	} {
		var out, said bytes.Buffer
		args := strings.Fields("import --items " + items + " --out " + t.TempDir() + "/b " + c.args)
		if code := Run(context.Background(), args, &out, &said); code != c.code || !strings.Contains(said.String(), c.want) {
			t.Errorf("build import %s: exit code %d, says %q, want %q", c.args, code, said.String(), c.want)
		}
	}
}
