package dataset

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"sparrow/wasm/catalog"
)

// utf16Text returns text as spreadsheets save it: UTF-16 with a mark.
func utf16Text(order binary.AppendByteOrder, text string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

// TestForms: the same two rows, written as other programs write them, are the same
// data, and what was recognized is said.
func TestForms(t *testing.T) {
	const items, rows = "item_id,title,year,genres\na,Café,1999,Drama|War\nb,Two,2001,\n", "user_id,item_id,timestamp,rating\nu,a,1600003119,4.5\nv,b,1600003897,3\n"
	latin, err := charmap.Windows1252.NewEncoder().String(items)
	if err != nil {
		t.Fatal(err)
	}
	with := strings.NewReplacer
	const lists = "items.csv: genres as lists in brackets, as programs write them: 1"
	for _, c := range []struct {
		name, items, rows string
		o                 Options
		notes             []string
	}{
		{name: "plain", items: items, rows: rows},
		{name: "a mark of UTF-8", items: "\ufeff" + items, rows: "\ufeff" + rows},
		{name: "semicolons and decimal commas", items: strings.ReplaceAll(items, ",", ";"), rows: with(",", ";", "4.5", "4,5").Replace(rows),
			notes: []string{"items.csv: fields separated by semicolons", "interactions.csv: fields separated by semicolons", "interactions.csv: decimal commas: 1"}},
		{name: "a quoted decimal comma", items: items, rows: strings.ReplaceAll(rows, "4.5", `"4,5"`), notes: []string{"interactions.csv: decimal commas: 1"}},
		{name: "tabs", items: strings.ReplaceAll(items, ",", "\t"), rows: strings.ReplaceAll(rows, ",", "\t"),
			notes: []string{"items.csv: fields separated by tabs", "interactions.csv: fields separated by tabs"}},
		{name: "a first line sep=", items: "sep=;\r\n" + strings.ReplaceAll(items, ",", ";"), rows: rows, notes: []string{"items.csv: a first line sep=;"}},
		{name: "carriage returns alone", items: strings.ReplaceAll(items, "\n", "\r"), rows: strings.ReplaceAll(rows, "\n", "\r"),
			notes: []string{"items.csv: lines that end in a carriage return", "interactions.csv: lines that end in a carriage return"}},
		{name: "UTF-16, small end first", items: utf16Text(binary.LittleEndian, items), rows: rows, notes: []string{"items.csv: text in UTF-16"}},
		{name: "UTF-16, big end first", items: utf16Text(binary.BigEndian, strings.ReplaceAll(items, ",", "\t")), rows: rows, notes: []string{"items.csv: text in UTF-16, fields separated by tabs"}},
		{name: "an encoding that is named", items: latin, rows: rows, o: Options{Encoding: "latin1"},
			notes: []string{"items.csv: text in windows-1252", "interactions.csv: text in windows-1252"}},
		{name: "a mark wins over the switch", items: "\ufeff" + items, rows: rows, o: Options{Encoding: "windows-1252"},
			notes: []string{"items.csv: text in UTF-8, by its mark, and not in windows-1252 as --encoding says", "interactions.csv: text in windows-1252"}},
		{name: "a mark of UTF-16 wins over the switch", items: utf16Text(binary.LittleEndian, items), rows: rows, o: Options{Encoding: "gb18030"},
			notes: []string{"items.csv: text in UTF-16, by its mark, and not in gb18030 as --encoding says", "interactions.csv: text in gb18030"}},
		{name: "RecBole's columns", items: strings.Replace(items, "item_id,title,year,genres", "item_id:token,movie_title:token_seq,release_year:token,class:token_seq", 1),
			rows:  strings.Replace(rows, "user_id,item_id,timestamp,rating", "user_id:token,item_id:token,timestamp:float,rating:float", 1),
			notes: []string{"items.csv: columns movie_title as title, release_year as year, class as genres"}},
		{name: "Retailrocket's columns", items: items, rows: with("user_id", "visitorid", "item_id", "itemid", "1600003119", "1600003119000", "1600003897", "1600003897000").Replace(rows),
			notes: []string{"interactions.csv: columns visitorid as user_id, itemid as item_id", "interactions.csv: times in milliseconds: 2"}},
		{name: "Goodreads' names", items: strings.Replace(items, "item_id,title,year,genres", "Book Id,Title,Year Published,Genres", 1),
			rows:  with("user_id,item_id,timestamp,rating", "user_id,Book Id,Date Read,My Rating", "1600003119", "2020/09/13", "1600003897", "2020/09/13").Replace(rows),
			notes: []string{"items.csv: columns book_id as item_id, year_published as year", "interactions.csv: columns book_id as item_id, date_read as timestamp, my_rating as rating", "interactions.csv: times that are a day without an hour: what happened on one day has no order: 2"}},
		{name: "a date and a time", items: items, rows: with("1600003119", "2020-09-13 13:18:39", "1600003897", "2020-09-13T15:31:37+02:00").Replace(rows),
			notes: []string{"interactions.csv: times written as a date and a time, UTC where no zone is named: 2"}},
		{name: "microseconds", items: items, rows: with("1600003119", "1600003119000000", "1600003897", "1600003897.5").Replace(rows), notes: []string{"interactions.csv: times in microseconds: 1"}},
		{name: "scientific notation", items: items, rows: with("1600003119", "1.600003119E+09").Replace(rows),
			notes: []string{"interactions.csv: times in scientific notation, which a spreadsheet has likely rounded: 1"}},
		{name: "ids of a data frame", items: with("\na,", "\n12,", "\nb,", "\n7.0,").Replace(items), rows: with(",a,", ",12.0,", ",b,", ",7,").Replace(rows),
			notes: []string{"interactions.csv: ids that differ by .0 from those of the items, taken as the same: 2"}},
		{name: "ids as formulas", items: with("\na,", "\n\"=\"\"012\"\"\",").Replace(items), rows: with(",a,", ",\"=\"\"012\"\"\",").Replace(rows),
			notes: []string{`items.csv: ids written as ="…", read without: 1`, `interactions.csv: ids written as ="…", read without: 1`}},
		{name: "no values", items: strings.Replace(items, "2001,\n", `\N,NULL`+"\n", 1), rows: rows, notes: []string{`items.csv: NULL, nan, \N and the like, read as: no value: 2`}},
		{name: "entities and marks that are not shown", items: strings.Replace(items, "Café", "Caf&eacute;\u202e", 1), rows: rows,
			notes: []string{"items.csv: titles with HTML's entities, decoded: 1", "items.csv: titles with characters that are not shown, removed: 1"}},
		{name: "lists with commas", items: strings.Replace(items, "Drama|War", `"Drama, War"`, 1), rows: rows, notes: []string{"items.csv: genres separated by commas: 2"}},
		{name: "a list in brackets", items: strings.Replace(items, "Drama|War", `"['Drama', 'War']"`, 1), rows: rows, notes: []string{lists}},
		{name: "a list of JSON", items: strings.Replace(items, "Drama|War", `"[""Drama"", ""\u0057ar""]"`, 1), rows: rows, notes: []string{lists}},
		{name: "a list of objects, in Python's way", items: strings.Replace(items, "Drama|War", `"[{'id': 18, 'name': 'Drama'}, {'id': 10752, 'name': 'War'}]"`, 1), rows: rows, notes: []string{lists}},
		{name: "a list of objects, in JSON", items: strings.Replace(items, "Drama|War", `"[{""id"": 18, ""name"": ""Drama""}, {""name"": ""War""}]"`, 1), rows: rows, notes: []string{lists}},
		{name: "percent", items: items, rows: with("4.5\n", "89%\n", ",3\n", ",56%\n").Replace(rows),
			notes: []string{"interactions.csv: ratings in percent: 2", "interactions.csv: ratings from 0 to 100, read as 0.5 to 5 stars"}},
		{name: "a spreadsheet's days", items: items, rows: with("timestamp", "date", "1600003119", "44087", "1600003897", "44087.5").Replace(rows),
			notes: []string{"interactions.csv: columns date as timestamp", "interactions.csv: times as a spreadsheet's numbers of days: 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": c.items, "interactions.csv": c.rows}), c.o)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.notes, notes(r)); diff != "" {
				t.Errorf("said (-want +got):\n%s", diff)
			}
			got := fmt.Sprintf("%q %v", d.Catalog.Titles, d.Catalog.GenreNames)
			if want := `["Café" "Two"] [Drama War]`; got != want {
				t.Errorf("catalog %s, want %s", got, want)
			}
			if len(d.Users) != 2 || len(r.Drops) > 0 {
				t.Fatalf("%d users, dropped %v", len(d.Users), lines(r))
			}
			for u, stars := range []uint8{9, 6} {
				if i := d.Of(u); len(i) != 1 || int(i[0].Row) != u || i[0].Stars != stars || !d.Timeless() && i[0].At/86400 != 1600003119/86400 {
					t.Errorf("user %d: %+v", u, i)
				}
			}
		})
	}
}

