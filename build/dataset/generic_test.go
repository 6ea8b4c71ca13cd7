package dataset

import (
	"bytes"
	"compress/gzip"
	"context"

	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sparrow/wasm/catalog"
)

func TestGeneric(t *testing.T) {
	dir := folder(t, map[string]string{
		"items.csv": "Item_ID,title,year,genres,image,url,tags,mood\r\n" +
			"a,\"Heat\r\n, The\",1995,Crime|Drama,https://x.test/h.jpg,javascript:alert(1),noir|city,sad\r\n" +
			"b,Alien (1979),,Horror,,https://x.test/b,City,\r\n" +
			"c,\"Broken \"quote,1,,,,,\r\n" +
			"d,,1990,,,,,\r\n" +
			"e,Clerks,soon,,,,,\r\n" +
			"f,Bad \xff byte,,,,,,\r\n" +
			"g,\"never closed,,,,,,\r\n" +
			"h,Last (2001),2002,,,,,",
		"interactions.csv": "timestamp,user_id,item_id,rating,weight,event\n" +
			"30,u,a,4.3,1,rate\n" +
			"20,u,b,,2.5,view\n" +
			"10,u,e,5,0,view\n" +
			"10,u,e,5,1,impression\n" +
			"10,u,e,5,much,view\n" +
			"11,v,h,0.5,1,\n",
	})
	d, r, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []item{
		{"a", "Heat , The", 1995, []string{"Crime", "Drama"}, []string{"city"}, ""},
		{"b", "Alien (1979)", 0, []string{"Horror"}, []string{"city"}, "https://x.test/b"},
		{"e", "Clerks", 0, nil, nil, ""},
		{"h", "Last (2001)", 2002, nil, nil, ""},
	}
	if diff := cmp.Diff(want, items(d.Catalog)); diff != "" {
		t.Errorf("catalog (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"https://x.test/h.jpg", "", "", ""}, d.Catalog.Images); diff != "" {
		t.Errorf("images (-want +got):\n%s", diff)
	}
	// A rating counts in full; a view of weight 2.5 is that of .1 for the .5 of a like, so .5 of it.
	wantHistories := map[string][]Interaction{"u": {{1, 20, 0, 128, 4096}, {0, 30, 9, 0, 0}}, "v": {{3, 11, 1, 0, 0}}}
	if diff := cmp.Diff(wantHistories, histories(d)); diff != "" {
		t.Errorf("interactions (-want +got):\n%s", diff)
	}
	wantLines := []string{
		"items.csv:2: url does not begin with https:// or http://; the item stays without it: javascript:alert(1)",
		"items.csv:5: text after a closing quote",
		"items.csv:6: no title: d",
		"items.csv:7: year is not one; the item stays without it: soon",
		"items.csv:8: not UTF-8 (--encoding names another encoding, as windows-1252)",
		"items.csv:9: quote not closed",
		"items.csv: tag used once only: noir",
		"interactions.csv:4: weight not above 0: 0",
		"interactions.csv:5: event that says nothing of taste: impression",
		"interactions.csv:6: weight is not a number: much",
	}
	if diff := cmp.Diff(wantLines, lines(r)); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
	var table bytes.Buffer
	if err := r.WriteTable(&table); err != nil {
		t.Fatal(err)
	}
	if s := table.String(); !strings.Contains(s, "as windows-1252) (bad)") || !strings.Contains(s, "weight not above 0\n") {
		t.Errorf("WriteTable wrote\n%s", s)
	}
}

func TestGenericWinsAndReadsGzip(t *testing.T) {
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	w.Write([]byte("user_id,item_id,timestamp\n1,x,5\n"))
	w.Close()
	files := map[string]string{
		"items.csv":           "item_id,title\nx,X\n",
		"interactions.csv.gz": gz.String(),
		"movies.dat":          "1::Other (1995)::Drama\n",
		"ratings.dat":         "1::1::5::1\n",
	}
	d, _, err := Open(context.Background(), folder(t, files), Options{})
	if err != nil || d.Catalog.Len() != 1 || d.Catalog.IDs[0] != "x" || len(d.Interactions) != 1 {
		t.Fatalf("Open = %+v, %v; want the generic set", d, err)
	}
	files["interactions.csv.gz"] = gz.String()[:gz.Len()-6]
	if _, _, err = Open(context.Background(), folder(t, files), Options{}); err == nil || !strings.Contains(err.Error(), "cut short") {
		t.Errorf("Open of a cut gzip file: error %v, want one that says so", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	items := "item_id,title\nx,X\n"
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"an empty folder", nil, "holds no data set"},
		{"a missing column", map[string]string{"items.csv": "item_id,words\n", "interactions.csv": ""}, "items.csv:1: no column title"},
		{"an empty file", map[string]string{"items.csv": items, "interactions.csv": ""}, "interactions.csv is empty"},
		{"no usable item", map[string]string{"items.csv": "item_id,title\n", "interactions.csv": "x"}, "no item could be used"},
		{"no usable interaction", map[string]string{"items.csv": items, "interactions.csv": "user_id,item_id,timestamp\n1,y,5\n"}, "no interaction could be used"},
		{"UTF-16", map[string]string{"items.csv": "\xff\xfei\x00t\x00", "interactions.csv": ""}, "no column item_id"},
		{"an encoding that is not known", map[string]string{"items.csv": "item_id,n\xe9\n", "interactions.csv": ""}, "--encoding windows-1252"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := Open(context.Background(), folder(t, c.files), Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Open: error %v, want %q in it", err, c.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Open(ctx, folder(t, map[string]string{"items.csv": items, "interactions.csv": "user_id\n"}), Options{}); err == nil {
		t.Error("Open went on after its context had ended")
	}
}

func TestHistories(t *testing.T) {
	cat := &catalog.Catalog{IDs: []catalog.ID{"a", "b"}}
	cat.Index()
	path := filepath.Join(folder(t, map[string]string{
		"H.csv": "user_id,item_id,timestamp\n7,b,2\n7,a,1\n8,zzz,1\n",
	}), "H.csv")
	d, r, err := Histories(context.Background(), path, cat, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]Interaction{"7": {{0, 1, 0, 0, 0}, {1, 2, 0, 0, 0}}, "8": {}}
	if diff := cmp.Diff(want, histories(d)); diff != "" {
		t.Errorf("histories (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"H.csv:4: unknown item: zzz"}, lines(r)); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

func TestManyGenres(t *testing.T) {
	var b strings.Builder
	b.WriteString("item_id,title,genres\n")
	for i := range 257 {
		b.WriteString("m" + string(rune('a'+i%26)) + strings.Repeat("x", i/26) + ",T,g" + strings.Repeat("y", i) + "\n")
	}
	d, r, err := Open(context.Background(), folder(t, map[string]string{
		"items.csv": b.String(), "interactions.csv": "user_id,item_id,timestamp\n1,ma,1\n",
	}), Options{})
	if err != nil || len(d.Catalog.GenreNames) != 255 || d.Catalog.Len() != 257 || len(d.Catalog.Genres[256]) != 0 {
		t.Fatalf("Open = %v; want 257 movies with 255 genres", err)
	}
	if len(r.Drops) != 1 || r.Drops[0].Count != 2 {
		t.Errorf("drops = %+v, want 2 genres", r.Drops)
	}
}

func TestSynthetic(t *testing.T) {
	s := Shape{Seed: 1, Users: 40, Items: 60, Interactions: 800, Groups: 3}
	dir := t.TempDir()
	if err := s.Write(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	read, r, err := Open(context.Background(), dir, Options{Name: "Synthetic"})
	if err != nil {
		t.Fatal(err)
	}
	made := Synthetic(s)
	if diff := cmp.Diff(made, read, cmp.AllowUnexported(catalog.Catalog{})); diff != "" {
		t.Errorf("made and read differ (-made +read):\n%s", diff)
	}
	if len(r.Drops) != 0 {
		t.Errorf("drops = %+v, want none", r.Drops)
	}
	liked := 0
	for u := range made.Users {
		for _, i := range made.Of(u) {
			if s.Group(i.Row) == u%s.Groups {
				liked++
			}
		}
	}
	if share := float64(liked) / float64(len(made.Interactions)); share < 0.6 {
		t.Errorf("%.2f of the interactions are in the user's own group, want more than 0.6", share)
	}
}
