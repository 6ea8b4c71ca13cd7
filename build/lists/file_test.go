package lists

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparrow/wasm/catalog"
)

var update = flag.Bool("update", false, "rewrite testdata")

// goldenLists are the lists of seven items, the ids of some of which are
// written otherwise in addresses or in JSON; no address holds that of the last.
func goldenLists(t *testing.T) (l *lists, similar [][]listed) {
	t.Helper()
	l, err := listsOf(&catalog.Catalog{
		IDs:        []catalog.ID{"50", "a/b", "霸王别姬", `say "hi"\`, "100%", "?#&+ é", "tab\t"},
		Titles:     []string{"Heat", "Either/Or", "霸王别姬", `"Hi" <b>`, "All of It", "Marks", "Tab"},
		Years:      []int16{1995, 2001, 1993, 0, 2020, 1950, 1999},
		Genres:     [][]uint8{{0, 1}, {1}, {}, {}, {0}, {}, {}},
		Images:     []string{"https://img.example/50.jpg?a=1&b=2", "", "", "", "", "", ""},
		URLs:       []string{"https://shop.example/50", "", "https://shop.example/霸王别姬", "", "", "", ""},
		GenreNames: []string{"Action", "Drama"},
	}, strings.Repeat("0123456789abcdef", 4))
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range [][]catalog.Row{{1, 2, 3}, {0, 2}, {0}, {4, 5, 6}, {}, {2}, {0}} {
		list := make([]listed, len(rows))
		for i, r := range rows {
			list[i].row = r
		}
		similar = append(similar, list)
	}
	return l, similar
}

// TestListsGolden fails when the bytes change, which both edges read. If that is
// meant, change the magic, say why in edge/LISTS.md, run go test -update and
// commit edge/testdata.
func TestListsGolden(t *testing.T) {
	l, similar := goldenLists(t)
	var b bytes.Buffer
	if err := l.writeSimilar(&b, similar); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("..", "..", "edge", "testdata", SimilarFile)
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); err != nil || !bytes.Equal(b.Bytes(), want) {
		t.Errorf("writeSimilar writes %q, want %q (%v)", b.Bytes(), want, err)
	}
	for id, want := range map[catalog.ID]string{ // written by hand
		"50":        `{"bundle":"` + strings.Repeat("0123456789abcdef", 4) + `","items":[{"id":"a/b","title":"Either/Or","year":2001,"genres":["Drama"]},{"id":"霸王别姬","title":"霸王别姬","year":1993,"url":"https://shop.example/霸王别姬"},{"id":"say \"hi\"\\","title":"\"Hi\" <b>"}]}`,
		"霸王别姬":      `{"bundle":"` + strings.Repeat("0123456789abcdef", 4) + `","items":[{"id":"50","title":"Heat","year":1995,"genres":["Action","Drama"],"image":"https://img.example/50.jpg?a=1&b=2","url":"https://shop.example/50"}]}`,
		"100%":      `{"bundle":"` + strings.Repeat("0123456789abcdef", 4) + `","items":[]}`,
		"tab\t":     "",
		"not there": "",
	} {
		if got := listIn(t, b.Bytes(), id); got != want {
			t.Errorf("the list of %q is %s, want %s", id, got, want)
		}
	}
}

// listIn reads the list of id as edge/LISTS.md says, without mercy for what is
// not so; "" when there is none.
func listIn(t *testing.T, file []byte, id catalog.ID) string {
	t.Helper()
	number := func(at int) int { return int(binary.LittleEndian.Uint32(file[at:])) }
	text := func(at int) string {
		size := int(binary.LittleEndian.Uint16(file[at:]))
		if at/listsPage != (at+1+size)/listsPage {
			t.Errorf("the text at %d goes over the end of a page", at)
		}
		return string(file[at+2 : at+2+size])
	}
	at := number(44) + 4*listBucket(id, number(40))
	for at, to := number(at), number(at+4); at < to; {
		name := at + 1 + int(file[at])
		list := name + 2
		next := list + 8*int(file[name+1])
		if string(file[at+1:name]) != string(id) {
			at = next
			continue
		}
		var items []string
		for at = list; at < next; at += 8 {
			item := text(number(at))
			if why := number(at + 4); why != 0 {
				item = strings.TrimSuffix(item, "}") + `,"why":[` + text(why) + "]}"
			}
			items = append(items, item)
		}
		popular := map[byte]string{0: "", 1: `,"popular":true`}[file[name]]
		return `{"bundle":"` + hex.EncodeToString(file[8:40]) + `","items":[` + strings.Join(items, ",") + "]" + popular + "}"
	}
	return ""
}

// TestBucket has the values of FNV-1a's authors: http://www.isthe.com/chongo/src/fnv/test_fnv.c.
func TestBucket(t *testing.T) {
	for id, want := range map[catalog.ID]int{"": 0x811c9dc5, "a": 0xe40c292c, "foobar": 0xbf9cf968} {
		if got := listBucket(id, math.MaxUint32); got != want {
			t.Errorf("listBucket(%q) = %#x, want %#x", id, got, want)
		}
	}
}

func TestOffsets(t *testing.T) {
	got, err := offsetsOf(100, []int64{5, 0, 7})
	want := []byte{116, 0, 0, 0, 121, 0, 0, 0, 121, 0, 0, 0, 128, 0, 0, 0}
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("offsetsOf(100, 5, 0, 7) = %v, %v, want %v", got, err, want)
	}
	// Two offsets are 8 bytes.
	if _, err := offsetsOf(100, []int64{math.MaxUint32 - 108}); err != nil {
		t.Errorf("a file of 4 GiB: %v", err)
	}
	if _, err := offsetsOf(100, []int64{math.MaxUint32 - 107}); err == nil {
		t.Error("a file of more than 4 GiB is no error")
	}
}

// TestPages: texts stand one behind the other, none goes over the end of a page, and one
// that no page can hold is an error that names its item.
func TestPages(t *testing.T) {
	titles := []string{strings.Repeat("a", 40_000), strings.Repeat("b", 30_000), "c", strings.Repeat("d", listsPage-listsStart-2-len(`{"id":"3","title":""}`))}
	c := &catalog.Catalog{IDs: []catalog.ID{"0", "1", "2", "3"}, Titles: titles, Years: make([]int16, 4), Genres: make([][]uint8, 4)}
	similar := [][]listed{{{row: 1}, {row: 2}, {row: 3}}, {{row: 0, why: `{"kind":"same-years"}`}}, {{row: 0, why: `{"kind":"same-run"}`}, {row: 1, why: `{"kind":"same-run"}`}}, nil}
	write := func() ([]byte, error) {
		l, err := listsOf(c, strings.Repeat("00", 32))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		err = l.writeSimilar(&b, similar)
		return b.Bytes(), err
	}
	file, err := write()
	if err != nil {
		t.Fatal(err)
	}
	for i, list := range similar {
		var got struct{ Items []listCard }
		if err := json.Unmarshal([]byte(listIn(t, file, c.IDs[i])), &got); err != nil || len(got.Items) != len(list) {
			t.Fatalf("list of %d: %+v, %v", i, got, err)
		}
		for j, item := range list {
			if got.Items[j].Title != titles[item.row] {
				t.Errorf("item %d of the list of %d is %.10s, want %.10s", j, i, got.Items[j].Title, titles[item.row])
			}
		}
	}
	if common := bytes.Index(file, []byte("same-run")); common < 0 || common > bytes.Index(file, []byte("same-years")) {
		t.Error("the reason of most items is not the first text")
	}
	titles[3] += "d"
	if _, err := write(); err == nil || !strings.Contains(err.Error(), `item "3"`) {
		t.Errorf("a card that no page can hold: %v", err)
	}
}

// TestBytesAnItem: lists of twenty with reasons take at most 400 bytes an item, of which
// 188 are the list.
func TestBytesAnItem(t *testing.T) {
	const n = 500
	c := &catalog.Catalog{GenreNames: []string{"Drama"}}
	similar := make([][]listed, n)
	for r := range n {
		c.IDs, c.Years, c.Genres = append(c.IDs, catalog.ID(fmt.Sprint(1000+r))), append(c.Years, 1990), append(c.Genres, []uint8{0})
		c.Titles = append(c.Titles, fmt.Sprintf("A Title of Twenty-Five Letters %d", r))
		for k := range Length {
			similar[r] = append(similar[r], listed{row: catalog.Row((r + k + 1) % n), why: fmt.Sprintf(`{"kind":"same-tags","names":["tag %d"]}`, k)})
		}
	}
	l, err := listsOf(c, strings.Repeat("00", 32))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := l.writeSimilar(&b, similar); err != nil || b.Len() > 400*n {
		t.Errorf("%d bytes for %d items, want at most 400 each (%v)", b.Len(), n, err)
	}
}
