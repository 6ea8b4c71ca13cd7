package ui

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	mostBytes   = 8_000_000 // of a file: 20,000 entries with the longest ids have as many
	mostEntries = 20_000    // of a file, as of a profile
	batch       = 500       // lines that are taken in at once, so that the page can draw in between
)

// What may be wrong with a file; nothing is imported then.
var (
	errUnreadable = errors.New("neither a saved copy nor ratings")
	errMany       = errors.New("more entries than a profile holds")
	errStopped    = errors.New("stopped")
)

// columnsError is a CSV file without the columns that are needed.
type columnsError struct{ found []string }

func (*columnsError) Error() string { return "not the columns of ratings" }

// found is what a file holds.
type found struct {
	entries []protocol.Entry
	unused  int // lines or items that no profile could hold
	lines   int // that were read

	tell    func(percent int) // after each batch, nil for no one
	stopped atomic.Bool       // reading is to end
}

// read reads a saved copy, of this format or the one before, or ratings as CSV
// with the names of the columns in its first line. It rests after each batch of
// lines, so it is for goroutines.
func (f *found) read(text string) error {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return f.readSaved(text)
	}
	return f.readRatings(text)
}

// rest lets the page draw after each batch of lines; part of all are read.
func (f *found) rest(part, all int) error {
	if f.lines++; f.lines%batch == 0 {
		f.tell(100 * part / all)
		time.Sleep(time.Millisecond)
	}
	if f.stopped.Load() {
		return errStopped
	}
	if len(f.entries) > mostEntries {
		return errMany
	}
	return nil
}

// readSaved reads a saved copy. In the format before, entries are in the order in
// which they were said, take-backs included.
func (f *found) readSaved(text string) error {
	var file struct {
		Format  string            `json:"format"`
		Entries []json.RawMessage `json:"entries"` // of the format before
		Items   []json.RawMessage `json:"items"`
	}
	if json.Unmarshal([]byte(text), &file) != nil {
		return errUnreadable
	}
	lines, older := file.Items, file.Format == "sparrow-profile-1"
	if older {
		lines = file.Entries
	} else if file.Format != savedFormat {
		return errUnreadable
	}
	for i, text := range lines {
		var line savedItem
		err := json.Unmarshal(text, &line)
		if older {
			line.Item, line.Watchlist, line.Before = line.Older, nil, nil
			if line.Action != string(protocol.Rate) {
				line.Stars = 0
			}
		}
		if err != nil || !f.add(&line) {
			f.unused++
		}
		if err := f.rest(i, len(lines)); err != nil {
			return err
		}
	}
	return nil
}

// add adds the entries that line stands for, or none when a profile cannot hold
// one of them.
func (f *found) add(line *savedItem) bool {
	acts := line.Before
	if line.Action != "" {
		acts = append(acts, line.savedAct)
	}
	if line.Watchlist != nil {
		acts = append(acts, savedAct{Action: string(protocol.Watchlist), At: *line.Watchlist})
	}
	n := len(f.entries)
	for _, a := range acts {
		e := protocol.Entry{ID: catalog.ID(line.Item), Action: protocol.Action(a.Action), Stars: a.Stars, At: a.At}
		if !valid(&e) {
			f.entries = f.entries[:n]
			return false
		}
		f.entries = append(f.entries, e)
	}
	return len(acts) > 0
}

// readRatings reads ratings as CSV. Columns are known by their names alone.
func (f *found) readRatings(text string) error {
	var columns []int // place of item, stars and moment in a line, -1 for none
	for rest := text; rest != ""; {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		fields := csvFields(strings.TrimSuffix(line, "\r"))
		if len(fields) == 1 && fields[0] == "" {
			continue
		}
		if columns == nil {
			if columns = columnsOf(fields); columns == nil {
				return &columnsError{fields}
			}
			continue
		}
		var three [3]string
		for i, c := range columns {
			if c >= 0 && c < len(fields) {
				three[i] = strings.TrimSpace(fields[c])
			}
		}
		at, err := int64(0), error(nil)
		if three[2] != "" {
			at, err = strconv.ParseInt(three[2], 10, 64)
		}
		stars, _ := strconv.ParseFloat(three[1], 32)
		rated := savedItem{Item: three[0], savedAct: savedAct{string(protocol.Rate), float32(stars), at}}
		if err != nil || !f.add(&rated) {
			f.unused++
		}
		if err := f.rest(len(text)-len(rest), len(text)); err != nil {
			return err
		}
	}
	if columns == nil {
		return errUnreadable
	}
	return nil
}

// columnNames are what the columns of ratings may be called, without case and
// without spaces and low lines: item, stars, and moment, which may be missing.
var columnNames = [3]string{" movieid itemid movie item ", " rating stars ", " timestamp time at "}

// columnsOf finds item, stars and moment in the names of columns; nil without the
// first two.
func columnsOf(names []string) []int {
	columns := []int{-1, -1, -1}
	for at, name := range names {
		name = strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(name, " ", ""), "_", ""))
		for i, known := range columnNames {
			if columns[i] < 0 && name != "" && strings.Contains(known, " "+name+" ") {
				columns[i] = at
			}
		}
	}
	if columns[0] < 0 || columns[1] < 0 {
		return nil
	}
	return columns
}

// csvFields splits a line at its commas, outside of double quotes. A doubled quote
// in quotes is a quote, which names of columns, ids and numbers do not have: it is
// dropped.
func csvFields(line string) []string {
	var fields []string
	var field []byte
	quoted := false
	for i := range len(line) {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			fields, field = append(fields, string(field)), field[:0]
		default:
			field = append(field, c)
		}
	}
	return append(fields, string(field))
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
		text += strconv.Quote(string(short[:min(24, len(short))]))
	}
	return text + when(len(names) > 8, " …")
}
