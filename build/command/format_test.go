package command

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// row is a row of a file of lists.
type row struct {
	of    string
	rank  int
	item  string
	score float32
}

// rowsOf reads a file of lists in any of its formats; of and item are its columns.
func rowsOf(t *testing.T, path, of, item string) (rows []row) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch filepath.Ext(path) {
	case ".csv":
		lines, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil || !cmp.Equal(lines[0], []string{of, "rank", item, "score"}) {
			t.Fatalf("%v, header %q", err, lines[0])
		}
		for _, l := range lines[1:] {
			rank, err := strconv.Atoi(l[1])
			if err != nil {
				t.Fatal(err)
			}
			score, err := strconv.ParseFloat(l[3], 32)
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, row{l[0], rank, l[2], float32(score)})
		}
	case ".jsonl":
		for line := range strings.Lines(string(text)) {
			var l map[string]json.RawMessage
			var id string
			var items []listItem
			if err := json.Unmarshal([]byte(line), &l); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(l[of], &id); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(l["items"], &items); err != nil {
				t.Fatal(err)
			}
			for i, it := range items {
				rows = append(rows, row{id, i + 1, it.ID, it.Score})
			}
		}
	case ".parquet":
		if of == "user_id" {
			all, err := parquet.ReadFile[recommendedRow](path)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range all {
				rows = append(rows, row{r.User, int(r.Rank), r.Item, r.Score})
			}
			return rows
		}
		all, err := parquet.ReadFile[similarRow](path)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range all {
			rows = append(rows, row{r.Item, int(r.Rank), r.Similar, r.Score})
		}
	}
	return rows
}

// TestFormatsHoldTheSame: lists of all items and of users are the same in every format, and
// those of items are what similar says of each.
func TestFormatsHoldTheSame(t *testing.T) {
	b, dir := trainedSmall(t), t.TempDir()
	histories := filepath.Join(dir, "H.csv")
	if err := os.WriteFile(histories, []byte("user_id,item_id,timestamp,rating\nann,2,10,5\nann,5,20,5\n=bob,9,30,4.5\nnew,none,1,5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var users, items []row
	for _, ext := range []string{".jsonl", ".csv", ".parquet"} {
		out := filepath.Join(dir, "R"+ext)
		call(t, "recommend", "--bundle", b, "--histories", histories, "--out", out, "--k", "5", "--max-unknown", "100%")
		got := rowsOf(t, out, "user_id", "item_id")
		if ext == ".csv" {
			for i := range got {
				got[i].of = strings.TrimPrefix(got[i].of, "'") // what a spreadsheet would run
			}
		}
		if users == nil {
			users = got
		}
		if diff := cmp.Diff(users, got, cmp.AllowUnexported(row{})); diff != "" || len(got) != 15 {
			t.Errorf("%s: %d rows, want the 15 of .jsonl (-jsonl +this):\n%s", out, len(got), diff)
		}
		out = filepath.Join(dir, "S"+ext)
		call(t, "similar", "--bundle", b, "--all", "--out", out, "--k", "3")
		got = rowsOf(t, out, "item_id", "similar_id")
		if items == nil {
			items = got
		}
		if diff := cmp.Diff(items, got, cmp.AllowUnexported(row{})); diff != "" {
			t.Errorf("%s: other rows than .jsonl (-jsonl +this):\n%s", out, diff)
		}
	}
	for i := 0; i < len(items); i += 3 * 25 {
		out, _ := call(t, "similar", "--bundle", b, "--item", items[i].of, "--k", "3", "--json")
		var list []similarFigure
		if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 3 {
			t.Fatalf("%v in %s", err, out)
		}
		for j, s := range list {
			if want := (row{items[i].of, j + 1, s.ID, s.Score}); items[i+j] != want {
				t.Errorf("a row of the file is %+v, want %+v", items[i+j], want)
			}
		}
	}
}

// TestFormatOfAName: the end of a name says the format, and --format wins over it.
func TestFormatOfAName(t *testing.T) {
	for _, c := range []struct {
		format string
		out    outStream
		want   string
	}{
		{"auto", "R.csv", "csv"}, {"auto", "R", "csv"}, {"auto", "-", "csv"}, {"auto", "R.JSONL", "jsonl"}, {"auto", "R.ndjson", "jsonl"},
		{"auto", "R.parquet", "parquet"}, {"jsonl", "R.csv", "jsonl"}, {"parquet", "-", "parquet"},
	} {
		if got := (formatFlag{c.format}).of(c.out); got != c.want {
			t.Errorf("--format %s --out %s is %s, want %s", c.format, c.out, got, c.want)
		}
	}
}

// TestSimilarAllRefuses what does not go together.
func TestSimilarAllRefuses(t *testing.T) {
	b, out := trainedSmall(t), filepath.Join(t.TempDir(), "S.csv")
	for _, args := range [][]string{
		{}, {"--all"}, {"--all", "--item", "2", "--out", out}, {"--all", "--out", out, "--json"}, {"--all", "--out", out, "--filter", "genre=Drama"},
		{"--item", "2", "--out", out}, {"--item", "2", "--format", "csv"}, {"--all", "--out", out, "--format", "xml"},
	} {
		var said strings.Builder
		if code := Run(t.Context(), append([]string{"similar", "--bundle", b}, args...), &said, &said); code != exitUsage {
			t.Errorf("similar %q: exit code %d, want %d: %s", args, code, exitUsage, said.String())
		}
	}
}