// TestEncodingOfTextThatIsUTF8: one switch serves two files, and the one that is UTF-8
// already is named, also where what is looked at ends within a letter.
func TestEncodingOfTextThatIsUTF8(t *testing.T) {
	const warning = "items.csv: text in windows-1252 as --encoding says, though it is UTF-8, too: where its letters look wrong, save all files in one encoding"
	const head = "item_id,title\nk,Käse\n"
	for _, pad := range []int{0, peeked - len(head) - 3, peeked} {
		items := head + strings.Repeat("\n", pad) + "b,é\n"
		_, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": items, "interactions.csv": "user_id,item_id\nu,k\n"}), Options{Encoding: "windows-1252"})
		if err != nil {
			t.Fatal(err)
		}
		if got := notes(r); !slices.Contains(got, warning) {
			t.Errorf("%d bytes: said %q", len(items), got)
		}
	}
	for cut := range len("ßé") {
		if got := beyondASCII([]byte("aßé")[:1+cut]); got != (cut > 1) {
			t.Errorf("%d bytes of two letters: %t", cut, got)
		}
	}
	if beyondASCII([]byte("K\xe4se")) || beyondASCII([]byte("cheese")) || beyondASCII(nil) {
		t.Error("windows-1252, ASCII or nothing is taken for UTF-8 beyond ASCII")
	}
}

