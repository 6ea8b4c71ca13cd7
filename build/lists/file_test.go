package lists

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
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
	n := int(binary.LittleEndian.Uint32(file[8:]))
	at := 12 + 4*listBucket(id, n)
	from, to := binary.LittleEndian.Uint32(file[at:]), binary.LittleEndian.Uint32(file[at+4:])
	for line := range strings.Lines(string(file[from:to])) {
		key, list, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var got catalog.ID
		if err := json.Unmarshal([]byte(key), &got); err != nil {
			t.Fatalf("key %s: %v", key, err)
		}
		if got == id {
			return list
		}
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

func TestListsHead(t *testing.T) {
	head, err := listsHead([]int64{5, 0, 7})
	want := append([]byte("SPRWLST1"), 3, 0, 0, 0, 28, 0, 0, 0, 33, 0, 0, 0, 33, 0, 0, 0, 40, 0, 0, 0)
	if err != nil || !bytes.Equal(head, want) {
		t.Errorf("listsHead(5, 0, 7) = %v, %v, want %v", head, err, want)
	}
	// Magic, B and two offsets are 20 bytes.
	if _, err := listsHead([]int64{math.MaxUint32 - 20}); err != nil {
		t.Errorf("a file of 4 GiB: %v", err)
	}
	if _, err := listsHead([]int64{math.MaxUint32 - 19}); err == nil {
		t.Error("a file of more than 4 GiB is no error")
	}
}
