package live

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/vmihailenco/msgpack/v5"
	"pgregory.net/rapid"

	"sparrow/wasm/catalog"
)

// object is a document as a library writes it.
type object = map[string]any

// spelling is what two documents that say the same may differ in.
var spelling = cmpopts.IgnoreFields(New{}, "Written")

func packed(t *testing.T, v any) []byte {
	t.Helper()
	b, err := msgpack.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDecodeReadsAllThatTheFormatHas(t *testing.T) {
	got, remarks, err := Decode(packed(t, object{
		"version": 1, "at": "2026-11-30T05:00:00Z",
		"items": object{
			"b": object{"stock": 0, "price": 12.5, "currency": "EUR", "hidden": true, "boost": -0.5, "title": "B", "image": "/b.jpg", "url": "https://shop/b"},
			"a": object{"stock": nil, "price": 3},
			"c": nil,
		},
		"new": object{"n": object{"title": "N", "year": 2026, "genres": []string{"Crime"}, "tags": []string{"sea"}, "text": "Two\nlines", "like": []string{"a", "b"}}},
		"rules": object{
			"second": object{"do": "boost", "where": "year>2000", "by": 0.5, "from": "1970-01-01T00:00:10Z", "until": "1970-01-01T02:00:20.5+02:00"},
			"first":  object{"do": "pin", "items": []string{"a"}},
		},
	}))
	if err == nil {
		slices.SortFunc(got.Rules, func(a, b Rule) int { return strings.Compare(a.Name, b.Name) })
		slices.SortFunc(got.Items, func(a, b Item) int { return strings.Compare(string(a.ID), string(b.ID)) }) // a map has no order
	}
	want := &Overlay{
		At: time.Date(2026, 11, 30, 5, 0, 0, 0, time.UTC).Unix(),
		Items: []Item{
			{ID: "a", Price: Amount{3, true}},
			{ID: "b", Stock: Amount{0, true}, Price: Amount{12.5, true}, Currency: "EUR", Hidden: true, Boost: -0.5, Title: "B", Image: "/b.jpg", URL: "https://shop/b"},
		},
		New: []New{{ID: "n", Title: "N", Year: 2026, Genres: []string{"Crime"}, Tags: []string{"sea"}, Text: "Two\nlines", Like: []catalog.ID{"a", "b"}}},
		Rules: []Rule{
			{Name: "first", Do: Pin, Items: []catalog.ID{"a"}, To: 1},
			{Name: "second", Do: Boost, Where: "year>2000", By: 0.5, From: 10, Until: 20},
		},
	}
	if diff := cmp.Diff(want, got, spelling); err != nil || remarks.Count > 0 || diff != "" {
		t.Errorf("Decode: %v, %v\n%s", remarks, err, diff)
	}
	if got.Items[0].SoldOut() || !got.Items[1].SoldOut() {
		t.Errorf("SoldOut of %+v and %+v: false and true are wanted", got.Items[0], got.Items[1])
	}
	for now, want := range map[int64]bool{9: false, 10: true, 19: true, 20: false} {
		if got := got.Rules[1].Active(now); got != want {
			t.Errorf("Active(%d) of 10 to 20 = %t, want %t", now, got, want)
		}
	}
}

func TestAFaultIsNamedWithItsPlace(t *testing.T) {
	long := strings.Repeat("x", 201)
	for _, c := range []struct {
		name string
		in   object
		want string
	}{
		{"no version", object{}, "version: must be 1"},
		{"another version", object{"version": 2}, "version: must be 1"},
		{"parts that are lists", object{"version": 1, "items": []int{1}}, "items: this is not an object"},
		{"an item that is none", object{"version": 1, "items": object{"a": 3}}, `items "a": this is not an object`},
		{"a long id", object{"version": 1, "items": object{long: object{}}}, `items: has 201 bytes, and may have 200`},
		{"stock in words", object{"version": 1, "items": object{"a": object{"stock": "none"}}}, `items "a", stock: this is not a number`},
		{"a price below 0", object{"version": 1, "items": object{"a": object{"price": -1}}}, `items "a", price: goes from 0 to 1000000000000000`},
		{"a price that is no number", object{"version": 1, "items": object{"a": object{"price": math.NaN()}}}, `items "a", price: goes from 0 to 1000000000000000`},
		{"a boost of 2", object{"version": 1, "items": object{"a": object{"boost": 2}}}, `items "a", boost: goes from -1 to 1`},
		{"hidden as a number", object{"version": 1, "items": object{"a": object{"hidden": 1}}}, `items "a", hidden: this is not true or false`},
		{"a currency in small letters", object{"version": 1, "items": object{"a": object{"currency": "eur"}}}, `items "a", currency: a currency has three capitals, as EUR`},
		{"an address that is code", object{"version": 1, "items": object{"a": object{"url": "javascript:alert(1)"}}}, `items "a", url: an address begins with https://, http:// or /`},
		{"an address of another host", object{"version": 1, "items": object{"a": object{"image": "//evil/x.png"}}}, `items "a", image: an address begins with https://, http:// or /`},
		{"a title of two lines", object{"version": 1, "items": object{"a": object{"title": "x\ny"}}}, `items "a", title: has a control character at byte 2`},
		{"a new item without a title", object{"version": 1, "new": object{"n": object{"year": 2000}}}, `new "n": a new item needs a title`},
		{"half a year", object{"version": 1, "new": object{"n": object{"title": "N", "year": 2000.5}}}, `new "n", year: must be whole`},
		{"two ways to place it", object{"version": 1, "new": object{"n": object{"title": "N", "like": []string{"a"}, "vector": []int{1}}}}, `new "n": has both like and vector: leave one out`},
		{"a vector that points nowhere", object{"version": 1, "new": object{"n": object{"title": "N", "vector": []int{0, 0}}}}, `new "n", vector: is 0 in all places, and points nowhere`},
		{"an unknown action", object{"version": 1, "rules": object{"r": object{"do": "sink", "items": []string{"a"}}}}, `rules "r": do says what a rule does: pin, boost, bury or exclude, not "sink"`},
		{"a rule about nothing", object{"version": 1, "rules": object{"r": object{"do": "exclude"}}}, `rules "r": a rule has either items or where, which say what it is about`},
		{"a pin of a condition", object{"version": 1, "rules": object{"r": object{"do": "pin", "where": "year>1"}}}, `rules "r": a pin needs items, whose places it says, and has no where`},
		{"a boost without by", object{"version": 1, "rules": object{"r": object{"do": "boost", "where": "year>1"}}}, `rules "r": by, above 0 to 1, is of boost and bury, and of nothing else`},
		{"a time without a zone", object{"version": 1, "rules": object{"r": object{"do": "exclude", "items": []string{"a"}, "from": "2026-12-01T00:00:00"}}},
			`rules "r", from: "2026-12-01T00:00:00" is no time: write it as 2026-12-01T00:00:00Z or 2026-12-01T00:00:00+01:00`},
		{"an end before its beginning", object{"version": 1, "rules": object{"r": object{"do": "exclude", "items": []string{"a"}, "from": "2026-12-02T00:00:00Z", "until": "2026-12-01T00:00:00Z"}}},
			`rules "r": until comes before from: the rule never holds`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, err := Decode(packed(t, c.in)); err == nil || err.Error() != "live: "+c.want {
				t.Errorf("Decode(%v) = %v, want live: %s", c.in, err, c.want)
			}
		})
	}
	if _, _, err := Decode(make([]byte, MostBytes+1)); err == nil {
		t.Error("Decode of too many bytes does not fail")
	}
}

