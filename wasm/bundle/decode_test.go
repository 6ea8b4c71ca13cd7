package bundle

import (
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sparrow/wasm/catalog"
	"sparrow/wasm/feature"
)

const golden = "testdata/tiny.v2.bundle"

// goldens are the files in testdata and what they hold.
var goldens = map[string]func() *Bundle{
	golden: tiny, "testdata/tiny.v1.bundle": tiny, "testdata/network.v2.bundle": withNetwork,
	"testdata/golden.v2.bundle": withGolden, "testdata/cells.v2.bundle": withCells,
	"testdata/addresses.v2.bundle":  withAddresses,
	"testdata/profile.v2.bundle":    withProfile,
	"testdata/first.v2.bundle":      withFirst,
	"testdata/attributes.v2.bundle": withAttributes,
	"testdata/given.v2.bundle":      withGiven,
	"testdata/together.v2.bundle":   withTogether,
	"testdata/vocabulary.v2.bundle": withVocabulary,
}

var sameBundle = cmp.Options{cmpopts.IgnoreUnexported(catalog.Catalog{}), cmpopts.EquateEmpty()}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDecodeGivesWhatWasEncoded(t *testing.T) {
	for file, want := range goldens {
		data := readFile(t, file)
		got, err := Decode(data)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if diff := cmp.Diff(want(), got, sameBundle); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
		if r, ok := got.Catalog.Row("3"); r != 1 || !ok {
			t.Errorf("%s: Row(3) = %d, %t, want 1, true", file, r, ok)
		}
	}
}

// TestTablesAreThoseOfTheFile: what is in the file as it is in memory is not copied,
// so that a change of the file is a change of the bundle.
func TestTablesAreThoseOfTheFile(t *testing.T) {
	data := readFile(t, golden)
	b, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	within := func(p unsafe.Pointer) bool {
		return uintptr(p) >= uintptr(unsafe.Pointer(&data[0])) && uintptr(p) <= uintptr(unsafe.Pointer(&data[len(data)-1]))
	}
	for name, p := range map[string]unsafe.Pointer{
		"vectors":        unsafe.Pointer(&b.Retrieval.Out.Data[0]),
		"history's side": unsafe.Pointer(&b.Retrieval.In.Data[0]),
		"weights":        unsafe.Pointer(&b.Transition.Weights[0]),
		"titles":         unsafe.Pointer(unsafe.StringData(b.Catalog.Titles[0])),
		"genres' names":  unsafe.Pointer(unsafe.StringData(b.Catalog.GenreNames[0])),
	} {
		if !within(p) {
			t.Errorf("%s are a copy", name)
		}
	}
}

// TestLowestFindsEvery128: wherever a -128 stands, and wherever memory begins, and
// none where there is none.
func TestLowestFindsEvery128(t *testing.T) {
	all := make([]byte, 64)
	for from := range 9 {
		for length := range 40 {
			b := all[from : from+length]
			for i := range b {
				b[i] = []byte{0, 1, 0x7f, 0x81, 0xff}[i*7%5]
			}
			if got := lowest(b); got != -1 {
				t.Fatalf("lowest(%x) = %d, want -1", b, got)
			}
			for i := range b {
				kept := b[i]
				b[i] = 0x80
				if got := lowest(b); got != i {
					t.Fatalf("lowest(%x) from %d = %d, want %d", b, from, got, i)
				}
				b[len(b)-1] = 0x80
				if got := lowest(b); got != i {
					t.Fatalf("lowest(%x) = %d, want the first, %d", b, got, i)
				}
				b[len(b)-1] = 0x7f
				b[i] = kept
			}
		}
	}
}

// TestTinyHasSomethingOfEverything: a field that is added to a type and
// forgotten here could be forgotten in the format too. What tiny has not,
// withFirst, withAddresses, withAttributes, withTogether or withVocabulary must have.
func TestTinyHasSomethingOfEverything(t *testing.T) {
	var walk func(path string, v, other reflect.Value)
	walk = func(path string, v, other reflect.Value) {
		if v.IsZero() {
			v = other
		}
		if v.IsZero() {
			t.Errorf("%s is zero", path)
			return
		}
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if other.Kind() == reflect.Pointer && !other.IsNil() {
			other = other.Elem()
		}
		if v.Kind() == reflect.Struct && !strings.HasSuffix(path, ".Network") { // whose parts TestGraphsComeBack has
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() && f.Name != "Rated" && f.Name != "Supplement" { // which TestRatedComesBack and TestTwoFilesAreOneBundle have
					walk(path+"."+f.Name, v.Field(i), other.Field(i))
				}
			}
		}
	}
	others := withFirst()
	others.Retrieval.Given = true // which withGiven has
	others.Catalog = withAddresses().Catalog
	others.Catalog.Attributes = withAttributes().Catalog.Attributes
	others.Together = withTogether().Together
	others.Meta.Vocabulary = withVocabulary().Meta.Vocabulary
	others.Meta.Sibling = 1                                 // which TestSiblingComesBack has
	others.Catalog.URLPattern = others.Catalog.ImagePattern // its own is of ids, without numbers
	walk("Bundle", reflect.ValueOf(tiny()), reflect.ValueOf(others))
}

// decodeWithin decodes and fails when that took more memory than FORMAT.md
// allows: four times the input and a mebibyte.
func decodeWithin(t testing.TB, data []byte) (*Bundle, error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b, err := Decode(data)
	runtime.ReadMemStats(&after)
	if n, limit := after.TotalAlloc-before.TotalAlloc, uint64(4*len(data)+1<<20); n > limit {
		t.Errorf("decoding %d bytes allocated %d, the limit is %d", len(data), n, limit)
	}
	return b, err
}

