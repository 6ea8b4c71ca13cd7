package bundle

import (
	"strings"
	"testing"
)

// TestBrokenPatternsAreRefused: what a file says of a pattern is checked before a
// text is made of it.
func TestBrokenPatternsAreRefused(t *testing.T) {
	const prefix = "https://img.example/p/"
	was := "\xacimagePattern\x94\xb6" + prefix + "\xa4.jpg\x04\xc4\x06\x00\x00\x04\x08\x00\xd3"
	data := string(readFile(t, "testdata/addresses.v2.bundle"))
	if strings.Count(data, was) != 1 {
		t.Fatalf("the golden file has no %q", was)
	}
	for _, c := range []struct{ name, pattern, want string }{
		{"no array of four", "\x93\xa0\xa0\x00", "pattern: want [prefix, suffix, digits, numbers]"},
		{"a prefix that is not UTF-8", "\x94\xa1\xff\xa0\x00\xc4\x00", "string is not UTF-8"},
		{"a prefix too long", "\x94\xda\x04\x01" + strings.Repeat("p", 1025) + "\xa0\x00\xc4\x00", "of more than 1024 bytes"},
		{"a suffix too long", "\x94\xa0\xda\x04\x01" + strings.Repeat("p", 1025) + "\x00\xc4\x00", "of more than 1024 bytes"},
		{"a suffix of two lines", "\x94\xa0\xa1\n\x00\xc4\x00", "of two lines"},
		{"more digits than a number has", "\x94\xa0\xa0\x15\xc4\x00", "pattern: 21 digits"},
		{"digits that are negative", "\x94\xa0\xa0\xff\xc4\x00", "integer is negative"},
		{"numbers that are none", "\x94\xa0\xa0\x00\xc0", "want bin"},
		{"a number cut short", "\x94\xa0\xa0\x00\xc4\x02\x01\x02", "images: lines beside a pattern, or other than 0 to 8 bytes an item"},
		{"numbers of nine bytes", "\x94\xa0\xa0\x00\xc4\x1b" + strings.Repeat("\x00", 27), "images: lines beside a pattern, or other than 0 to 8 bytes an item"},
		{"a pattern of ids beside lines", "\x94\xa0\xa0\x00\xc4\x00\xa6images\xc4\x03\n\n\n", "images: lines beside a pattern"},
	} {
		t.Run(c.name, func(t *testing.T) {
			broken := strings.Replace(data, was, "\xacimagePattern"+c.pattern, 1)
			if strings.Contains(c.pattern, "\xa6images") { // a pair more
				broken = strings.Replace(broken, "\xa7catalog\x8c", "\xa7catalog\x8d", 1)
			}
			_, err := decodeWithin(t, []byte(broken))
			if err == nil || !strings.Contains(err.Error(), "bundle: catalog: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Decode = %v, want … %s …", err, c.want)
			}
		})
	}
}
