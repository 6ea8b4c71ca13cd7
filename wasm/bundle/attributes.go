package bundle

import (
	"unicode/utf8"

	"sparrow/wasm/attribute"
)

// attributes reads what the catalog's owner says of the items: a map of columns by name.
func (d *decoder) attributes() {
	columns := d.Map()
	if columns > attribute.MostColumns {
		d.Fail("more than 64 columns")
		return
	}
	all := make([]attribute.Column, columns)
	for i := range all {
		c := &all[i]
		c.Name = text(d.Text())
		problem := d.attribute(c)
		if problem == "" {
			problem = c.Check(d.bundle.Catalog.Len())
		}
		for k := range i {
			if all[k].Name == c.Name {
				problem = "it comes twice"
			}
		}
		if problem != "" {
			d.Fail("column " + c.Name + ": " + problem)
		}
		if d.Err() != nil {
			return
		}
	}
	if columns > 0 {
		d.bundle.Catalog.Attributes = all
	}
}

// attribute reads a column but for its name, and returns why its values are none, or "".
// Texts, counts and codes are those of the file.
func (d *decoder) attribute(c *attribute.Column) (problem string) {
	parts, last := d.Array(), -1
	c.Kind, c.Bits, c.Codes = attribute.Kind(min(d.Uint(), 255)), d.small("bits"), d.Bin()
	var texts, gaps []byte
	switch c.Kind {
	case attribute.Text:
		texts, last = d.Bin(), 4
	case attribute.Number:
		c.Numbers.First, c.Numbers.Exponent, gaps, last = d.Int(), int(d.Int()), d.Bin(), 6
	case attribute.Bool:
		last = 3
	case attribute.List:
		texts, c.Counts, last = d.Bin(), d.Bin(), 5
	}
	if parts != last {
		return "it has other parts than its kind"
	}
	if !ascending(&c.Texts, texts) || !d.offsets(&c.Numbers, gaps) {
		return "values are empty, not ascending or too far apart, not UTF-8 or without an end"
	}
	return ""
}

// ascending makes t of lines, and reports whether they are what a column may have.
func ascending(t *attribute.Texts, lines []byte) bool {
	n, start := 0, 0
	for _, b := range lines {
		if b == '\n' {
			n++
		}
	}
	t.All = text(lines)
	t.Ends = make([]uint32, n)
	n = 0
	for i, b := range lines {
		if b != '\n' {
			continue
		}
		t.Ends[n] = uint32(i)
		if i == start || n > 0 && t.At(n-1) >= t.At(n) {
			return false
		}
		n, start = n+1, i+1
	}
	return start == len(lines) && utf8.Valid(lines)
}

// offsets reads the numbers of a column: what each but the first is above the one before,
// less one, and reports whether they are near enough to each other.
func (d *decoder) offsets(u *attribute.Numbers, gaps []byte) bool {
	n, at := 0, uint64(0)
	for _, b := range gaps {
		if b < 0x80 {
			n++
		}
	}
	u.Offsets = make([]uint32, n)
	v := varints{d, "gaps", gaps}
	for i := range u.Offsets {
		if at += uint64(v.next()); i > 0 {
			at++
		}
		if at >= 1<<32 {
			return false
		}
		u.Offsets[i] = uint32(at)
	}
	v.end()
	return true
}
