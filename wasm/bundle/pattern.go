package bundle

import (
	"slices"
	"strconv"

	"sparrow/wasm/catalog"
)

// mostAffix is the limit of the bytes that all texts of a pattern have in common,
// on each side: they are in memory once, but in an answer once an item.
const mostAffix = 1024

// pattern reads a pattern, whose texts and numbers are those of the file.
func (d *decoder) pattern() catalog.Pattern {
	if d.Array() != 4 {
		d.Fail("pattern: want [prefix, suffix, digits, numbers]")
	}
	p := catalog.Pattern{Prefix: d.affix(), Suffix: d.affix()}
	digits := d.Uint()
	p.Numbers = d.Bin()
	if digits > uint64(catalog.MostDigits) {
		d.Fail("pattern: " + strconv.FormatUint(digits, 10) + " digits")
	}
	p.Digits = int(digits)
	return p
}

// affix reads what all texts of a pattern begin or end with, which is of one line as
// they are.
func (d *decoder) affix() string {
	b := d.Text()
	if len(b) > mostAffix || slices.Contains(b, '\n') {
		d.Fail("pattern: a prefix or suffix of more than " + strconv.Itoa(mostAffix) + " bytes, or of two lines")
	}
	return text(b)
}

// addresses reads a column of addresses: lines, a pattern, or neither.
func (d *decoder) addresses(name string, lines []byte, p catalog.Pattern, n int) ([]string, *catalog.Pattern) {
	if p.Numbers == nil {
		if lines == nil {
			return nil, nil
		}
		return d.texts(name, lines, n), nil
	}
	if lines != nil || len(p.Numbers)%n != 0 || len(p.Numbers) > 8*n {
		d.Fail(name + ": lines beside a pattern, or other than 0 to 8 bytes an item")
	}
	return nil, &p
}
