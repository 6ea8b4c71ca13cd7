package catalog

import "unicode/utf8"

// AppendPlain appends the words of text to dst as they compare: in lower case, without
// accents, apostrophes and full stops, with a space after each word. A hyphen ends a word;
// a character of a script without spaces is a word.
func AppendPlain(dst []byte, text string) []byte {
	space := func() {
		if n := len(dst); n > 0 && dst[n-1] != ' ' {
			dst = append(dst, ' ')
		}
	}
	for _, c := range text {
		if several := several(c); several != "" {
			if c == '&' {
				space()
			}
			dst = append(dst, several...)
			if c == '&' {
				space()
			}
			continue
		}
		switch f, role := fold(c); role {
		case letter:
			dst = utf8.AppendRune(dst, f)
		case single:
			space()
			dst = utf8.AppendRune(dst, f)
			space()
		case hyphen, gap:
			space()
		}
	}
	space()
	return dst
}
