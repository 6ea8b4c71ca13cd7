package live

const daySeconds = 24 * 60 * 60

// time reads a time as RFC 3339 has it, in Unix seconds. Package time is not for the core.
func (d *decoder) time() int64 {
	text := d.text(1, mostName)
	t, ok := parseTime(text)
	if !ok {
		d.fail(quoted(text) + " is no time: write it as 2026-12-01T00:00:00Z or 2026-12-01T00:00:00+01:00")
	}
	return t
}

// parseTime returns what a time of RFC 3339, section 5.6, is in Unix seconds, from 1970 on.
func parseTime(text string) (seconds int64, ok bool) {
	const form = "0000-00-00T00:00:00"
	var t [8]int // year, month, day, hour, minute, second; hours and minutes of the zone
	rest, ok := scan(t[:6], form, text)
	if begins(rest, ".") {
		n := 1
		for n < len(rest) && digit(rest[n]) {
			n++
		}
		rest, ok = rest[n:], ok && n > 1
	}
	if ok && rest != "Z" && rest != "z" {
		west := begins(rest, "-")
		if west {
			rest = "+" + rest[1:]
		}
		rest, ok = scan(t[6:], "+00:00", rest)
		if ok = ok && rest == "" && t[6] < 24 && t[7] < 60; !west {
			t[6], t[7] = -t[6], -t[7]
		}
	}
	year, month := t[0], t[1]
	if !ok || year < 1970 || month < 1 || month > 12 || t[2] < 1 || t[2] > daysOf(year, month) || t[3] > 23 || t[4] > 59 || t[5] > 59 {
		return 0, false
	}
	seconds = int64(days(year, month)+t[2]-1)*daySeconds + int64((t[3]+t[6])*3600+(t[4]+t[7])*60+t[5])
	return seconds, seconds >= 0
}

// scan stores the numbers of a text that begins as form, which has a 0 for each digit, in dst,
// and returns what comes behind.
func scan(dst []int, form, text string) (rest string, ok bool) {
	at := -1
	for i := range len(form) {
		if i == len(text) {
			return "", false
		}
		c := text[i]
		switch {
		case form[i] != '0':
			if c != form[i] && c != form[i]+'t'-'T' {
				return "", false
			}
		case !digit(c):
			return "", false
		case i == 0 || form[i-1] != '0':
			at++
			fallthrough
		default:
			dst[at] = 10*dst[at] + int(c-'0')
		}
	}
	return text[len(form):], true
}

// days returns how many days the first of a month lies behind 1970-01-01. The year begins
// with March for it, so that the leap day is its last one.
func days(year, month int) int {
	if month -= 3; month < 0 {
		year, month = year-1, month+12
	}
	return 365*year + year/4 - year/100 + year/400 + (153*month+2)/5 - 719468
}

// daysOf returns how many days a month has.
func daysOf(year, month int) int {
	if next := month + 1; next <= 12 {
		return days(year, next) - days(year, month)
	}
	return 31
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
