package dataset

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDiscontinuedItemsAreNotBad reads interactions of which some are with items that
// the catalog has lost: they are counted and named once, and no row is bad.
func TestDiscontinuedItemsAreNotBad(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("user_id,item_id,timestamp\n")
	for i := range 80 {
		fmt.Fprintf(&rows, "u%d,%s,%d\n", i, []string{"a", "b"}[i%2], i+1)
	}
	for i := range 20 {
		fmt.Fprintf(&rows, "u%d,gone%d,%d\n", i, i%7, i+1)
	}
	dir := folder(t, map[string]string{"items.csv": "item_id,title\na,A\nb,B\n", "interactions.csv": rows.String()})
	var said []string
	d, r, err := Open(context.Background(), dir, Options{Lines: func(line string) { said = append(said, line) }})
	if err != nil {
		t.Fatal(err)
	}
	if n, bad := r.Rows(); n != 102 || bad != 0 || len(d.Interactions) != 80 {
		t.Errorf("%d of %d rows are bad, %d interactions stay; want 0 of 102, 80", bad, n, len(d.Interactions))
	}
	want := []string{"interactions.csv: left out, since not in the catalog: 20 rows of 7 items: gone0, gone1, gone2, gone3, gone4, …"}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	for most, stops := range map[float64]bool{0.25: false, 0.2: false, 0.19: true, 0: true} {
		if err := r.CheckUnknown(most); (err != nil) != stops {
			t.Errorf("CheckUnknown(%g): %v, want an error: %v", most, err, stops)
		}
	}
	if err := r.CheckUnknown(0.1); err == nil || !strings.Contains(err.Error(), "interactions.csv: 20 % of the rows, 20 of 100") || !strings.Contains(err.Error(), "--max-unknown 21%") {
		t.Errorf("the error says %v", err)
	}
	if got := r.UnknownItems(r.Drops[0]); got != 7 {
		t.Errorf("%d unknown items, want 7", got)
	}
}

// TestUnknownByHand checks the words of one row and of one item.
func TestUnknownByHand(t *testing.T) {
	u := Unknown{File: "f.csv"}
	u.Add("x")
	if got, want := u.String(), "f.csv: left out, since not in the catalog: 1 row of 1 item: x"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	u.Add("x")
	if got, want := u.String(), "f.csv: left out, since not in the catalog: 2 rows of 1 item: x"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if err := u.Check(8, 0.25); err != nil {
		t.Errorf("2 of 8 rows at 25 %%: %v", err)
	}
	if err := u.Check(7, 0.25); err == nil {
		t.Error("2 of 7 rows pass at 25 %")
	}
}
