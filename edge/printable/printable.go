// Package printable makes text safe to show in a terminal or a log. Titles, ids
// and messages come from data, and some characters do not show but act: they move
// the cursor, set the window's title, hide what follows or turn it around.
package printable

import (
	"io"
	"sync"
	"unicode/utf8"
)

const hex = "0123456789abcdef"

// acts reports whether r does something instead of showing: the control
// characters but newline and tab, and those that change the direction of text.
func acts(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case r < ' ', r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return true
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // bidi controls
		return true
	}
	return r == 0x2028 || r == 0x2029 || r == 0xfeff // separators of lines, and what marks an order of bytes
}

// Append appends text to dst. What acts is written as \u001b, as in JSON, whose
// meaning therefore stays the same; a byte that is not of UTF-8 as \x9b.
func Append(dst, text []byte) []byte {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch {
		case r == utf8.RuneError && n == 1:
			dst = append(dst, '\\', 'x', hex[text[0]>>4], hex[text[0]&15])
		case acts(r):
			dst = append(dst, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			dst = append(dst, text[:n]...)
		}
		text = text[n:]
	}
	return dst
}

// Writer returns a writer that writes to w what [Append] makes of the text. A
// character may come in several parts. Several goroutines may use it at once.
func Writer(w io.Writer) io.Writer { return &writer{to: w} }

type writer struct {
	mu   sync.Mutex
	to   io.Writer
	part []byte // the beginning of a character
	line []byte
}

func (w *writer) Write(text []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := append(w.part, text...)
	whole := len(all)
	for i := max(0, whole-utf8.UTFMax+1); i < whole; i++ {
		if utf8.RuneStart(all[i]) && !utf8.FullRune(all[i:]) {
			whole = i
		}
	}
	w.line = Append(w.line[:0], all[:whole])
	w.part = append([]byte(nil), all[whole:]...)
	if _, err := w.to.Write(w.line); err != nil {
		return 0, err
	}
	return len(text), nil
}
