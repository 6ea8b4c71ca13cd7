package dataset

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

const (
	maxRow      = 1 << 20 // bytes of one row
	maxRowLines = 32      // lines of one row, for a quoted field may hold line ends
)

// notUTF8 is why a row that is not is bad.
const notUTF8 = "not UTF-8 (--encoding names another encoding, as windows-1252)"

// table reads rows of fields from a text file: RFC 4180 when quoted, else
// lines split at sep. A row that cannot be read costs that row only.
type table struct {
	sep    string // one byte where quoted
	quoted bool   // RFC 4180 quoting, UTF-8 demanded; else Latin-1 where it is not UTF-8
	line   int    // where the current row begins, counted from 1
	fields [][]byte

	r    *bufio.Reader
	back []byte // lines read ahead and given back
	next int    // number of the next line
	buf  []byte
}

func newTable(r io.Reader, sep string, quoted bool) *table {
	t := &table{sep: sep, quoted: quoted, r: bufio.NewReaderSize(r, 1<<16), next: 1}
	if b, _ := t.r.Peek(3); string(b) == "\xef\xbb\xbf" { // byte order mark
		t.r.Discard(3)
	}
	return t
}

// read makes the next row current. A bad row has a reason and no fields; after
// the last row the error is io.EOF. Empty lines are no rows. The fields are
// valid until the next call.
func (t *table) read() (reason string, err error) {
	for {
		t.fields, t.buf, t.line = t.fields[:0], t.buf[:0], t.next
		if err := t.addLine(); err != nil {
			if err == errLong {
				return "row longer than 1 MiB", nil
			}
			return "", err
		}
		if len(bytes.TrimRight(t.buf, "\r\n")) == 0 {
			continue
		}
		if !t.quoted {
			return t.splitPlain(), nil
		}
		if bytes.IndexByte(t.buf, '"') < 0 {
			reason = t.splitUnquoted()
		} else {
			reason, err = t.readQuoted()
		}
		if reason != "" {
			t.fields = t.fields[:0]
		}
		return reason, err
	}
}

var errLong = errors.New("row too long")

// addLine appends the next line with its end to buf. It returns io.EOF where
// there is none, and errLong when buf would outgrow a row; the rest of such a
// line is skipped.
func (t *table) addLine() error {
	if len(t.back) > 0 {
		i := bytes.IndexByte(t.back, '\n')
		if i < 0 {
			i = len(t.back) - 1
		}
		t.buf = append(t.buf, t.back[:i+1]...)
		t.back = t.back[i+1:]
		t.next++
		return nil
	}
	some, long := false, false
	for {
		part, err := t.r.ReadSlice('\n')
		some = some || len(part) > 0
		if long = long || len(t.buf)+len(part) > maxRow; !long {
			t.buf = append(t.buf, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && (err != io.EOF || !some) {
			return err
		}
		t.next++
		if long {
			return errLong
		}
		return nil
	}
}

// readQuoted reads a row whose first line, in buf, has a quote. When its quotes
// do not work out, that line alone is bad and the lines after it are read again.
func (t *table) readQuoted() (string, error) {
	first := len(t.buf)
	for lines := 1; bytes.Count(t.buf, []byte{'"'})%2 == 1; lines++ {
		if lines == maxRowLines {
			return t.giveBack(first, "quote not closed"), nil
		}
		if err := t.addLine(); err == io.EOF || err == errLong {
			return t.giveBack(first, "quote not closed"), nil
		} else if err != nil {
			return "", err
		}
	}
	var whole []byte
	if len(t.buf) > first {
		whole = bytes.Clone(t.buf)
	}
	reason := t.splitQuoted()
	if reason != "" && whole != nil {
		t.buf = whole
		return t.giveBack(first, reason), nil
	}
	return reason, nil
}

// giveBack returns the lines of buf after the first bytes to the input.
func (t *table) giveBack(first int, reason string) string {
	rest := t.buf[first:]
	t.next -= bytes.Count(rest, []byte{'\n'})
	if n := len(rest); n > 0 && rest[n-1] != '\n' {
		t.next--
	}
	t.back = append(bytes.Clone(rest), t.back...)
	t.fields = t.fields[:0]
	return reason
}

// splitUnquoted splits buf, which has no quote, at sep.
func (t *table) splitUnquoted() string {
	if !utf8.Valid(t.buf) {
		return notUTF8
	}
	b := trimEnd(t.buf)
	for {
		i := bytes.IndexByte(b, t.sep[0])
		if i < 0 {
			t.fields = append(t.fields, b)
			return ""
		}
		t.fields = append(t.fields, b[:i])
		b = b[i+1:]
	}
}

// splitQuoted splits buf by RFC 4180, in place.
func (t *table) splitQuoted() string {
	if !utf8.Valid(t.buf) {
		return notUTF8
	}
	b := trimEnd(t.buf)
	for {
		var f []byte
		if len(b) > 0 && b[0] == '"' {
			w, i := 0, 1
			for ; i < len(b); i++ {
				if b[i] == '"' {
					if i+1 == len(b) || b[i+1] != '"' {
						break
					}
					i++
				}
				b[w] = b[i]
				w++
			}
			if i == len(b) {
				return "quote not closed"
			}
			f, b = b[:w], b[i+1:]
			if len(b) > 0 && b[0] != t.sep[0] {
				return "text after a closing quote"
			}
		} else {
			i := bytes.IndexByte(b, t.sep[0])
			if i < 0 {
				i = len(b)
			}
			f, b = b[:i], b[i:]
			if bytes.IndexByte(f, '"') >= 0 {
				return "quote inside a field that does not begin with one"
			}
		}
		t.fields = append(t.fields, f)
		if len(b) == 0 {
			return ""
		}
		b = b[1:]
	}
}

// splitPlain splits buf at sep, without quoting. Bytes that are not UTF-8 are
// taken for Latin-1, as GroupLens' older sets are.
func (t *table) splitPlain() string {
	b := trimEnd(t.buf)
	if !utf8.Valid(b) {
		var u []byte
		for _, c := range b {
			u = utf8.AppendRune(u, rune(c))
		}
		b = u
	}
	for {
		f, rest, more := bytes.Cut(b, []byte(t.sep))
		t.fields = append(t.fields, f)
		if !more {
			return ""
		}
		b = rest
	}
}

// trimEnd returns b without its line end.
func trimEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte{'\n'})
	return bytes.TrimSuffix(b, []byte{'\r'})
}

// wantFields returns the reason why a row of n fields is bad where want are due.
func wantFields(n, want int) string {
	return strconv.Itoa(n) + " fields where " + strconv.Itoa(want) + " are due"
}
