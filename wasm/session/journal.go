package session

import (
	"errors"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
	"sparrow/wasm/wire"
)

// What a profile has beside its log is kept apart from it, as the journal: so an older program of
// another tab, which knows nothing of it, goes on with the log.

// journalVersion is the first value of a journal. Raise it when the bytes change, and keep reading
// the old ones: a visitor's notes must survive.
const journalVersion = 1

// Journal returns what Profile leaves out, as bytes to be kept beside it: a MessagePack array of the
// version, the FNV-1a of Profile's bytes, the notes as arrays of id, Unix seconds and text, and the
// steps as arrays of id, Unix seconds, what is gone and what came. No bytes are an empty one.
func (s *Session) Journal() []byte {
	if len(s.notes) == 0 && len(s.steps) == 0 {
		return nil
	}
	w := &wire.Writer{}
	w.Array(4)
	w.Int(journalVersion)
	w.Int(fingerprint(s.Profile()))
	w.Array(len(s.notes))
	for i := range s.notes {
		writeNote(w, &s.notes[i])
	}
	w.Array(len(s.steps))
	for i := range s.steps {
		c := &s.steps[i]
		w.Array(4)
		w.Int(c.id)
		w.Int(c.at)
		writePlaced(w, c.gone)
		writePlaced(w, c.came)
	}
	return w.Buf
}

// LoadJournal adds to the profile that was loaded last what Journal returned beside it. Steps that
// lead to another profile, since a program that knows no journal changed this one, are dropped.
// After an error, or without bytes, there are no notes and steps.
func (s *Session) LoadJournal(data []byte) error {
	s.notes, s.steps = nil, nil
	if len(data) == 0 {
		return nil
	}
	r := wire.NewReader(data)
	if n := r.Array(); r.Err() == nil && n != 4 {
		r.Fail("a journal has 4 parts, not " + strconv.Itoa(n))
	}
	if v := r.Int(); r.Err() == nil && v != journalVersion {
		r.Fail("version " + strconv.FormatInt(v, 10) + " of journals is not known")
	}
	of := r.Int()
	var notes []protocol.Entry
	for range r.Array() {
		e := readNote(r)
		if r.Err() != nil {
			break
		}
		notes = append(notes, e)
	}
	var steps []step
	for range r.Array() {
		if n := r.Array(); r.Err() == nil && n != 4 {
			r.Fail("a step has 4 parts, not " + strconv.Itoa(n))
		}
		c := step{id: r.Int(), at: r.Int(), gone: readPlaced(r), came: readPlaced(r)}
		if r.Err() == nil && (c.id < 1 || len(steps) > 0 && c.id <= steps[len(steps)-1].id || len(c.gone)+len(c.came) == 0) {
			r.Fail("a step without a number of its own, or without a change")
		}
		if r.Err() != nil {
			break
		}
		steps = append(steps, c)
	}
	r.End()
	if err := r.Err(); err != nil {
		return errors.New("session: journal: " + err.Error())
	}
	if notes = noted(nil, notes); tooLong(notes) {
		return errors.New("session: journal: more notes than a profile holds")
	}
	s.notes = notes
	if of == fingerprint(s.Profile()) {
		s.steps = steps
	}
	return nil
}

// fingerprint returns the FNV-1a of a profile's bytes.
func fingerprint(profile []byte) int64 {
	hash := uint64(14695981039346656037)
	for _, b := range profile {
		hash = (hash ^ uint64(b)) * 1099511628211
	}
	return int64(hash)
}

func writeNote(w *wire.Writer, e *protocol.Entry) {
	w.Array(3)
	w.Str(string(e.ID))
	w.Int(e.At)
	w.Str(e.Text)
}

func readNote(r *wire.Reader) protocol.Entry {
	if n := r.Array(); r.Err() == nil && n != 3 {
		r.Fail("a note has 3 parts, not " + strconv.Itoa(n))
	}
	e := protocol.Entry{ID: catalog.ID(r.Str()), Action: protocol.Note, At: r.Int(), Text: r.Str()}
	if text := fault(&e); r.Err() == nil && text != "" {
		r.Fail(text)
	}
	return e
}

// noteNumber is what a note has in place of the number of its action.
const noteNumber = int64(len(actions))

// writePlaced writes entries with their places, as arrays of place, id, number of the action, half
// stars, Unix seconds and text.
func writePlaced(w *wire.Writer, list []placed) {
	w.Array(len(list))
	for i := range list {
		e, number := &list[i].entry, noteNumber
		for at, action := range actions {
			if action == e.Action {
				number = int64(at)
			}
		}
		w.Array(6)
		w.Int(int64(list[i].place))
		w.Str(string(e.ID))
		w.Int(number)
		w.Int(int64(e.Stars * 2))
		w.Int(e.At)
		w.Str(e.Text)
	}
}

func readPlaced(r *wire.Reader) []placed {
	var list []placed
	for range r.Array() {
		if n := r.Array(); r.Err() == nil && n != 6 {
			r.Fail("an entry of a step has 6 parts, not " + strconv.Itoa(n))
		}
		place, e := r.Int(), protocol.Entry{ID: catalog.ID(r.Str()), Action: protocol.Note}
		number, halves := r.Int(), r.Int()
		e.At, e.Text = r.Int(), r.Str()
		if number < 0 || number > noteNumber || halves < 0 || halves > 10 || place < 0 || place >= 2*maxEntries {
			r.Fail("no such action, stars or place")
		}
		if r.Err() != nil {
			return nil
		}
		if number < noteNumber {
			e.Action = actions[number]
		}
		e.Stars = float32(halves) / 2
		if text := fault(&e); text != "" {
			r.Fail(text)
			return nil
		}
		list = append(list, placed{int32(place), e})
	}
	return list
}
