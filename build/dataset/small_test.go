package dataset

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestNothingDroppedIsNotCounted: what is read in another way, and a file that is
// not there, are said and are nothing that was dropped.
func TestNothingDroppedIsNotCounted(t *testing.T) {
	_, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": "item_id,title,image\na,A,http://x.test/a.jpg\nb,B,http://x.test/b.jpg\n"}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"items.csv: pictures at http://, which a page of https does not show; https:// is tried in its place: 2",
		"items.csv: there is no interactions.csv: what people chose is not known",
	}
	if got := notes(r); !slices.Equal(got, want) || len(r.Drops) > 0 {
		t.Errorf("said %q, dropped %q; want %q", got, lines(r), want)
	}
}

// TestEqualTimesAreSaid: they are not the same as none.
func TestEqualTimesAreSaid(t *testing.T) {
	const items = "item_id,title\na,A\nb,B\n"
	for rows, want := range map[string]string{
		"user_id,item_id,timestamp\nu,a,7\nu,b,7\n": "all times are equal",
		"user_id,item_id,timestamp\nu,a,0\nu,b,\n":  "the data have no times",
		"user_id,item_id\nu,a\nu,b\n":               "the data have no times",
	} {
		d, _, err := Open(context.Background(), folder(t, map[string]string{"items.csv": items, "interactions.csv": rows}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Order.Why(); got != want {
			t.Errorf("%q: %q, want %q", rows, got, want)
		}
	}
}

// TestNeverIsNoTime: a number that means never is no moment of 1970 in a smaller unit.
func TestNeverIsNoTime(t *testing.T) {
	for text, want := range map[string]uint32{"1600003119000": 1600003119, "1600003119000000": 1600003119, "1600003119000000000": 1600003119} {
		if at, reason := new(times).parse([]byte(text)); at != want || reason != "" {
			t.Errorf("%s is %d, %q", text, at, reason)
		}
	}
	for _, text := range []string{"9999999999", "99999999999", "9999999999999", "99999999999999", "9999999999999999"} {
		if at, reason := new(times).parse([]byte(text)); reason != "time after 2106" {
			t.Errorf("%s is %d, %q; want a time after 2106", text, at, reason)
		}
	}
}

// TestWhyNothingCouldBeUsed: the last line carries the cause and the switch, and lines
// that are alike do not fill the screen.
func TestWhyNothingCouldBeUsed(t *testing.T) {
	var said []string
	files := map[string]string{"items.csv": "item_id,title\n" + strings.Repeat("a,K\xe4se\n", 30)}
	_, _, err := Open(context.Background(), folder(t, files), Options{Lines: func(line string) { said = append(said, line) }})
	if err == nil || !strings.Contains(err.Error(), "no item could be used: 30 of 30 rows: not UTF-8 (--encoding names another encoding") {
		t.Errorf("error %v, want the cause and the switch", err)
	}
	if len(said) != alike {
		t.Errorf("%d lines that are alike", len(said))
	}
	files = map[string]string{"items.csv": "item_id,title\na,A\n", "interactions.csv": "user_id,item_id,timestamp\nu,a,soon\nv,a,later\n"}
	if _, _, err = Open(context.Background(), folder(t, files), Options{}); err == nil || !strings.Contains(err.Error(), "2 of 2 rows: time is neither Unix seconds nor") {
		t.Errorf("error %v, want the cause", err)
	}
}

// TestFewBadRowsDoNotStop: one id that occurs again stops no small catalog, unless
// no bad row is allowed; a tenth of it does.
func TestFewBadRowsDoNotStop(t *testing.T) {
	for _, c := range []struct {
		rows, bad int
		most      float64
		refused   bool
	}{
		{50, 1, DefaultMaxBad, false}, {50, 5, DefaultMaxBad, false}, {50, 6, DefaultMaxBad, true}, {5, 1, DefaultMaxBad, true},
		{900, 10, DefaultMaxBad, false}, {900, 11, DefaultMaxBad, true}, {50, 1, 0, true}, {50_000, 50, DefaultMaxBad, false}, {50_000, 51, DefaultMaxBad, true},
	} {
		r := &Report{Files: []File{{"items.csv", c.rows}}}
		for i := range c.bad {
			r.bad("items.csv", i, "item id occurs again; the first one stays", "a")
		}
		if err := r.Check(c.most); (err != nil) != c.refused {
			t.Errorf("%d bad of %d rows, %g allowed: %v", c.bad, c.rows, c.most, err)
		}
	}
}

// TestIdsOfADataFrame: where every id of the catalog is a number with .0, as programs
// write them where a cell of the column is empty, they are read without it.
func TestIdsOfADataFrame(t *testing.T) {
	for name, c := range map[string]struct {
		ids, want []string
	}{
		"all":            {[]string{"12.0", "7.0"}, []string{"12", "7"}},
		"some":           {[]string{"12.0", "7"}, []string{"12.0", "7"}},
		"versions":       {[]string{"1.0", "1.1"}, []string{"1.0", "1.1"}},
		"no numbers":     {[]string{"a.0", "b.0"}, []string{"a.0", "b.0"}},
		"leading zeroes": {[]string{"012.0", "7.0"}, []string{"012.0", "7.0"}},
	} {
		var items, rows strings.Builder
		items.WriteString("item_id,title\n")
		rows.WriteString("user_id,item_id\n")
		for _, id := range c.ids {
			fmt.Fprintf(&items, "%s,Item\n", id)
			fmt.Fprintf(&rows, "u,%s\n", id)
		}
		d, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": items.String(), "interactions.csv": rows.String()}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, id := range d.Catalog.IDs {
			got = append(got, string(id))
		}
		if !slices.Equal(got, c.want) || len(d.Of(0)) != len(c.ids) {
			t.Errorf("%s: ids %q with %d interactions, want %q", name, got, len(d.Of(0)), c.want)
		}
		if said := slices.Contains(notes(r), "items.csv: ids written as 5.0, read as 5: 2"); said != (name == "all") {
			t.Errorf("%s: said %q", name, notes(r))
		}
	}
}
