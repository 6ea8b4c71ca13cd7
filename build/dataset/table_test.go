package dataset

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// readAll returns the rows of a table and, for each bad one, "line: reason".
func readAll(t *table) (rows [][]string, bad []string, err error) {
	for {
		reason, err := t.read()
		if err == io.EOF {
			return rows, bad, nil
		}
		if err != nil {
			return rows, bad, err
		}
		if reason != "" {
			bad = append(bad, strings.Join([]string{itoa(t.line), reason}, ": "))
			continue
		}
		var row []string
		for _, f := range t.fields {
			row = append(row, string(f))
		}
		rows = append(rows, row)
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func TestTable(t *testing.T) {
	for _, c := range []struct {
		name, in string
		rows     [][]string
		bad      []string
	}{
		{"no last line end", "a,b\r\nc,d", [][]string{{"a", "b"}, {"c", "d"}}, nil},
		{"empty lines", "\n\na\r\n\r\n", [][]string{{"a"}}, nil},
		{"quotes", `"a,""b""",,"",x` + "\n", [][]string{{`a,"b"`, "", "", "x"}}, nil},
		{"a line end in quotes", "\"a\nb\",c\nd,e\n", [][]string{{"a\nb", "c"}, {"d", "e"}}, nil},
		{"a quote that is never closed costs one row", "a\n\"b\nc\nd\n", [][]string{{"a"}, {"c"}, {"d"}}, []string{"2: quote not closed"}},
		{"an inch costs one row", "5\" disk,x\ny,z\n6\",w\nv,u\n", [][]string{{"y", "z"}, {"v", "u"}},
			[]string{"1: quote inside a field that does not begin with one", "3: quote not closed"}},
		{"text behind a quote", "\"a\"b,c\nd,e\n", [][]string{{"d", "e"}}, []string{"1: text after a closing quote"}},
		{"not UTF-8", "a\xff\nb\n", [][]string{{"b"}}, []string{"1: " + notUTF8}},
		{"a byte order mark", "\xef\xbb\xbfa\n", [][]string{{"a"}}, nil},
		{"a row beyond a megabyte", strings.Repeat("x", 3<<20) + "\na\n", [][]string{{"a"}}, []string{"1: row longer than 1 MiB"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, bad, err := readAll(newTable(strings.NewReader(c.in), ",", true))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.rows, rows); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.bad, bad); diff != "" {
				t.Errorf("bad rows (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTableRoundTrip reads back whatever the standard library's writer writes.
func TestTableRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringOf(rapid.RuneFrom([]rune("ab ,\"\n;é'電")))
		n := rapid.IntRange(2, 4).Draw(t, "columns")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, n, n), 1, 20).Draw(t, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "CRLF")
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		got, bad, err := readAll(newTable(&b, ",", true))
		if err != nil || bad != nil {
			t.Fatalf("bad rows %q, error %v", bad, err)
		}
		for _, row := range got {
			for i := range row {
				if w.UseCRLF {
					row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
				}
			}
		}
		if diff := cmp.Diff(rows, got); diff != "" {
			t.Errorf("rows (-want +got):\n%s", diff)
		}
	})
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\"d\",e\n"), true)
	f.Add([]byte("\"\n\"\"\n\"a"), true)
	f.Add([]byte("1::2::3\n\xff::b::c"), false)
	f.Fuzz(func(t *testing.T, b []byte, quoted bool) {
		sep := "::"
		if quoted {
			sep = ","
		}
		tab, last := newTable(bytes.NewReader(b), sep, quoted), 0
		for {
			reason, err := tab.read()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if tab.line <= last || tab.line > bytes.Count(b, []byte{'\n'})+1 {
				t.Fatalf("row at line %d after line %d", tab.line, last)
			}
			last = tab.line
			if (reason == "") == (len(tab.fields) == 0) {
				t.Fatalf("reason %q with %d fields", reason, len(tab.fields))
			}
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add("item_id,title,year,genres\n1,\"A, The (1990)\",,x|y\n", "user_id,item_id,timestamp,rating\n1,1,5,4.5\n1,1,6,3\n")
	f.Fuzz(func(t *testing.T, items, interactions string) {
		d, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": items, "interactions.csv": interactions}), Options{})
		if err != nil {
			return
		}
		for u := range d.Users {
			seen := make(map[any]bool)
			for k, i := range d.Of(u) {
				if int(i.Row) >= d.Catalog.Len() || i.Stars > 10 || seen[i.Row] || k > 0 && d.Of(u)[k-1].At > i.At {
					t.Fatalf("user %d: interaction %d of %v", u, k, d.Of(u))
				}
				seen[i.Row] = true
			}
		}
		rows, bad := r.Rows()
		if len(d.Interactions) > rows || bad > rows {
			t.Fatalf("%d interactions and %d bad of %d rows", len(d.Interactions), bad, rows)
		}
	})
}

func FuzzTitle(f *testing.F) {
	f.Add("Postman, The (Postino, Il) (1994)")
	f.Fuzz(func(t *testing.T, s string) {
		name, _ := title(s)
		if strings.TrimSpace(s) != "" && name == "" {
			t.Errorf("title(%q) is empty", s)
		}
	})
}
