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
	if len(text) <= len(form) {
		return 0, false
	}
	for i := range len(form) {
		if c := text[i]; form[i] == '0' && !digit(c) || form[i] != '0' && c != form[i] && !(form[i] == 'T' && c == 't') {
			return 0, false
		}
	}
	year, month, day := number(text[:4]), number(text[5:7]), number(text[8:10])
	hour, minute, second := number(text[11:13]), number(text[14:16]), number(text[17:19])
	offset, ok := zone(fractionless(text[len(form):]))
	if !ok || year < 1970 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	seconds = int64(days(year, month, day))*daySeconds + int64(hour*3600+minute*60+second-offset)
	return seconds, seconds >= 0
}

// fractionless returns rest without the part of a second that it begins with.
func fractionless(rest string) string {
	n := 0
	if rest[0] == '.' {
		for n = 1; n < len(rest) && digit(rest[n]); n++ {
		}
		if n == 1 {
			return ""
		}
	}
	return rest[n:]
}

// zone returns how many seconds a zone, Z or +01:00, is ahead of universal time.
func zone(text string) (seconds int, ok bool) {
	if text == "Z" || text == "z" {
		return 0, true
	}
	if len(text) != 6 || text[0] != '+' && text[0] != '-' || text[3] != ':' ||
		!digit(text[1]) || !digit(text[2]) || !digit(text[4]) || !digit(text[5]) {
		return 0, false
	}
	hours, minutes := number(text[1:3]), number(text[4:6])
	if seconds = hours*3600 + minutes*60; text[0] == '-' {
		seconds = -seconds
	}
	return seconds, hours <= 23 && minutes <= 59
}

// days returns how many days a date lies behind 1970-01-01.
func days(year, month, day int) (n int) {
	before := year - 1
	n = (year-1970)*365 + before/4 - before/100 + before/400 - (1969/4 - 1969/100 + 1969/400)
	for m := 1; m < month; m++ {
		n += daysOf(year, m)
	}
	return n + day - 1
}

func daysOf(year, month int) int {
	switch {
	case month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	case month == 2:
		return 28
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// number returns the number that digits say.
func number(digits string) (n int) {
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}
