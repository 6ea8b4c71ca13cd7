//go:build !js

package assets

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// entryOf is an entry of one item.
func entryOf(id string, flags byte, card, reason uint32) string {
	b := append(append([]byte{byte(len(id))}, id...), flags, 1)
	return string(binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, card), reason))
}

func (l listsOf) bytes() []byte {
	b := append([]byte(l.magic), make([]byte, 32)...)
	b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, l.buckets), l.offsets)
	b = append(binary.LittleEndian.AppendUint16(b, l.length), l.text...)
	b = binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(b, l.from), l.to)
	return append(b, l.entries...)
}

// TestBrokenLists spoils a file of one card at byte 48, offsets at 60, and one bucket at 68:
// it is as if it were not there.
func TestBrokenLists(t *testing.T) {
	good := listsOf{magic: listsMagic, buckets: 1, offsets: 60, from: 68, to: 80, text: `{"id":"2"}`, length: 10, entries: entryOf("1", 0, 48, 0)}
	spoilt := func(spoil func(*listsOf)) []byte {
		l := good
		spoil(&l)
		return l.bytes()
	}
	const head = `{"bundle":"0000000000000000000000000000000000000000000000000000000000000000","items":[`
	const list = head + `{"id":"2"}]}`
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"as it should be", good.bytes(), list},
		{"popular items", spoilt(func(l *listsOf) { l.entries = entryOf("1", 1, 48, 0) }), head + `{"id":"2"}],"popular":true}`},
		{"a reason", spoilt(func(l *listsOf) { l.entries = entryOf("1", 0, 48, 48) }), head + `{"id":"2","why":[{"id":"2"}]}]}`},
		{"nothing", nil, ""},
		{"a beginning", []byte(listsMagic), ""},
		{"another version", spoilt(func(l *listsOf) { l.magic = "SPRWLST3" }), ""},
		{"no bucket", spoilt(func(l *listsOf) { l.buckets = 0 }), ""},
		{"more buckets than bytes", spoilt(func(l *listsOf) { l.buckets = 1<<32 - 1 }), ""},
		{"offsets over the beginning", spoilt(func(l *listsOf) { l.offsets = 47 }), ""},
		{"offsets beyond the end", spoilt(func(l *listsOf) { l.offsets = 1<<32 - 1 }), ""},
		{"offsets that go backwards", spoilt(func(l *listsOf) { l.from, l.to = 80, 68 }), ""},
		{"an empty bucket", spoilt(func(l *listsOf) { l.to = 68 }), ""},
		{"a bucket over the offsets", spoilt(func(l *listsOf) { l.from = 67 }), ""},
		{"a bucket beyond the end", spoilt(func(l *listsOf) { l.to = 81 }), ""},
		{"a bucket of four gigabytes", spoilt(func(l *listsOf) { l.to = 1<<32 - 1 }), ""},
		{"the largest bucket", spoilt(func(l *listsOf) { l.to, l.entries = 68+mostBucket, l.entries+strings.Repeat("\x00", mostBucket-12) }), list},
		{"a byte more", spoilt(func(l *listsOf) { l.to, l.entries = 69+mostBucket, l.entries+strings.Repeat("\x00", mostBucket-11) }), ""},
		{"an entry that does not end", spoilt(func(l *listsOf) { l.to = 79 }), ""},
		{"an id that does not end", spoilt(func(l *listsOf) { l.to = 70 }), ""},
		{"an id that begins alike", spoilt(func(l *listsOf) { l.to, l.entries = 81, entryOf("11", 0, 48, 0) }), ""},
		{"the second entry", spoilt(func(l *listsOf) { l.to, l.entries = 93, entryOf("11", 0, 48, 0)+l.entries }), list},
		{"a text over the beginning", spoilt(func(l *listsOf) { l.entries = entryOf("1", 0, 47, 0) }), ""},
		{"a text nowhere", spoilt(func(l *listsOf) { l.entries = entryOf("1", 0, 0, 0) }), ""},
		{"a text beyond the texts", spoilt(func(l *listsOf) { l.entries = entryOf("1", 0, 60, 0) }), ""},
		{"a text beyond the file", spoilt(func(l *listsOf) { l.entries = entryOf("1", 0, 1<<32-1, 0) }), ""},
		{"a text over the end of the texts", spoilt(func(l *listsOf) { l.length = 11 }), ""},
		{"a text that ends too early", spoilt(func(l *listsOf) { l.length = 9 }), ""},
		{"a text that is no object", spoilt(func(l *listsOf) { l.text = `["id":"2"}` }), ""},
		{"a reason that is no text", spoilt(func(l *listsOf) { l.entries = entryOf("1", 0, 48, 50) }), ""},
	} {
		if list, err := findList(bytes.NewReader(c.file), int64(len(c.file)), "1"); err != nil || string(list) != c.want {
			t.Errorf("%s: findList(1) = %s, %v, want %s", c.name, list, err, c.want)
		}
	}
}

// TestTextsOfPages: a text that ends a page is read, one that goes over its end is none, and
// a list does not grow without bound though its texts are one.
func TestTextsOfPages(t *testing.T) {
	card := `{"id":"` + strings.Repeat("x", 60_000) + `"}`
	at := listsPage - 2 - len(card)
	l := listsOf{magic: listsMagic, buckets: 1, text: `{"id":"2"}` + strings.Repeat("\x00", at-60) + string(binary.LittleEndian.AppendUint16(nil, uint16(len(card)))) + card + "beyond", length: 10}
	l.offsets = uint32(listsPage + len("beyond"))
	l.from = l.offsets + 8
	for name, c := range map[string]struct {
		at    int
		times int
		ok    bool
	}{
		"at the end of a page":  {at, 1, true},
		"over the end":          {at + 1, 1, false},
		"in the page behind it": {listsPage, 1, false},
		"sixteen times":         {at, 16, true},
		"eighteen times":        {at, 18, false},
	} {
		l.entries = "\x011\x00" + string(byte(c.times))
		for range c.times {
			l.entries += string(binary.LittleEndian.AppendUint64(nil, uint64(c.at)))
		}
		l.to = l.from + uint32(len(l.entries))
		file := l.bytes()
		if list, err := findList(bytes.NewReader(file), int64(len(file)), "1"); err != nil || (list != nil) != c.ok || c.ok && strings.Count(string(list), card) != c.times {
			t.Errorf("%s: %d bytes, %v, want a list: %v", name, len(list), err, c.ok)
		}
	}
}

// TestEarlierLists: a file of the version before is as none, and its owner is told what to do.
func TestEarlierLists(t *testing.T) {
	dir := t.TempDir()
	b := NewBundles(dir)
	var said []error
	b.Failed = func(err error) { said = append(said, err) }
	for _, text := range []string{listsEarlier, listsEarlier + strings.Repeat("\x01", 100)} {
		if err := os.WriteFile(filepath.Join(dir, listsFile), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		said = nil
		if w := get(Serve(nil, b), "/v1/similar/50.json"); w.Code != 204 || len(said) != 1 || !strings.Contains(said[0].Error(), "go run ./build lists") {
			t.Errorf("a list of a file of version 1 = %d %s, said %v", w.Code, w.Body, said)
		}
	}
}
