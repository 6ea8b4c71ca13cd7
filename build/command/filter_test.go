package command

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/wasm/attribute"
	"sparrow/wasm/bundle"
	"sparrow/wasm/engine/enginetest"
)

// pricedBundle writes the bundle of enginetest.Parity(40), with a price of 0.5·r for each
// item r but the last ten, and returns its file.
func pricedBundle(t *testing.T) string {
	t.Helper()
	b := enginetest.Parity(40)
	c := attribute.Column{Name: "price", Kind: attribute.Number, Numbers: attribute.Numbers{Exponent: -1}}
	codes := make([]uint32, 40)
	for r := range 30 {
		c.Numbers.Offsets, codes[r] = append(c.Numbers.Offsets, uint32(5*r)), uint32(r+1)
	}
	c.Bits, c.Codes = attribute.Pack(codes, 30)
	b.Catalog.Attributes = []attribute.Column{c}
	data, err := bundle.Encode(b)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "priced.bundle")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestFilteredLists: similar and recommend list what the filter keeps, say how much that
// is, and what no item has; inspect shows what can be filtered by.
func TestFilteredLists(t *testing.T) {
	file := pricedBundle(t)
	out, said := call(t, "similar", "--bundle", file, "--item", "1", "--k", "5", "--json", "--filter", "price>=10 and genre=same")
	var list []similarFigure
	if err := json.Unmarshal([]byte(out), &list); err != nil || len(list) != 5 {
		t.Fatalf("similar: %v in %s", err, out)
	}
	for _, s := range list {
		if r := strings.TrimPrefix(s.Title, "Even "); len(r) != 2 || r < "20" || r > "29" {
			t.Errorf("similar lists %s, want an even one from 20 to 29", s.Title)
		}
	}
	if !strings.Contains(said, "--filter keeps 5 items of 40") {
		t.Errorf("similar said %q", said)
	}
	histories := filepath.Join(t.TempDir(), "H.csv")
	if err := os.WriteFile(histories, []byte("user_id,item_id,rating\nu,21,5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, said = call(t, "recommend", "--bundle", file, "--histories", histories, "--out", "-", "--k", "20", "--filter", "price in (10, 10.5, 11, 12.25)")
	if want := "user_id,rank,item_id,score\nu,1,23,"; !strings.HasPrefix(out, want) || strings.Count(out, "\n") != 3 || !strings.Contains(out, "u,2,22,") {
		t.Errorf("recommend wrote %q, want items 23 and 22, of which 21 is the history's", out)
	}
	if !strings.Contains(said, "--filter keeps 3 items of 40") || !strings.Contains(said, "--filter: no item has price=12.25") {
		t.Errorf("recommend said %q", said)
	}
	if out, _ = call(t, "inspect", "--bundle", file); !strings.Contains(out, "price: number, 30 values of 30 items, 0 to 14.5") || !strings.Contains(out, "section attributes") {
		t.Errorf("inspect does not show the column:\n%s", out)
	}
}

// TestAMistakeInAFilterIsPointedAt: below the filter, at the column, before anything is
// written.
func TestAMistakeInAFilterIsPointedAt(t *testing.T) {
	file := pricedBundle(t)
	for _, c := range []struct {
		args, filter, want string
	}{
		{"similar --item 1", "genre=same and prise<5", "--filter: column 16: there is no column \"prise\"; \"price\" is near. There are: genre tag year price\n  genre=same and prise<5\n                 ^\n"},
		{"recommend --out - --histories " + file, "genre = same", "--filter: column 9: same is what the item has that a list is asked about, and this list is asked about none\n  genre = same\n          ^\n"},
	} {
		var out, said bytes.Buffer
		code := Run(context.Background(), append(strings.Fields(c.args), "--bundle", file, "--filter", c.filter), &out, &said)
		if code != 2 || !strings.Contains(said.String(), c.want) || out.Len() > 0 {
			t.Errorf("%s --filter %q: exit code %d, wrote %q and said\n%s\nwant\n%s", c.args, c.filter, code, out.String(), said.String(), c.want)
		}
	}
}

// TestListsWithQuotas: similar and recommend keep to them, leave out what is excluded, and point at
// the column of a mistake.
func TestListsWithQuotas(t *testing.T) {
	file := pricedBundle(t)
	titles := func(flags ...string) (list []string, said string) {
		out, said := call(t, append([]string{"similar", "--bundle", file, "--item", "1", "--k", "6", "--json"}, flags...)...)
		var all []similarFigure
		if err := json.Unmarshal([]byte(out), &all); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		for _, s := range all {
			list = append(list, s.ID)
		}
		return list, said
	}
	plain, _ := titles()
	some, said := titles("--exclude", plain[0]+",nobody", "--max", "price:1")
	if len(some) != 6 || strings.Contains(strings.Join(some, " ")+" ", plain[0]+" ") || !strings.Contains(said, "--exclude: the catalog lacks 1 id: nobody") {
		t.Errorf("%v and %q, want six without %s, and nobody named", some, said, plain[0])
	}
	if few, _ := titles("--max", "genre:1"); len(few) >= 6 {
		t.Errorf("%d items have a genre each for themselves", len(few))
	}
	histories := filepath.Join(t.TempDir(), "H.csv")
	if err := os.WriteFile(histories, []byte("user_id,item_id,rating\nu,21,5\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"similar", "--bundle", file, "--item", "1"}, {"recommend", "--bundle", file, "--histories", histories, "--out", filepath.Join(t.TempDir(), "R.csv")},
	} {
		var out, said bytes.Buffer
		code := Run(context.Background(), append(args, "--max", "price:1, gerne:2"), &out, &said)
		if want := "--max: column 10: there is no column \"gerne\"; \"genre\" is near. There are: genre tag year price\n  price:1, gerne:2\n           ^"; code != 2 || !strings.Contains(said.String(), want) {
			t.Errorf("%s: code %d, %q, want %q", args[0], code, said.String(), want)
		}
	}
}
