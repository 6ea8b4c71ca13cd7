package wire

// Fields writes a map of named fields and leaves out those that are zero, which
// a reader gives back as zero. Call Close when all are written; the maps inside
// are closed before the one around them.
type Fields struct {
	w  *Writer
	at int // offset of the header in w.Buf
	n  int
}

// Fields opens a map whose size is not known yet.
func (w *Writer) Fields() Fields {
	w.Buf = append(w.Buf, 0x80)
	return Fields{w: w, at: len(w.Buf) - 1}
}

// Key appends the name of a field and returns the writer that its value must
// be appended to next.
func (f *Fields) Key(name string) *Writer {
	f.n++
	f.w.Str(name)
	return f.w
}

// Str appends a field unless v is "".
func (f *Fields) Str(name, v string) {
	if v != "" {
		f.Key(name).Str(v)
	}
}

// Int appends a field unless v is 0.
func (f *Fields) Int(name string, v int64) {
	if v != 0 {
		f.Key(name).Int(v)
	}
}

// Float32 appends a field unless v is 0.
func (f *Fields) Float32(name string, v float32) {
	if v != 0 {
		f.Key(name).Float32(v)
	}
}

// Bool appends a field unless v is false.
func (f *Fields) Bool(name string, v bool) {
	if v {
		f.Key(name).Bool(v)
	}
}

// Close writes the map's size. More than 15 fields are moved on by two bytes, for
// the longer header.
func (f *Fields) Close() {
	w := f.w
	if f.n > 15 {
		w.Array(0) // one byte each, to be moved over
		w.Array(0)
		b := w.Buf[f.at:]
		copy(b[3:], b[1:])
		b[0], b[1], b[2] = 0xde, byte(f.n>>8), byte(f.n)
		return
	}
	w.Buf[f.at] = 0x80 | byte(f.n)
}
