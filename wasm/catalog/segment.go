package catalog

// No strings package here: it alone would cost engine.wasm, which has no other
// use for it, 2.4 KB.

const hexDigits = "0123456789abcdef"

// Segment returns text, an id or a name of the catalog's, as one segment of an
// address that is the name of a file, too, on any file system and any host:
// letters, digits, "-" and "_" of ASCII stand for themselves, every other byte is
// "~" and two hexadecimal digits. So is the first byte of what would mean
// something to a program that lists files (a leading "-"), to a host ("index") or
// to Windows ("con"). "~" alone is the empty text. Two texts never share a
// segment; but segments that differ in nothing but case are one file where the file
// system knows no case.
func Segment(text string) string {
	if text == "" {
		return "~"
	}
	b := make([]byte, 0, len(text))
	special := text[0] == '-' || reserved(text)
	for i := range len(text) {
		c := text[i]
		if plain(c) && !(i == 0 && special) {
			b = append(b, c)
			continue
		}
		b = append(b, '~', hexDigits[c>>4], hexDigits[c&15])
	}
	return string(b)
}

// FromSegment returns the text that a segment stands for. It takes every segment:
// what [Segment] would not have written stands for itself, so that an address
// from elsewhere names an item, too, if only one that does not exist.
func FromSegment(segment string) string {
	if segment == "~" {
		return ""
	}
	b := make([]byte, 0, len(segment))
	for i := 0; i < len(segment); i++ {
		if segment[i] == '~' && i+2 < len(segment) {
			high, low := digit(segment[i+1]), digit(segment[i+2])
			if high >= 0 && low >= 0 {
				b = append(b, byte(high<<4|low))
				i += 2
				continue
			}
		}
		b = append(b, segment[i])
	}
	return string(b)
}

// digit returns the value of a hexadecimal digit as [Segment] writes it, or -1.
func digit(c byte) int {
	for i := range len(hexDigits) {
		if hexDigits[i] == c {
			return i
		}
	}
	return -1
}

func plain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}

// reserved reports whether a file may not be called text, whatever follows a dot:
// hosts answer a folder with its index, and the others are devices of Windows.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
func reserved(text string) bool {
	if len(text) > 5 {
		return false
	}
	lower := []byte(text)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	switch name := string(lower); name {
	case "index", "con", "prn", "aux", "nul":
		return true
	default:
		return len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && '0' <= name[3] && name[3] <= '9'
	}
}
