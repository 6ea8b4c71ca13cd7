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
	pairs := 3
	switch c.Kind {
	case attribute.Text:
		pairs = 4
	case attribute.Number:
		pairs = 6
	case attribute.List:
		pairs = 5
	}
	e.mapOf(pairs)
	e.key("kind")
	e.uint(uint64(c.Kind))
	if c.Kind == attribute.Text || c.Kind == attribute.List {
		e.bin("texts", []byte(c.Texts.All))
	}
	if u := &c.Numbers; c.Kind == attribute.Number {
		e.key("first")
		e.keep(e.EncodeInt(u.First))
		e.key("exponent")
		e.keep(e.EncodeInt(int64(u.Exponent)))
		e.bin("gaps", gapsOf(u.Offsets))
	}
	if c.Kind == attribute.List {
		e.bin("counts", c.Counts)
	}
	e.key("bits")
	e.uint(uint64(c.Bits))
	e.bin("codes", c.Codes)
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
