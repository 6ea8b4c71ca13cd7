package event

import "encoding/binary"

// Forgotten are visitors of whom nothing is to be kept, whenever it arrived:
// a device that shares again does so under another secret, so what still comes
// in under the old one was under way when they took it back. It takes 64 KB and
// some 40 bytes a visitor.
type Forgotten struct {
	said  map[Visitor]int64
	maybe [1 << 13]uint64 // a bit for the hash of the first 8 bytes of each
}

// NewForgotten returns a set without visitors.
func NewForgotten() *Forgotten { return &Forgotten{said: make(map[Visitor]int64)} }

// Add takes in a visitor and when they last said so, in Unix milliseconds on
// the edge's clock.
func (f *Forgotten) Add(v Visitor, said int64) {
	f.said[v] = max(f.said[v], said)
	word, bit := place(v[:])
	f.maybe[word] |= bit
}

// Len returns how many there are.
func (f *Forgotten) Len() int { return len(f.said) }

// Said returns when a visitor last said so.
func (f *Forgotten) Said(v Visitor) (said int64, ok bool) {
	said, ok = f.said[v]
	return said, ok
}

// place returns where the bit of 8 bytes lies, by Fibonacci hashing.
func place(b []byte) (word, bit uint64) {
	at := binary.LittleEndian.Uint64(b) * 0x9e3779b97f4a7c15 >> (64 - 19)
	return at >> 6, 1 << (at & 63)
}

// Within reports whether the 16 bytes of one of the visitors occur in raw.
func (f *Forgotten) Within(raw []byte) bool {
	if len(f.said) == 0 {
		return false
	}
	for ; len(raw) >= len(Visitor{}); raw = raw[1:] {
		if word, bit := place(raw); f.maybe[word]&bit != 0 {
			if _, is := f.said[Visitor(raw)]; is {
				return true
			}
		}
	}
	return false
}

// Strip returns what [Record.Append] wrote without what the visitors left
// behind: their events, and the dead letters that hold their 16 bytes anywhere.
// It returns raw itself when there is nothing of theirs, and nil when there is
// nothing else: an erasure stays, a damaged record that holds their bytes goes.
func (f *Forgotten) Strip(raw []byte) (kept []byte, changed bool) {
	if !f.Within(raw) {
		return raw, false
	}
	record, err := DecodeRecord(raw)
	switch {
	case err != nil:
		return nil, true
	case !record.Forget(f):
		return raw, false
	case len(record.Events)+len(record.Dead) == 0 && record.Erase == nil:
		return nil, true
	}
	return record.Append(nil), true
}

// Forget takes the visitors' events and letters out of the record, in place,
// and reports whether there were any.
func (r *Record) Forget(f *Forgotten) bool {
	before := len(r.Events) + len(r.Dead)
	events := r.Events[:0]
	for _, raw := range r.Events {
		stamp, err := Check(raw)
		if _, is := f.said[stamp.Visitor]; err == nil && is || err != nil && f.Within(raw) {
			continue
		}
		events = append(events, raw)
	}
	letters := r.Dead[:0]
	for _, l := range r.Dead {
		if !f.Within(l.Raw) {
			letters = append(letters, l)
		}
	}
	r.Events, r.Dead = events, letters
	return len(events)+len(letters) < before
}

// Without returns the segment without what the visitors left behind, see
// [Forgotten.Strip]. All else stays byte for byte, but for a torn tail, which no
// one was told is kept. It returns segment itself when nothing is to go.
func Without(segment []byte, f *Forgotten) []byte {
	var kept []byte
	changed := false
	for b := segment; len(b) > 0; {
		raw, rest, ok := cut(b)
		if !ok {
			changed = true
			break
		}
		whole := b[:len(b)-len(rest)]
		b = rest
		left, less := f.Strip(raw)
		changed = changed || less
		switch {
		case !less:
			kept = append(kept, whole...)
		case left != nil:
			kept = AppendSegment(kept, left)
		}
	}
	if !changed {
		return segment
	}
	return kept
}
