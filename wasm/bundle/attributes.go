package bundle

import (
	"strconv"
	"unicode/utf8"

	"sparrow/wasm/attribute"
)

// attributes reads what the catalog's owner says of the items: a map of columns by name.
func (d *decoder) attributes() {
	columns := d.Map()
	if columns > attribute.MostColumns {
		d.Fail(strconv.Itoa(columns) + " columns, the limit is " + strconv.Itoa(attribute.MostColumns))
		return
	}
	all := make([]attribute.Column, 0, columns)
	for range columns {
		c := attribute.Column{Name: text(d.Text())}
		d.attribute(&c)
		if problem := c.Check(d.bundle.Catalog.Len()); problem != "" {
			d.Fail("column " + c.Name + ": " + problem)
		}
		for i := range all {
			if all[i].Name == c.Name {
				d.Fail("column " + c.Name + " comes twice")
			}
		}
		if d.Err() != nil {
			return
		}
		all = append(all, c)
	}
	if columns > 0 {
		d.bundle.Catalog.Attributes = all
	}
}

// attribute reads a column but for its name. Texts, counts and codes are those of the file.
func (d *decoder) attribute(c *attribute.Column) {
	var gaps []byte
	for range d.Map() {
		switch d.Str() {
		case "kind":
			c.Kind = attribute.Kind(min(d.Uint(), 255))
		case "texts":
			c.Texts.All = text(d.Bin())
		case "first":
			c.Numbers.First = d.Int()
		case "exponent":
			c.Numbers.Exponent = int(d.Int())
		case "gaps":
			gaps = d.Bin()
		case "counts":
			c.Counts = d.Bin()
		case "bits":
			c.Bits = d.small("bits")
		case "codes":
			c.Codes = d.Bin()
		default:
			d.Skip()
		}
	}
	if d.Err() == nil {
		d.ends(c)
		d.offsets(c, gaps)
	}
}

// ends finds the texts of a column, and fails unless they ascend.
func (d *decoder) ends(c *attribute.Column) {
	t, n := &c.Texts, 0
	for i := range len(t.All) {
		if t.All[i] == '\n' {
			n++
		}
	}
	if n > 0 {
		t.Ends = make([]uint32, 0, n)
	}
	start := 0
	for i := range len(t.All) {
		if t.All[i] != '\n' {
			continue
		}
		t.Ends = append(t.Ends, uint32(i))
		if k := len(t.Ends) - 1; i == start || k > 0 && t.At(k-1) >= t.At(k) {
			d.Fail("column " + c.Name + ": text " + strconv.Itoa(k) + " is empty or not behind the one before it")
			return
		}
		start = i + 1
	}
	if start != len(t.All) || !utf8.ValidString(t.All) {
		d.Fail("column " + c.Name + ": its texts are not UTF-8, or the last one has no end")
	}
}

// offsets reads the numbers of a column: what each but the first is above the one before, less one.
func (d *decoder) offsets(c *attribute.Column, gaps []byte) {
	n := 0
	for _, b := range gaps {
		if b < 0x80 {
			n++
		}
	}
	if len(gaps) == 0 {
		return
	}
	c.Numbers.Offsets = make([]uint32, n)
	v := varints{d, "gaps", gaps}
	at := uint64(0)
	for i := range c.Numbers.Offsets {
		if at += uint64(v.next()); i > 0 {
			at++
		}
		if at > 1<<32-1 {
			d.Fail("column " + c.Name + ": its numbers are too far apart")
			return
		}
		c.Numbers.Offsets[i] = uint32(at)
	}
	v.end()
}
