package dataset

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEachItemHasACurrency: where the vocabulary has one, an item without a currency of its own has that.
func TestEachItemHasACurrency(t *testing.T) {
	for _, c := range []struct {
		name, declared, usual string
		want                  []string // of the column currency, nil where there is none
		said                  string
	}{
		{"none", "price:number", "", nil, ""},
		{"no column is kept", "price:number", "EUR", []string{"EUR", "EUR", "EUR"}, ""},
		{"the file's own comes first", "price:number,currency", "EUR", []string{"CHF", "EUR", "USD"}, ""},
		{"the file's own without a usual one", "currency", "", []string{"CHF", "", "USD"}, ""},
		{"nothing is declared", "", "EUR", []string{"EUR", "EUR", "EUR"}, ""},
		{"a list", "currency:list", "EUR", []string{"CHF", "", "USD"}, "the column currency is declared as list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "items.csv"), []byte("item_id,title,price,currency\na,A,1,CHF\nb,B,2,\nc,C,3,USD\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			declared, err := ParseAttributes(c.declared)
			if err != nil {
				t.Fatal(err)
			}
			d, r, err := Open(t.Context(), dir, Options{Attributes: declared, Currency: c.usual})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range d.Catalog.Attributes {
				if a := &d.Catalog.Attributes[i]; a.Name == "currency" {
					got = valuesOf(a, d.Catalog.Len())
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("currencies (-want +got):\n%s", diff)
			}
			var table strings.Builder
			r.WriteTable(&table)
			if !strings.Contains(table.String(), c.said) {
				t.Errorf("the report does not say %q:\n%s", c.said, table.String())
			}
		})
	}
}