func TestAKeyThatIsThereTwice(t *testing.T) {
	b := "\x82\xa7version\x01\xa5items\x81\xa1a\x82\xa5stock\x01\xa5stock\x01"
	if _, _, err := Decode([]byte(b)); err == nil || err.Error() != `live: items "a", stock: is there twice` {
		t.Errorf("Decode(%q) = %v", b, err)
	}
}

func TestUnknownKeysAreNamed(t *testing.T) {
	_, remarks, err := Decode(packed(t, object{"version": 1, "items": object{"a": object{"stok": 0}}}))
	if want := (Remarks{1, []string{`items "a", stok: no such key is known; it is not used`}}); err != nil || !cmp.Equal(remarks, want) {
		t.Errorf("Decode = %v, %v, want %v", remarks, err, want)
	}
	items := object{}
	for i := range 30 {
		items[string(rune('A'+i))] = object{"colour": []any{object{"deep": 1}}}
	}
	_, remarks, err = Decode(packed(t, object{"version": 1, "items": items}))
	if err != nil || remarks.Count != 30 || !strings.HasSuffix(remarks.String(), "and 10 more\n") {
		t.Errorf("30 unknown keys: %v, %v", &remarks, err)
	}
}

// TestTimesAreThoseOfTheLibrary: what package time reads this reads, with the same result.
func TestTimesAreThoseOfTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", 60*rapid.IntRange(-23*60, 23*60).Draw(t, "minutes"))
		at := time.Unix(rapid.Int64Range(100_000, 250_000_000_000).Draw(t, "seconds"), rapid.SampledFrom([]int64{0, 5e8}).Draw(t, "part")).In(zone)
		if text := at.Format(time.RFC3339Nano); at.Year() >= 1970 {
			if got, ok := parseTime(text); !ok || got != at.Unix() {
				t.Errorf("parseTime(%q) = %d, %t, want %d", text, got, ok, at.Unix())
			}
		}
		if got, want := timeText(at.Unix()), at.UTC().Format(time.RFC3339); got != want {
			t.Errorf("timeText(%d) = %q, want %q", at.Unix(), got, want)
		}
	})
	for _, text := range []string{"", "2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+1:00", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01:00"} {
		if got, ok := parseTime(text); ok {
			t.Errorf("parseTime(%q) = %d, want none", text, got)
		}
	}
}

// FuzzDecode: no panic, and what was understood is understood again once it has been
// written.
func FuzzDecode(f *testing.F) {
	full := Overlay{At: 5, Items: []Item{{ID: "a", Stock: Amount{1, true}, Boost: .5, Hidden: true, Title: "T", URL: "/x"}},
		New:   []New{{ID: "n", Title: "N", Year: 3, Genres: []string{"g"}, Like: []catalog.ID{"a"}}, {ID: "o", Title: "O", Vector: []float32{1, 2}}},
		Rules: []Rule{{Name: "p", Do: Pin, Items: []catalog.ID{"a"}, To: 2, Until: 9}, {Name: "q", Do: Bury, Where: "year<3", By: .5}}}
	f.Add(full.encode())
	f.Add([]byte("\x82\xa7version\x01\xa5items\xdf\xff\xff\xff\xff"))
	f.Add([]byte("\x81\xa7version\x02"))
	f.Fuzz(func(t *testing.T, b []byte) {
		o, _, err := Decode(b)
		if err != nil {
			return
		}
		again, remarks, err := Decode(o.encode())
		if err != nil || remarks.Count > 0 || !cmp.Equal(o, again, spelling) {
			t.Errorf("%+v becomes %+v, %v, %v", o, again, remarks, err)
		}
	})
}