// TestAmbiguousFormsAreRefused: what can be read in two ways is an error that names
// what to do.
func TestAmbiguousFormsAreRefused(t *testing.T) {
	const items = "item_id,title\na,One\n"
	for _, c := range []struct{ name, items, rows, want string }{
		{"two columns for one thing", items, "user_id,isbn,book_id,timestamp\nu,a,a,1\n", "both isbn and book_id may be the column item_id"},
		{"ratings up to 7", items, "user_id,item_id,timestamp,rating\nu,a,1,7\n", "--rating-scale 1-7"},
		{"ratings up to 18", items, "user_id,item_id,timestamp,rating\nu,a,1,18\n", "--rating-scale 1-18 or 0-100"},
		{"only events that are not known", items, "user_id,item_id,timestamp,event\nu,a,1,gekauft\n", `--events "gekauft=like"`},
		{"UTF-16 without a mark", "i\x00t\x00e\x00m\x00_\x00i\x00d\x00,\x00t\x00\n\x00", "", "--encoding"},
		{"a day or a month", items + "b,Two\n", "user_id,item_id,timestamp\nu,a,03/04/2020\nu,b,04.03.2020 13:05\n", "write them like 2020-04-03"},
		{"days and months", items + "b,Two\n", "user_id,item_id,timestamp\nu,a,21/04/2020\nu,b,04/21/2020\n", "write them like 2024-09-21"},
		{"days or seconds", items + "b,Two\n", "user_id,item_id,timestamp\nu,a,44087\nu,b,44088\n", "call the column date if they are days"},
		{"an encoding in the header", "item_id,tit\xe9\n", "", "--encoding windows-1252 or gb18030"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := Open(context.Background(), folder(t, map[string]string{"items.csv": c.items, "interactions.csv": c.rows}), Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Open: error %v, want %q in it", err, c.want)
			}
		})
	}
	if _, _, err := Open(context.Background(), folder(t, map[string]string{"items.csv": items, "interactions.csv": "user_id,item_id\nu,a\n"}), Options{Encoding: "ebcdic"}); err == nil {
		t.Error("an encoding that is not known was taken")
	}
}

