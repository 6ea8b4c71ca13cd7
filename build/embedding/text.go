package embedding

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxLine is the length of a line that is read: 4,096 numbers and an id.
const maxLine = 1 << 17

// openText opens vectors as word2vec and fastText write them: a line with how many there are
// and their width, then a line each, an id and numbers with spaces between. GloVe has no
// first line; then the second one tells the width. An id may have spaces.
func openText(path string) (*File, error) {
	t := text{path: path}
	err := t.lines(func(at int, line []byte) error {
		fields := bytes.Fields(line)
		switch {
		case at == 1 && len(fields) == 2 && whole(fields[0]) > 0 && whole(fields[1]) > 1:
			t.head, t.promised, t.cols = true, whole(fields[0]), whole(fields[1])
		default:
			t.cols = len(fields) - 1
		}
		return errStop
	})
	switch {
	case err != nil:
		return nil, err
	case t.cols < 1:
		return nil, errors.New("line 1 is no id and numbers: what can be read is .npy, .safetensors, .parquet, and the text of word2vec, fastText and GloVe")
	}
	return &File{unit: "line", rows: -1, read: t.each}, width(t.cols)
}

// whole returns a whole number of text, 0 for anything else.
func whole(text []byte) int {
	n, err := strconv.Atoi(string(text))
	if err != nil {
		return 0
	}
	return n
}

// errStop ends the reading of lines.
var errStop = errors.New("enough")

// text is a file of lines.
type text struct {
	path     string
	head     bool // the first line says how many there are: promised
	promised int
	cols     int
}

// lines calls do for each line of the file, counted from 1, until it returns errStop.
func (t *text) lines(do func(at int, line []byte) error) error {
	f, err := os.Open(t.path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(make([]byte, maxLine), maxLine)
	at := 1
	for ; in.Scan(); at++ {
		line := in.Bytes()
		if !utf8.Valid(line) || bytes.IndexByte(line, 0) >= 0 {
			return fmt.Errorf("line %d is no text in UTF-8: write word2vec's form of text, save_word2vec_format(binary=False), or .npy", at)
		}
		if err := do(at, line); err == errStop {
			return nil
		} else if err != nil {
			return err
		}
	}
	if in.Err() != nil {
		return fmt.Errorf("line %d: %w", at, in.Err())
	}
	return nil
}

// each reads the vectors of the file.
func (t *text) each(row yield) error {
	v, found := make([]float32, t.cols), 0
	err := t.lines(func(at int, line []byte) error {
		line = bytes.TrimSpace(line)
		if at == 1 && t.head || len(line) == 0 {
			return nil
		}
		found++
		id, why := t.parse(v, line)
		if why != "" {
			return row(at, id, nil, why)
		}
		return row(at, id, v, "")
	})
	if err == nil && t.head && found != t.promised {
		return fmt.Errorf("line 1 promises %d vectors, and there are %d: the file is cut short, or two were put together", t.promised, found)
	}
	return err
}

// parse stores the numbers at the end of a line in v and returns what stands before them.
func (t *text) parse(v []float32, line []byte) (id, why string) {
	rest := string(line)
	for c := len(v) - 1; c >= 0; c-- {
		at := strings.LastIndexAny(rest, " \t")
		if at < 0 {
			return rest, fmt.Sprintf("fewer than %d numbers", len(v))
		}
		x, err := strconv.ParseFloat(rest[at+1:], 32)
		if err != nil && !errors.Is(err, strconv.ErrRange) {
			return strings.Fields(rest)[0], fmt.Sprintf("other than %d numbers", len(v))
		}
		v[c], rest = float32(x), strings.TrimRight(rest[:at], " \t")
	}
	return rest, ""
}
