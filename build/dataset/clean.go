package dataset

import (
	"html"
	"strings"
	"unicode"
)

// clean returns a title as people are to read it: HTML's entities decoded, without
// characters that are not shown or turn the direction of what follows, and with
// one space between words; and reports which of the first two it held.
func clean(s string) (title string, entities, hidden bool) {
	if strings.ContainsRune(s, '&') {
		if decoded := html.UnescapeString(s); decoded != s {
			s, entities = decoded, true
		}
	}
	shown := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0xFEFF:
			return -1
		}
		return r
	}, s)
	hidden = len(shown) != len(s) && strings.Join(strings.Fields(shown), "") != strings.Join(strings.Fields(s), "")
	return strings.Join(strings.Fields(shown), " "), entities, hidden
}