// TestScales: ratings of every scale become the stars that they mean.
func TestScales(t *testing.T) {
	for _, c := range []struct {
		name    string
		ratings string
		asked   Scale
		want    []uint8 // half stars
		dropped int
	}{
		{"stars", "0.5 1 3.5 5", Scale{}, []uint8{1, 2, 7, 10}, 0},
		{"of five with 0 for none", "0 3 5", Scale{}, []uint8{0, 6, 10}, 0},
		{"of five with -1 for none", "-1 3 5", Scale{}, []uint8{0, 6, 10}, 0},
		{"of ten", "1 2 6 9 10", Scale{}, []uint8{1, 2, 6, 9, 10}, 0},
		{"of ten with 0 for none", "0 7.5 10", Scale{}, []uint8{0, 8, 10}, 0},
		{"of a hundred", "0 50 100", Scale{}, []uint8{1, 6, 10}, 0},
		{"0 alone, for none", "0 0 0", Scale{}, []uint8{0, 0, 0}, 0},
		{"up or down", "0 1 1", Scale{}, []uint8{1, 10, 10}, 0},
		{"minus or plus", "-1 1 1", Scale{}, []uint8{1, 10, 10}, 0},
		{"thumbs", "down Thumbs_Up 👍", Scale{}, []uint8{1, 10, 10}, 0},
		{"thumbs down alone", "down 👎 thumbs-down", Scale{}, []uint8{1, 1, 1}, 0},
		{"few percent", "5% 10% 9%", Scale{}, []uint8{1, 2, 2}, 0},
		{"shares", "0.05 0.5 1", Scale{}, []uint8{1, 6, 10}, 0},
		{"of seven, asked for", "1 4 7", Scale{1, 7}, []uint8{1, 6, 10}, 0},
		{"of ten, by who gives five at most", "2 4", Scale{1, 10}, []uint8{2, 4}, 0},
		{"a rating above the scale", "1 5 9", Scale{1, 5}, []uint8{2, 10}, 1},
		{"a mistake among many", strings.Repeat("4 ", 2000) + "5 100", Scale{}, append(slices.Repeat([]uint8{8}, 2000), 10), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var items, rows strings.Builder
			items.WriteString("item_id,title\n")
			rows.WriteString("user_id,item_id,timestamp,rating\n")
			for i, r := range strings.Fields(c.ratings) {
				fmt.Fprintf(&items, "%d,Item\n", i)
				fmt.Fprintf(&rows, "u,%d,%d,%s\n", i, 1_600_000_000+i*i, r)
			}
			d, r, err := Open(context.Background(), folder(t, map[string]string{"items.csv": items.String(), "interactions.csv": rows.String()}), Options{Scale: c.asked})
			if err != nil {
				t.Fatal(err)
			}
			var got []uint8
			for _, i := range d.Of(0) {
				got = append(got, i.Stars)
			}
			if _, bad := r.Rows(); !slices.Equal(got, c.want) || bad != c.dropped {
				t.Errorf("half stars %v, %d bad; want %v, %d\n%v", got, bad, c.want, c.dropped, notes(r))
			}
		})
	}
	for text, want := range map[string]Scale{"1-10": {1, 10}, "0-100": {0, 100}, "-1-1": {-1, 1}, "0.5-5": {0.5, 5}} {
		if s, err := ParseScale(text); err != nil || s != want {
			t.Errorf("ParseScale(%q) = %v, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "10", "5-1", "1-1", "-3-3", "0-1000", "1..10", "a-b"} {
		if s, err := ParseScale(text); err == nil {
			t.Errorf("ParseScale(%q) = %v, want an error", text, s)
		}
	}
}

// TestEvents: names are compared without case and what separates words; those that are not
// known are left out and said with their counts, and may be asked for.
func TestEvents(t *testing.T) {
	items := "item_id,title\na,A\nb,B\nc,C\nd,D\ne,E\nf,F\n"
	rows := "user_id,item_id,timestamp,event\nu,a,1,LIKE\nu,b,2,Add-To-Cart\nu,c,3,Dislike\nu,d,4,not interested\nu,e,5,gemerkt\nu,f,6,gemerkt\n"
	files := map[string]string{"items.csv": items, "interactions.csv": rows}
	d, r, err := Open(context.Background(), folder(t, files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(d.Of(0)); n != 2 {
		t.Errorf("%d events say something of taste, want 2", n)
	}
	want := []Drop{{"interactions.csv", "event that says nothing of taste", 2, false, nil}, {"interactions.csv", `event "gemerkt" is not known; left out (--events "gemerkt=like" says what it is)`, 2, false, nil}}
	for i := range r.Drops {
		r.Drops[i].Lines = nil
	}
	if diff := cmp.Diff(want, r.Drops); diff != "" {
		t.Errorf("dropped (-want +got):\n%s", diff)
	}
	d, _, err = Open(context.Background(), folder(t, files), Options{Events: map[string]string{"Gemerkt": "wish list"}})
	if err != nil || len(d.Of(0)) != 4 {
		t.Errorf("with --events: %d events, %v; want 4", len(d.Of(0)), err)
	}
	if _, _, err = Open(context.Background(), folder(t, files), Options{Events: map[string]string{"gemerkt": "gern"}}); err == nil || !strings.Contains(err.Error(), "gern") {
		t.Errorf("an event that stands for no known one: error %v", err)
	}
}

// TestSpellingsOfGenres: those that differ in case only are one.
func TestSpellingsOfGenres(t *testing.T) {
	d, r, err := Open(context.Background(), folder(t, map[string]string{
		"items.csv":        "item_id,title,genres\na,A,drama\nb,B,Drama|None\nc,C,Drama|nan\nd,\"Zone: Dolores, I\",N/A\ne,Final (V),|War|\n",
		"interactions.csv": "user_id,item_id\nu,a\n",
	}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Drama", "War"}, d.Catalog.GenreNames); diff != "" {
		t.Errorf("genres (-want +got):\n%s", diff)
	}
	if !slices.Contains(notes(r), "items.csv: genre drama, read as Drama: 1") {
		t.Errorf("said %q", notes(r))
	}
	if diff := cmp.Diff([]string{"A", "B", "C", "Zone: Dolores, I", "Final (V)"}, d.Catalog.Titles); diff != "" {
		t.Errorf("titles stay as their owner wrote them (-want +got):\n%s", diff)
	}
}

// TestWholeIDs: a column of ids that a program wrote as 5.0 are the ids 5, which a
// shop's pages have; where one id has no .0, all stay as they are.
func TestWholeIDs(t *testing.T) {
	for _, test := range []struct {
		items, rows string
		want        []catalog.ID
		note        string
	}{
		{"5.0,A\n12.0,B\n", "u,5\nv,12.0\n", []catalog.ID{"5", "12"}, "items.csv: ids written as 5.0, read as 5: 2"},
		{"5.0,A\n12,B\n", "u,5\nv,12\n", []catalog.ID{"5.0", "12"}, ""},
		{"5.0,A\n1.5.0,B\n", "u,5.0\nv,1.5.0\n", []catalog.ID{"5.0", "1.5.0"}, ""},
	} {
		d, r, err := Open(t.Context(), folder(t, map[string]string{"items.csv": "item_id,title\n" + test.items, "interactions.csv": "user_id,item_id\n" + test.rows}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(d.Catalog.IDs, test.want) || test.note != "" && !slices.Contains(notes(r), test.note) || len(r.Drops) > 0 {
			t.Errorf("ids %q, want %q; said %q, dropped %v", d.Catalog.IDs, test.want, notes(r), r.Drops)
		}
		if row, ok := d.Catalog.Row(test.want[1]); len(d.Interactions) != 2 || !ok || row != 1 {
			t.Errorf("%d interactions; %s is row %d, %t", len(d.Interactions), test.want[1], row, ok)
		}
	}
}
