package live

import "strconv"

// read reads what stands below a key.
func (d *decoder) read(k *key, v *value) {
	if v.known {
		d.fail("is there twice")
	}
	v.known = true
	switch most := int(k.most); k.kind {
	case aNumber:
		v.number = d.number(k.least, k.most)
	case aWhole:
		if v.number = d.number(k.least, k.most); v.number != float64(int(v.number)) {
			d.fail("must be whole")
		}
	case aBool:
		if d.r.Bool() {
			v.number = 1
		}
		d.want("true or false")
	case aTime:
		v.number = float64(d.time())
	case texts, numbers:
		d.list(k, v)
	case aProse:
		v.text = d.r.Str()
		d.want("a text")
		d.atMost(len(v.text), most, "bytes")
	default:
		v.text = d.text(1, most)
		if k.kind == anAddress {
			d.checkAddress(v.text)
		} else if k.kind == aCurrency && !capitals(v.text) {
			d.fail("a currency has three capitals, as EUR")
		}
	}
}

// list reads texts, or numbers that are not all 0.
func (d *decoder) list(k *key, v *value) {
	n := d.r.Array()
	d.want("a list")
	d.atMost(n, int(k.most), "entries")
	some := n == 0
	for range n {
		if d.fault != "" {
			return
		}
		if k.kind == texts {
			v.texts, some = append(v.texts, d.text(1, k.bytes)), true
			continue
		}
		x := float32(d.number(-1e6, 1e6))
		v.numbers, some = append(v.numbers, x), some || x != 0
	}
	if !some {
		d.fail("is 0 in all places, and points nowhere")
	}
}

// text reads a text of least to most bytes, without control characters.
func (d *decoder) text(least, most int) string {
	s := d.r.Str()
	d.want("a text")
	d.atMost(len(s), most, "bytes")
	if len(s) < least {
		d.fail("is empty: leave it out")
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			d.fail("has a control character at byte " + strconv.Itoa(i+1))
		}
	}
	return s
}

// checkAddress fails on what no page may set as a link.
func (d *decoder) checkAddress(s string) {
	if !begins(s, "https://") && !begins(s, "http://") && (!begins(s, "/") || begins(s, "//")) {
		d.fail("an address begins with https://, http:// or /")
	}
	for i := range len(s) {
		if s[i] == ' ' || s[i] == '\\' {
			d.fail("an address has no spaces and backslashes")
		}
	}
}

func begins(text, start string) bool {
	return len(text) >= len(start) && text[:len(start)] == start
}

func capitals(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return len(s) == 3
}

// number reads a number in a range of whole ones.
func (d *decoder) number(least, most float64) float64 {
	v := d.r.Float()
	d.want("a number")
	if !(v >= least && v <= most) {
		d.fail("goes from " + strconv.Itoa(int(least)) + " to " + strconv.Itoa(int(most)))
		return 0
	}
	return v
}

func quoted(name string) string { return "\"" + name + "\"" }
