package catalog

// latin holds what the letters U+00C0 to U+017F (Latin-1 and Latin Extended-A)
// become without their accents, in lower case; a space where that is not one
// letter.
const latin = "aaaaaa ceeeeiiii" + "dnooooo ouuuuy  " + "aaaaaa ceeeeiiii" + "dnooooo ouuuuy y" +
	"aaaaaaccccccccdd" + "ddeeeeeeeeeegggg" + "gggghhhhiiiiiiii" + "ii  jjkkklllllll" +
	"lllnnnnnnnnnoooo" + "oo  rrrrrrssssss" + "ssttttttuuuuuuuu" + "uuuuwwyyyzzzzzzs"

// several returns what a letter becomes that takes more than one, or "".
func several(c rune) string {
	switch c {
	case 'Æ', 'æ':
		return "ae"
	case 'Œ', 'œ':
		return "oe"
	case 'Þ', 'þ':
		return "th"
	case 'ß':
		return "ss"
	case 'Ĳ', 'ĳ':
		return "ij"
	case '&':
		return "and"
	}
	return ""
}

// How a character takes part in a word.
type role uint8

const (
	letter role = iota // belongs to the word
	silent             // as if it were not there: apostrophes, full stops, combining accents
	hyphen             // ends a word; both are also one word: "spiderman"
	gap                // ends a word
	single             // a word by itself: scripts that are written without spaces
)

// fold returns a character in lower case and without accent, and its role.
// Those that become several letters, see several, are letters.
func fold(c rune) (rune, role) {
	switch {
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		return c, letter
	case c >= 'A' && c <= 'Z':
		return c + 'a' - 'A', letter
	case c == '\'', c == '.', c == '’', c == '‘', c == '`', c >= 0x300 && c <= 0x36f:
		return 0, silent
	case c == '-', c == '·', c == '‐', c == '‑':
		return 0, hyphen
	case c < 0xc0, c == '×', c == '÷':
		return 0, gap
	case c < 0x180:
		return rune(latin[c-0xc0]), letter
	case c >= 0x391 && c <= 0x3a9, c >= 0x410 && c <= 0x42f: // Greek, Cyrillic
		return c + 0x20, letter
	case c >= 0x400 && c <= 0x40f:
		return c + 0x50, letter
	case c >= 0x2000 && c < 0x2e80, c >= 0x3000 && c <= 0x3004, c >= 0x3008 && c <= 0x303f, c >= 0xff00 && c <= 0xff0f:
		return 0, gap
	case c >= 0x2e80:
		return c, single
	}
	return c, letter
}
