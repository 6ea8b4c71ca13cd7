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
	mostBytes   = 50_000_000 // of a file: import-worker.js has the same bound
	mostEntries = 20_000     // of a saved copy, as of a profile
	batch       = 500        // lines that are taken in at once, so that the page can draw in between
)

// What may be wrong with a file; nothing is imported then.
var (
	errUnreadable = errors.New("no saved copy")
	errMany       = errors.New("more entries than a profile holds")
	errStopped    = errors.New("stopped")
)

// found is what a saved copy holds.
type found struct {
	entries []protocol.Entry
	unused  int // lines or items that no profile could hold
	lines   int // that were read

	tell    func(percent int) // after each batch, nil for no one
	stopped atomic.Bool       // reading is to end
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

// read reads a saved copy, of this format or the one before, in which entries are in the order in
// which they were said, take-backs included. It rests after each batch of
// lines, so it is for goroutines.
func (f *found) read(text string) error {
	text = strings.TrimPrefix(text, "\ufeff")
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
			line.Item, line.Watchlist, line.Before, line.Note = line.Older, nil, nil, nil
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
	if note := line.Note; note != nil {
		e := protocol.Entry{ID: catalog.ID(line.Item), Action: protocol.Note, At: note.At, Text: note.Text}
		if !valid(&e) {
			return false
		}
		f.entries = append(f.entries, e)
	}
	for _, a := range acts {
		e := protocol.Entry{ID: catalog.ID(line.Item), Action: protocol.Action(a.Action), Stars: a.Stars, At: a.At}
		if !valid(&e) {
			f.entries = f.entries[:n]
			return false
		}
		f.entries = append(f.entries, e)
	}
	return len(f.entries) > n
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
