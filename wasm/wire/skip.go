package wire

// Raw reads one value of any type and returns its bytes, which share memory
// with the input.
func (r *Reader) Raw() []byte {
	at := r.at
	r.Skip()
	if r.err != nil {
		return nil
	}
	return r.b[at:r.at:r.at]
}

// Skip reads one value of any type, however deep, and drops it. It keeps count
// of the values still to come instead of recursing, so nesting costs no stack.
func (r *Reader) Skip() {
	for todo := 1; todo > 0 && r.err == nil; todo-- {
		at := r.at
		t, ok := r.tag("value")
		if !ok {
			return
		}
		switch {
		case t <= 0x7f, t >= 0xe0, t == 0xc0, t == 0xc2, t == 0xc3: // the tag is the value
		case t <= 0x8f, t == 0xde, t == 0xdf:
			r.at = at
			todo += 2 * r.Map()
		case t <= 0x9f, t == 0xdc, t == 0xdd:
			r.at = at
			todo += r.Array()
		case t <= 0xbf:
			r.take(uint64(t&0x1f), "string")
		case t >= 0xc4 && t <= 0xc6:
			r.take(r.size(1<<(t-0xc4), "bin"), "bin")
		case t >= 0xc7 && t <= 0xc9:
			r.take(r.size(1<<(t-0xc7), "extension")+1, "extension")
		case t == 0xca:
			r.take(4, "float")
		case t == 0xcb:
			r.take(8, "float")
		case t >= 0xcc && t <= 0xd3:
			r.take(1<<((t-0xcc)&3), "integer")
		case t >= 0xd4 && t <= 0xd8:
			r.take(1<<(t-0xd4)+1, "extension")
		case t >= 0xd9 && t <= 0xdb:
			r.take(r.size(1<<(t-0xd9), "string"), "string")
		default:
			r.wrong(at, t, "value")
		}
		// Every value still to come takes a byte: a bound that keeps todo small.
		if todo-1 > len(r.b)-r.at {
			r.failAt(at, "container is longer than the input")
		}
	}
}
