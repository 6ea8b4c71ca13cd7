package attribute

import "sparrow/wasm/vec"

// Pack returns codes that are at most distinct, in as few bits a code as a column may have,
// and how many these are. The bits that are left over are 0.
func Pack(codes []uint32, distinct int) (bits int, packed []byte) {
	bits = 1
	for bits < 32 && uint64(distinct)>>bits != 0 {
		bits *= 2
	}
	packed = make([]byte, (len(codes)*bits+7)/8)
	for i, code := range codes {
		if bits >= 8 {
			for k := range bits / 8 {
				packed[i*bits/8+k] = byte(code >> (8 * k))
			}
			continue
		}
		packed[i*bits>>3] |= byte(code << (i * bits & 7))
	}
	return bits, packed
}

// NewTexts returns the different ones of names, and the code of each name.
func NewTexts(names []string) (t Texts, codes []uint32) {
	codes = make([]uint32, len(names))
	var all []byte
	last := int32(-1)
	for _, i := range vec.Sorted(len(names), func(a, b int32) bool { return names[a] < names[b] }) {
		if last < 0 || names[i] != names[last] {
			all = append(all, names[i]...)
			t.Ends = append(t.Ends, uint32(len(all)))
			all = append(all, '\n')
		}
		codes[i], last = uint32(len(t.Ends)), i
	}
	t.All = string(all)
	return t, codes
}

// NewList returns a column of lists: counts[r] of the indices, one item after the other,
// are those of item r into names.
func NewList(name string, names []string, counts []uint8, indices []uint32) Column {
	texts, codes := NewTexts(names)
	for i, index := range indices {
		indices[i] = codes[index]
	}
	c := Column{Name: name, Kind: List, Texts: texts, Counts: counts}
	c.Bits, c.Codes = Pack(indices, len(texts.Ends))
	return c
}
