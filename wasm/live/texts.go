package live

import (
	"strconv"
	"unicode/utf8"
)

// text reads a text of least to most bytes, without control characters.
func (d *decoder) text(least, most int) string {
	s := d.r.Str()
	d.kind("a text")
	switch {
	case d.fault != "":
		return ""
	case len(s) < least:
		d.fail("is empty: leave it out")
	case len(s) > most:
		d.fail("has " + strconv.Itoa(len(s)) + " bytes, and may have " + strconv.Itoa(most))
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			d.fail("has a control character at byte " + strconv.Itoa(i+1))
		}
	}
	return s
}

// prose reads a text of several lines.
func (d *decoder) prose() string {
	s := d.r.Str()
	if d.kind("a text"); len(s) > mostText {
		d.fail("has " + strconv.Itoa(len(s)) + " bytes, and may have " + strconv.Itoa(mostText))
	}
	return s
}

// address reads where a picture or a page is: what a page may set as a link.
func (d *decoder) address() string {
	s := d.text(1, mostAddress)
	if s == "" {
		return ""
	}
	if !begins(s, "https://") && !begins(s, "http://") && (s[0] != '/' || begins(s, "//")) {
		d.fail("an address begins with https://, http:// or /")
	}
	for i := range len(s) {
		if s[i] == ' ' || s[i] == '\\' {
			d.fail("an address has no spaces and backslashes")
		}
	}
	return s
}

func begins(text, start string) bool {
	return len(text) >= len(start) && text[:len(start)] == start
}

func (d *decoder) currency() string {
	s := d.text(3, 3)
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			d.fail("a currency has three capitals, as EUR")
		}
	}
	return s
}

// list reads at most so many texts of at most so many bytes.
func list[S ~string](d *decoder, most, bytes int) []S {
	n := d.r.Array()
	if d.kind("a list"); n > most {
		d.fail("has " + strconv.Itoa(n) + " entries, and may have " + strconv.Itoa(most))
		return nil
	}
	var all []S
	for range n {
		all = append(all, S(d.text(1, bytes)))
	}
	return all
}

// vector reads numbers that are not all 0.
func (d *decoder) vector() []float32 {
	n := d.r.Array()
	if d.kind("a list of numbers"); n > mostNumbers {
		d.fail("has " + strconv.Itoa(n) + " numbers, and may have " + strconv.Itoa(mostNumbers))
		return nil
	}
	all, some := make([]float32, n), false
	for i := range all {
		all[i] = float32(d.number(-1e6, 1e6))
		some = some || all[i] != 0
	}
	if n > 0 && !some {
		d.fail("is 0 in all places, and points nowhere")
	}
	return all
}

// number reads a number in a range.
func (d *decoder) number(least, most float64) float64 {
	v := d.r.Float()
	d.kind("a number")
	if !(v >= least && v <= most) {
		d.fail("is " + short(v) + ", and goes from " + short(least) + " to " + short(most))
		return 0
	}
	return v
}

// whole reads a whole number in a range.
func (d *decoder) whole(least, most int) int {
	v := d.number(float64(least), float64(most))
	if v != float64(int(v)) {
		d.fail("is " + short(v) + ", and must be whole")
	}
	return int(v)
}

func short(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// quoted returns a name within quotes, cut where it is long.
func quoted(name string) string {
	if len(name) > mostName {
		n := mostName
		for n > 0 && !utf8.RuneStart(name[n]) {
			n--
		}
		name = name[:n] + "…"
	}
	return "\"" + name + "\""
}
