package wire

// Fields writes a map of at most 15 named fields and leaves out those that are
// zero, which a reader gives back as zero. Call Close when all are written.
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

// Close writes the map's size. It panics if there are more than 15 fields.
func (f *Fields) Close() {
	if f.n > 15 {
		panic("wire: more than 15 fields")
	}
	f.w.Buf[f.at] = 0x80 | byte(f.n)
}
