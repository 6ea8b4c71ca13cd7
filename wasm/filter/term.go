package filter

import (
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
)

// term is a comparison of one column with values.
type term struct {
	column column
	op     string  // = (also for in), != (not in), <, <=, >, >=
	wanted []uint8 // what the values that are written want, as attribute.Column.Select has it
	same   bool    // it also compares with what an item has
}

// want adds the codes that compare so with a value that as many come before as before says
// and that upTo do not come after. Of != these are the codes to go without.
func (t *term) want(wanted []uint8, before, upTo int) {
	from, to := before, upTo // of the values, from 0 on
	switch t.op {
	case "<":
		from, to = 0, before
	case "<=":
		from = 0
	case ">":
		from, to = upTo, len(wanted)-1
	case ">=":
		to = len(wanted) - 1
	}
	for i := from; i < to; i++ {
		wanted[i+1] = 1
	}
}

// keep stores in dst the items that t holds of.
func (t *term) keep(dst Set, item catalog.Row) {
	wanted := t.wanted
	if t.same {
		codes := t.column.Of(int(item))
		if len(codes) == 0 && t.op != "=" {
			clear(dst) // nothing compares with no value
			return
		}
		wanted = append([]uint8(nil), wanted...)
		for _, code := range codes {
			t.want(wanted, int(code)-1, int(code))
		}
	}
	t.column.Select(dst, wanted, t.op == "!=")
}

// value is one that a text writes.
type value struct {
	at   int // where
	text string
	same bool
}

// add has t compare with v as well. It returns whether t asks for what no item has, and why
// it cannot compare, or "".
func (t *term) add(v value) (absent bool, problem string) {
	c := &t.column
	before, upTo := 0, 0
	switch {
	case v.same:
		t.same = true
		return false, ""
	case c.Kind == attribute.Number:
		x, ok := Decimal(v.text)
		if !ok {
			return false, c.Name + " is a number, and \"" + v.text + "\" is none: write it as 49, 49.90 or -5"
		}
		before, upTo = c.Numbers.Find(x)
	case c.Kind == attribute.Bool:
		switch v.text {
		case "false", "no", "0":
			before, upTo = 0, 1
		case "true", "yes", "1":
			before, upTo = 1, 2
		default:
			return false, c.Name + " is true or false, not \"" + v.text + "\""
		}
	default:
		before, upTo = c.find(v.text)
	}
	t.want(t.wanted, before, upTo)
	return before == upTo && (t.op == "=" || t.op == "!="), ""
}

// Decimal reads a number of at most 15 digits, as filters have it, as the nearest float64: the digits are one
// whole number and the power of ten another, both exact. Package strconv's way brings
// tables along.
func Decimal(text string) (v float64, ok bool) {
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		text = text[1:]
	}
	digits, decimals, point := 0, 0, false
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			v = 10*v + float64(c-'0')
			if digits++; point {
				decimals++
			}
		case c == '.' && !point:
			point = true
		default:
			return 0, false
		}
	}
	if digits == 0 || digits > 15 {
		return 0, false
	}
	if v /= attribute.Power(decimals); negative {
		v = -v
	}
	return v, true
}
