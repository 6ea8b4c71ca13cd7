package session

import (
	"errors"
	"strconv"

	"sparrow/wasm/catalog"
	"sparrow/wasm/protocol"
	"sparrow/wasm/wire"
)

// storeVersion is the first value of a stored profile. Raise it when the bytes
// change, and keep reading the old ones: a visitor's profile must survive.
const storeVersion = 1

// actions numbers the actions as they are stored. Only ever append.
var actions = [...]protocol.Action{
	protocol.Rate, protocol.Like, protocol.Dislike, protocol.NotInterested, protocol.Watchlist, protocol.Clear,
	protocol.View, protocol.Buy, protocol.Seen,
}

// encode returns log as a browser keeps it: a MessagePack array of the version
// and the entries by time, each an array of id, number of the action, half stars and
// Unix seconds.
func encode(log []protocol.Entry) []byte {
	w := wire.Writer{Buf: make([]byte, 0, 8+16*len(log))}
	w.Array(2)
	w.Int(storeVersion)
	w.Array(len(log))
	for _, e := range log {
		w.Array(4)
		w.Str(string(e.ID))
		for i, a := range actions {
			if a == e.Action {
				w.Int(int64(i))
			}
		}
		w.Int(int64(e.Stars * 2))
		w.Int(e.At)
	}
	return w.Buf
}

// decode reads what encode wrote. No bytes at all are an empty log. Any other
// bytes give an error or at most maxEntries entries, all valid and by time.
func decode(data []byte) ([]protocol.Entry, error) {
	if len(data) == 0 {
		return nil, nil
	}
	r := wire.NewReader(data)
	if n := r.Array(); r.Err() == nil && n != 2 {
		r.Fail("a profile has 2 parts, not " + strconv.Itoa(n))
	}
	if v := r.Int(); r.Err() == nil && v != storeVersion {
		r.Fail("version " + strconv.FormatInt(v, 10) + " of profiles is not known")
	}
	n := r.Array()
	if n > maxEntries {
		r.Fail("more than " + strconv.Itoa(maxEntries) + " entries")
	}
	var log []protocol.Entry
	for range n {
		e := readEntry(r)
		if r.Err() != nil {
			break
		}
		if len(log) > 0 && e.At < log[len(log)-1].At {
			r.Fail("an entry is older than the one before")
			break
		}
		log = append(log, e)
	}
	r.End()
	if err := r.Err(); err != nil {
		return nil, errors.New("session: profile: " + err.Error())
	}
	return log, nil
}

func readEntry(r *wire.Reader) protocol.Entry {
	if n := r.Array(); r.Err() == nil && n != 4 {
		r.Fail("an entry has 4 parts, not " + strconv.Itoa(n))
	}
	e := protocol.Entry{ID: catalog.ID(r.Str())}
	action := r.Int()
	halves := r.Int()
	e.At = r.Int()
	if r.Err() != nil {
		return e
	}
	if action < 0 || action >= int64(len(actions)) || halves < 0 || halves > 10 {
		r.Fail("no such action or stars")
		return e
	}
	e.Action, e.Stars = actions[action], float32(halves)/2
	if text := fault(&e); text != "" {
		r.Fail(text)
	}
	return e
}
