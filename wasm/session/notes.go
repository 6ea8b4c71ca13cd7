package session

import (
	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
)

const (
	maxNote  = 4_000   // bytes of a note
	maxNotes = 1 << 20 // bytes of all notes
)

// noted returns notes with those of more, by time: of two on one item the later one stays, of one
// moment that of more.
func noted(notes, more []protocol.Entry) []protocol.Entry {
	if len(more) == 0 {
		return notes
	}
	last := make(map[catalog.ID]int)
	list := byTime(append(notes[:len(notes):len(notes)], more...))
	for i, e := range list {
		last[e.ID] = i
	}
	var left []protocol.Entry
	for i, e := range list {
		if last[e.ID] == i {
			left = append(left, e)
		}
	}
	return left
}

// split returns the entries of a log and those that are notes.
func split(entries []protocol.Entry) (log, notes []protocol.Entry) {
	for _, e := range entries {
		if e.Action == protocol.Note {
			notes = append(notes, e)
		} else {
			log = append(log, e)
		}
	}
	return log, notes
}

// tooLong reports whether notes are more than a profile holds.
func tooLong(notes []protocol.Entry) bool {
	bytes := 0
	for i := range notes {
		bytes += len(notes[i].Text)
	}
	return bytes > maxNotes || len(notes) > maxEntries
}
