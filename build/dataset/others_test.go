package dataset

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGoodreadsLibrary reads an export as Goodreads writes it: one user, whose unread
// books are in the catalog alone.
func TestGoodreadsLibrary(t *testing.T) {
	text := "Book Id,Title,Author,ISBN,My Rating,Date Read,Date Added,Bookshelves,Exclusive Shelf,Original Publication Year\n" +
		"5107,The Catcher in the Rye,J.D. Salinger,\"=\"\"0316769177\"\"\",4,2020/09/13,2020/09/01,\"classics, owned\",read,1951\n" +
		"2,Second,B,,0,,2021/01/05,owned,currently-reading,\n" +
		"3,Third,C,,0,,2021/02/05,to-read,to-read,2001\n"
	dir := folder(t, map[string]string{goodreadsFile: text})
	d, r, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"The Catcher in the Rye – J.D. Salinger", "Second – B", "Third – C"}, d.Catalog.Titles); diff != "" {
		t.Errorf("titles (-want +got):\n%s", diff)
	}
	got := d.Of(0)
	if len(d.Users) != 1 || len(got) != 2 || got[0].Stars != 8 || got[1].Stars != 0 || got[0].Row != 0 || got[0].At/86400 != 1600003119/86400 || d.Catalog.Years[0] != 1951 {
		t.Errorf("%d users, %+v, years %v", len(d.Users), got, d.Catalog.Years)
	}
	if said := notes(r); !slices.Contains(said, goodreadsFile+": the library of a user of Goodreads") {
		t.Errorf("said %q", said)
	}
	if files := Files(dir); len(files) != 1 {
		t.Errorf("read from %v", files)
	}
}

// TestRecBoleFiles reads the files as RecBole names and writes them.
func TestRecBoleFiles(t *testing.T) {
	files := map[string]string{
		"toys.item":  "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n1\tToy Story\t1995\tAnimation Comedy\n2\tHeat\t1995\tAction\n",
		"toys.inter": "user_id:token\titem_id:token\trating:float\ttimestamp:float\n7\t1\t4\t1600003119\n7\t2\t2\t1600003897\n",
	}
	dir := folder(t, files)
	d, r, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprintf("%q %q %d", d.Catalog.Titles, d.Catalog.GenreNames, len(d.Of(0))), `["Toy Story" "Heat"] ["Animation" "Comedy" "Action"] 2`; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
	if said := notes(r); !slices.Contains(said, "toys.item: RecBole's files, toys.item and toys.inter") {
		t.Errorf("said %q", said)
	}
	if files := Files(dir); len(files) != 2 {
		t.Errorf("read from %v", files)
	}
	for name, text := range map[string]string{"other.inter": "two data sets", "toys.item": "no toys.item"} {
		changed := map[string]string{"toys.inter": files["toys.inter"], "toys.item": files["toys.item"]}
		if name == "toys.item" {
			delete(changed, name)
		} else {
			changed[name] = files["toys.inter"]
		}
		if _, _, err := Open(context.Background(), folder(t, changed), Options{}); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("with another %s: error %v, want %q in it", name, err, text)
		}
	}
}
