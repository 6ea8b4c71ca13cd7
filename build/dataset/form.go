package dataset

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// peeked is how many bytes of a file decide its form.
const peeked = 1 << 16

// form is how a CSV file is written. The plain one is UTF-8, with commas and line
// feeds.
type form struct {
	encoding encoding.Encoding // nil for UTF-8
	marked   bool              // the encoding is known by a byte order mark
	named    encoding.Encoding // what was asked for, where a mark says another or the text is UTF-8, too
	oldMac   bool              // lines end in a carriage return alone
	sepLine  bool              // the first line is "sep=;", as Excel writes it
	sep      byte
}

// separators are what stands between fields, the first one where a header has none.
const separators = ",;\t|"

// encodingOf returns the encoding that people call name: those of the WHATWG's list,
// https://encoding.spec.whatwg.org/#names-and-labels. It returns nil for UTF-8.
func encodingOf(name string) (encoding.Encoding, error) {
	if name == "" {
		return nil, nil
	}
	e, err := htmlindex.Get(name)
	if err != nil {
		return nil, fmt.Errorf("--encoding %s is not known; it is windows-1252, gb18030, shift_jis, utf-8 or the like", name)
	}
	if canonical, err := htmlindex.Name(e); err == nil && canonical == "utf-8" {
		return nil, nil
	}
	return e, nil
}

// recognize finds the form of what r begins with, and returns a reader of the same
// as UTF-8 with line feeds, behind what is not part of the table. named is the
// encoding that was asked for; a mark wins, as one switch serves several files.
func recognize(r io.Reader, named encoding.Encoding) (*bufio.Reader, form, error) {
	f := form{encoding: named, sep: ','}
	b := bufio.NewReaderSize(r, peeked)
	head, err := b.Peek(peeked)
	if err != nil && err != io.EOF && len(head) == 0 {
		return nil, f, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		f.encoding, f.marked, f.named = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), true, named
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		b.Discard(3)
		f.encoding, f.marked, f.named = nil, true, named
	case beyondASCII(head):
		f.named = named
	}
	if f.encoding != nil {
		b = bufio.NewReaderSize(transform.NewReader(b, f.encoding.NewDecoder()), peeked)
	}
	if head, err = b.Peek(peeked); err != nil && err != io.EOF && len(head) == 0 {
		return nil, f, err
	}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 && !bytes.HasSuffix(head[:bytes.IndexByte(head, '\r')+1], head) {
		f.oldMac = true
		b = bufio.NewReaderSize(transform.NewReader(b, lineFeeds{}), peeked)
		head, _ = b.Peek(peeked)
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") && strings.IndexByte(separators, line[4]) >= 0 {
		f.sepLine, f.sep = true, line[4]
		n := bytes.IndexByte(head, '\n')
		b.Discard(n + 1)
		return b, f, nil
	}
	most := 0
	for i := range len(separators) {
		if n := outsideQuotes(line, separators[i]); n > most {
			f.sep, most = separators[i], n
		}
	}
	return b, f, nil
}

// beyondASCII reports whether head, which may end within a character, is UTF-8 and
// not ASCII alone.
func beyondASCII(head []byte) bool {
	for cut := range min(utf8.UTFMax, len(head)+1) {
		if b := head[:len(head)-cut]; utf8.Valid(b) {
			return slices.ContainsFunc(b, func(c byte) bool { return c >= utf8.RuneSelf })
		}
	}
	return false
}

// outsideQuotes counts a byte where it is in no quoted field.
func outsideQuotes(line []byte, c byte) (n int) {
	quoted := false
	for _, b := range line {
		switch {
		case b == '"':
			quoted = !quoted
		case b == c && !quoted:
			n++
		}
	}
	return n
}

// lineFeeds turns carriage returns into line feeds.
type lineFeeds struct{ transform.NopResetter }

func (lineFeeds) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	n := copy(dst, src)
	for i := range dst[:n] {
		if dst[i] == '\r' {
			dst[i] = '\n'
		}
	}
	if n < len(src) {
		err = transform.ErrShortDst
	}
	return n, n, err
}

// nameOf returns how the WHATWG calls an encoding.
func nameOf(e encoding.Encoding) string {
	name, _ := htmlindex.Name(e)
	return name
}

// String returns in what f differs from the plain form, or "".
func (f form) String() string {
	var parts []string
	text := "text in UTF-8"
	switch {
	case f.encoding != nil && f.marked:
		text = "text in UTF-16"
	case f.encoding != nil:
		text = "text in " + nameOf(f.encoding)
	}
	switch {
	case f.named != nil && f.marked:
		text += ", by its mark, and not in " + nameOf(f.named) + " as --encoding says"
	case f.named != nil:
		text += " as --encoding says, though it is UTF-8, too: where its letters look wrong, save all files in one encoding"
	}
	if f.encoding != nil || f.named != nil {
		parts = append(parts, text)
	}
	if f.oldMac {
		parts = append(parts, "lines that end in a carriage return")
	}
	if f.sepLine {
		parts = append(parts, fmt.Sprintf("a first line sep=%c", f.sep))
	} else if f.sep != ',' {
		parts = append(parts, "fields separated by "+map[byte]string{';': "semicolons", '\t': "tabs", '|': "bars"}[f.sep])
	}
	return strings.Join(parts, ", ")
}

// misread is the error of a header in which what is due is not found, with what
// seems to be the cause.
func misread(in *file, reason string, want []string) error {
	if reason == notUTF8 || slices.ContainsFunc(in.fields, func(f []byte) bool { return bytes.IndexByte(f, 0) >= 0 }) {
		reason = "the text is not UTF-8: save the file as CSV UTF-8, or name its encoding, as in --encoding windows-1252 or gb18030"
	}
	return fmt.Errorf("%s:%d: %s; the first row must name the columns %s", in.name, in.line, reason, strings.Join(want, ", "))
}

// shownNames returns the names of a header for an error.
func shownNames(header [][]byte) string {
	var names []string
	for _, h := range header[:min(len(header), 12)] {
		names = append(names, string(h[:min(len(h), 40)]))
	}
	return strings.Join(names, ", ")
}
