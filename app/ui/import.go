package ui

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	mostBytes   = 16 << 20  // of a file: 20,000 entries with the longest ids have as many
	mostEntries = 20_000    // of a file, as of a profile
	chunk       = 64 << 10  // bytes that are read at once, so that the page can draw in between
	mostLine    = 2 * chunk // bytes of a line of a CSV file
)

// What may be wrong with a file; nothing is imported then.
var (
	errUnreadable = errors.New("neither a saved copy nor ratings")
	errMany       = errors.New("more entries than a profile holds")
	errStopped    = errors.New("stopped")
)

// columnsError is a CSV file without the columns that are needed.
type columnsError struct{ found []string }

func (columnsError) Error() string { return "not the columns of ratings" }

// found is what a file holds.
type found struct {
	entries []protocol.Entry
	unused  int // lines or items that no profile could hold
}

// readProfile reads a saved copy, of this format or the one before, or ratings
// as CSV with the names of the columns in its first line.
func readProfile(r io.Reader) (found, error) {
	head := make([]byte, chunk)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return found{}, err
	}
	head = bytes.TrimPrefix(head[:n], []byte("\ufeff"))
	r = io.MultiReader(bytes.NewReader(head), r)
	if bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) {
		return readSaved(r)
	}
	return readRatings(r)
}

// readSaved reads a saved copy, element by element.
func readSaved(r io.Reader) (found, error) {
	var f found
	d := json.NewDecoder(r)
	format, list := "", ""
	if _, err := d.Token(); err != nil {
		return found{}, unreadable(err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return found{}, unreadable(err)
		}
		switch key {
		case "format":
			err = d.Decode(&format)
		case "entries", "items":
			list = key.(string)
			err = f.readList(d, list)
		default:
			var skipped json.RawMessage
			err = d.Decode(&skipped)
		}
		if err != nil {
			return found{}, unreadable(err)
		}
	}
	if _, err := d.Token(); err != nil {
		return found{}, unreadable(err)
	}
	if want, known := map[string]string{"sparrow-profile-1": "entries", savedFormat: "items"}[format]; !known || list != want {
		return found{}, errUnreadable
	}
	return f, nil
}

// readList reads the array called name: of items or, in the older format, of
// entries in the order in which they were said, take-backs included.
func (f *found) readList(d *json.Decoder, name string) error {
	if open, err := d.Token(); err != nil || open != json.Delim('[') {
		return errUnreadable
	}
	for d.More() {
		var line struct {
			savedItem
			Older string `json:"movie"` // the format before has another name for the item
		}
		var wrong *json.UnmarshalTypeError
		if err := d.Decode(&line); errors.As(err, &wrong) {
			f.unused++
			continue
		} else if err != nil {
			return err
		}
		if name == "entries" {
			line.savedItem = savedItem{Item: line.Older, savedAct: line.savedAct}
			if line.Action != string(protocol.Rate) {
				line.Stars = 0
			}
		}
		if entries, ok := line.entries(); ok {
			f.entries = append(f.entries, entries...)
		} else {
			f.unused++
		}
		if len(f.entries) > mostEntries {
			return errMany
		}
	}
	_, err := d.Token()
	return err
}

// unreadable returns err if it has a sentence of its own, else errUnreadable.
func unreadable(err error) error {
	if err == errMany || err == errStopped {
		return err
	}
	return errUnreadable
}

// columnNames are what the columns of ratings may be called, without case and
// without what is not a letter: item, stars, and moment, which may be missing.
var columnNames = [3][]string{{"movieid", "itemid", "movie", "item"}, {"rating", "stars"}, {"timestamp", "time", "at"}}

// readRatings reads ratings as CSV. Columns are known by their names alone.
func readRatings(r io.Reader) (found, error) {
	var f found
	var columns []int // place of item, stars and moment in a line, -1 for none
	buffer := make([]byte, 0, mostLine)
	for last := false; !last; {
		n, err := r.Read(buffer[len(buffer):min(len(buffer)+chunk, cap(buffer))])
		buffer = buffer[:len(buffer)+n]
		if last = err == io.EOF; err != nil && !last {
			return found{}, unreadable(err)
		}
		rest := buffer
		for len(rest) > 0 {
			end := bytes.IndexByte(rest, '\n')
			if end < 0 && !last {
				break
			}
			line := rest
			if end >= 0 {
				line, rest = rest[:end], rest[end+1:]
			} else {
				rest = nil
			}
			fields := csvFields(strings.TrimSuffix(string(line), "\r"))
			switch {
			case len(fields) == 1 && fields[0] == "":
			case columns == nil:
				if columns = columnsOf(fields); columns == nil {
					return found{}, columnsError{fields}
				}
			default:
				f.add(fields, columns)
			}
			if len(f.entries) > mostEntries {
				return found{}, errMany
			}
		}
		if len(rest) == cap(buffer) {
			return found{}, errUnreadable
		}
		buffer = buffer[:copy(buffer[:cap(buffer)], rest)]
	}
	if columns == nil {
		return found{}, errUnreadable
	}
	return f, nil
}

// add adds a line of ratings.
func (f *found) add(fields []string, columns []int) {
	at := func(i int) string {
		if c := columns[i]; c >= 0 && c < len(fields) {
			return strings.TrimSpace(fields[c])
		}
		return ""
	}
	stars, _ := strconv.ParseFloat(at(1), 32)
	e := protocol.Entry{ID: catalog.ID(at(0)), Action: protocol.Rate, Stars: float32(stars)}
	var err error
	if text := at(2); text != "" {
		e.At, err = strconv.ParseInt(text, 10, 64)
	}
	if err != nil || !valid(e) || !utf8.ValidString(string(e.ID)) {
		f.unused++
		return
	}
	f.entries = append(f.entries, e)
}

// columnsOf finds item, stars and moment in the names of columns; nil without the
// first two.
func columnsOf(names []string) []int {
	columns := []int{-1, -1, -1}
	for at, name := range names {
		name = strings.Map(func(c rune) rune {
			if c < 'a' || c > 'z' {
				return -1
			}
			return c
		}, strings.ToLower(name))
		for i, known := range columnNames {
			if columns[i] < 0 && slices.Contains(known, name) {
				columns[i] = at
			}
		}
	}
	if columns[0] < 0 || columns[1] < 0 {
		return nil
	}
	return columns
}

// csvFields splits a line at its commas, outside of double quotes.
func csvFields(line string) []string {
	var fields []string
	var field strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"' && quoted && i+1 < len(line) && line[i+1] == '"':
			field.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			fields = append(fields, field.String())
			field.Reset()
		default:
			field.WriteByte(c)
		}
	}
	return append(fields, field.String())
}

// columnList puts names of columns into a sentence: the first ones, not too long,
// with what cannot be shown escaped.
func (w *words) columnList(names []string) string {
	text := ""
	for i, name := range names[:min(8, len(names))] {
		if i > 0 {
			text += w.join
		}
		short := []rune(name)
		text += strconv.QuoteToGraphic(string(short[:min(24, len(short))]))
	}
	if len(names) > 8 {
		text += " …"
	}
	return text
}