// broken are the files whose every byte is put to the test.
var broken = []string{"testdata/profile.v2.bundle", "testdata/addresses.v2.bundle", "testdata/attributes.v2.bundle", "testdata/together.v2.bundle"}

func TestEveryTruncationIsRefused(t *testing.T) {
	for _, file := range broken {
		data := readFile(t, file)
		for n := range data {
			if _, err := decodeWithin(t, data[:n:n]); err == nil {
				t.Errorf("the first %d of %d bytes of %s were accepted", n, len(data), file)
			}
		}
		if _, err := Decode(append(data, 0)); err == nil || !strings.Contains(err.Error(), "1 bytes after the end") {
			t.Errorf("a byte too many of %s: %v", file, err)
		}
	}
}

// TestFlippedBitsDoNotPanic cannot ask for an error: a changed weight is a
// valid weight. The file's hash is what finds it.
func TestFlippedBitsDoNotPanic(t *testing.T) {
	// What is made of a pattern is made after decoding.
	decoded := func(data []byte) {
		if b, err := decodeWithin(t, data); err == nil {
			for r := range b.Catalog.IDs {
				b.Catalog.URL(catalog.Row(r))
				b.Catalog.Image(catalog.Row(r))
			}
		}
	}
	for _, file := range broken {
		data := readFile(t, file)
		for i := range 8 * len(data) {
			data[i/8] ^= 1 << (i % 8)
			decoded(data)
			data[i/8] ^= 1 << (i % 8)
		}
		rng := rand.New(rand.NewPCG(1, 1))
		for range 5000 {
			mutant := append([]byte(nil), data...)
			for range 1 + rng.IntN(8) {
				mutant[rng.IntN(len(mutant))] = byte(rng.Uint32())
			}
			decoded(mutant)
		}
	}
}

func TestBombsAreRefused(t *testing.T) {
	head := "\x87\xa7sparrow\x01\xa4meta\x80\xa7catalog"
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", "bundle: this is not a Sparrow model file"},
		{"a web page", "<!doctype html><title>404</title>", "bundle: this is not a Sparrow model file"},
		{"another version", "\x87\xa7sparrow\x03" + strings.Repeat("\xc0", 14), "bundle: version 3 of the format; this program reads versions 1 to 2"},
		{"83 million metrics", "\x87\xa7sparrow\x01\xa4meta\x81\xa7metrics\xdd\x04\xff\xff\xff", "bundle: meta: byte 24: array of 83886079 is longer than the 0 bytes left"},
		{"a bin of 4 GiB", head + "\x81\xa6titles\xc6\xff\xff\xff\xff", "bundle: catalog: byte 37: bin needs 4294967295 bytes, 0 are left"},
		{"more movies than the file can hold", head + "\x82\xa6movies\xce\x00\x00\x80\x00\xa0\xc0", "bundle: catalog: byte 37: 32768 items do not fit a file of 39 bytes"},
		{"movies without columns", head + "\x81\xa6movies\x02" + strings.Repeat("\xc0", 8), "bundle: catalog: byte 33: titles: 0 lines, want 2"},
		{"sections in another order", "\x87\xa7sparrow\x01\xa7catalog\x80" + strings.Repeat("\xc0", 10), "bundle: byte 18: section catalog is out of order"},
		{"a section twice", "\x87\xa7sparrow\x01\xa4meta\x80\xa4meta\x80" + strings.Repeat("\xc0", 10), "bundle: meta: byte 21: section meta is out of order"},
		{"only one section, and one of tomorrow's", "\x83\xa7sparrow\x01\xa4meta\x80\xa4soon\x91\xc0", "bundle: byte 23: section catalog is missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := decodeWithin(t, []byte(c.in)); err == nil || err.Error() != c.want {
				t.Errorf("Decode = %v, want %s", err, c.want)
			}
		})
	}
}

// FuzzDecode: no panic and no more memory than allowed. Natively, what was
// accepted is also encoded and decoded again, see TestRoundTrip.
func FuzzDecode(f *testing.F) {
	for file := range goldens {
		f.Add(readFile(f, file))
	}
	f.Add([]byte("\x87\xa7sparrow\x01\xa4meta\x80\xa7catalog\x81\xa6movies\xcd\x10\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := decodeWithin(t, data)
		if err == nil {
			roundTrip(t, b)
		}
	})
}

// TestTablesKnowSetsWhereTheRankerDoes: a ranker of before sees what it always saw, also
// beside a profile, and one that reads a profile which is not there sees no set.
func TestTablesKnowSetsWhereTheRankerDoes(t *testing.T) {
	for _, c := range []struct {
		name           string
		profile, reads bool
		want           bool
	}{{"neither", false, false, false}, {"a profile", true, false, false}, {"a feature", false, true, false}, {"both", true, true, true}} {
		b := withProfile()
		if !c.profile {
			b.Profile = nil
		}
		if c.reads {
			b.Ranking.Features = append(slices.Clone(b.Ranking.Features), feature.ProfileScore.String())
		}
		if tables := b.Tables(); (tables.Set != nil) != c.want || (tables.Speaks != nil) != c.want {
			t.Errorf("%s: the tables know sets: %v, and what speaks for what: %v", c.name, tables.Set != nil, tables.Speaks != nil)
		}
	}
}
