//go:build !js

package bundle

import "sparrow/wasm/attribute"

func (e *encoder) attributes(b *Bundle) {
	e.mapOf(len(b.Catalog.Attributes))
	for i := range b.Catalog.Attributes {
		c := &b.Catalog.Attributes[i]
		e.key(c.Name)
		e.attribute(c)
	}
}

// attribute writes a column but for its name.
func (e *encoder) attribute(c *attribute.Column) {
	e.array(map[attribute.Kind]int{attribute.Text: 4, attribute.Number: 6, attribute.Bool: 3, attribute.List: 5}[c.Kind])
	e.uint(uint64(c.Kind))
	e.uint(uint64(c.Bits))
	e.raw(c.Codes)
	switch u := &c.Numbers; c.Kind {
	case attribute.Text:
		e.raw([]byte(c.Texts.All))
	case attribute.Number:
		e.keep(e.EncodeInt(u.First))
		e.keep(e.EncodeInt(int64(u.Exponent)))
		e.raw(gapsOf(u.Offsets))
	case attribute.List:
		e.raw([]byte(c.Texts.All))
		e.raw(c.Counts)
	}
}

// gapsOf returns what each of the offsets but the first is above the one before, less one.
func gapsOf(offsets []uint32) (gaps []byte) {
	for i, at := range offsets {
		if i > 0 {
			at -= offsets[i-1] + 1
		}
		gaps = appendVarint(gaps, uint64(at))
	}
	return gaps
}
