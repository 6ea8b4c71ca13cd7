package experiment

import (
	"errors"
	"strconv"
)

// Moment is a time in Unix seconds. In JSON it is text as in
// "2026-11-01T00:00:00Z": RFC 3339 in UTC, without fractions of a second.
type Moment int64

const (
	secondsPerDay = 86400
	lastYear      = 9999
)

// daysBefore returns the days from 1970-01-01 to the first of a month, 1 to 12,
// of a year from 1970 on.
func daysBefore(year, month int) int {
	leaps := func(y int) int { return y/4 - y/100 + y/400 } // up to the end of year y
	days := 365*(year-1970) + leaps(year-1) - leaps(1969)
	for m := 1; m < month; m++ {
		days += daysIn(year, m)
	}
	return days
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// UnmarshalText reads a moment of the years 1970 to 9999.
func (m *Moment) UnmarshalText(text []byte) error {
	const form = "0000-00-00T00:00:00Z"
	var fields [6]int // year, month, day, hour, minute, second
	ok := len(text) == len(form)
	field := 0
	for i := 0; ok && i < len(form); i++ {
		switch c := text[i]; {
		case form[i] != '0':
			ok = c == form[i]
			field++
		case c < '0' || c > '9':
			ok = false
		default:
			fields[field] = 10*fields[field] + int(c-'0')
		}
	}
	year, month, day := fields[0], fields[1], fields[2]
	if !ok || year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) ||
		fields[3] > 23 || fields[4] > 59 || fields[5] > 59 {
		return errors.New("experiment: \"" + string(text) + "\" is no moment like 2026-11-01T00:00:00Z")
	}
	*m = Moment((daysBefore(year, month)+day-1)*secondsPerDay + fields[3]*3600 + fields[4]*60 + fields[5])
	return nil
}

// MarshalText writes what UnmarshalText reads.
func (m Moment) MarshalText() ([]byte, error) {
	if m < 0 || int(m/secondsPerDay) >= daysBefore(lastYear+1, 1) {
		return nil, errors.New("experiment: moment " + strconv.FormatInt(int64(m), 10) + " is not in the years 1970 to 9999")
	}
	days, seconds := int(m/secondsPerDay), int(m%secondsPerDay)
	year, month := 1970+days/366, 1
	for daysBefore(year+1, 1) <= days {
		year++
	}
	for daysBefore(year, month)+daysIn(year, month) <= days {
		month++
	}
	var b []byte
	number := func(v int, end byte) {
		if v < 10 {
			b = append(b, '0')
		}
		b = append(strconv.AppendInt(b, int64(v), 10), end)
	}
	number(year, '-')
	number(month, '-')
	number(days-daysBefore(year, month)+1, 'T')
	number(seconds/3600, ':')
	number(seconds/60%60, ':')
	number(seconds%60, 'Z')
	return b, nil
}
