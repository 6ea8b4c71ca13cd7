package dataset

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"time"
)

// times reads the moments of one file, and counts how they are written.
type times struct {
	millis, micros, nanos    int // Unix time in other units than seconds
	calendar, dates, rounded int // a date and a time, a date alone, 1.6E+09
	layout                   string
	days                     daysAndMonths

	dated         bool // the column's name says that it has dates
	serials, near int  // days since 1900, and what may be such
}

// What a spreadsheet makes of dates from 1954 to 2064, if they are saved as numbers: days
// since the end of 1899. As Unix seconds they are all of 1 January 1970.
const (
	firstSerial, lastSerial = 20_000, 60_000
	serialOf1970            = 25_569
)

// serial reads such a number.
func (t *times) serial(v float64) (uint32, string) {
	if !t.dated {
		t.near++
		return uint32(v), ""
	}
	if v < serialOf1970 {
		return 0, "time before 1970"
	}
	t.serials++
	return uint32(math.Round((v - serialOf1970) * 86400)), ""
}

// ambiguous returns an error where all n moments may be days or seconds.
func (t *times) ambiguous(n int) error {
	if n > 1 && t.near >= n {
		return errors.New("the times lie between 20000 and 60000: as Unix seconds that is one day of 1970, as a spreadsheet's numbers of days 1954 to 2064; call the column date if they are days, or leave it out if they say nothing")
	}
	return nil
}

// layouts are the ways to write a moment that are read, each for the length that it
// has at least. Where no zone is given it is UTC. Days and months that can be taken
// for each other, as in 03/04/2020, are read in daymonth.go.
var layouts = []string{
	time.RFC3339, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05 MST",
	"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04",
	"2006/01/02 15:04:05", "2006/01/02 15:04", "Mon Jan 2 15:04:05 -0700 2006", "Mon Jan _2 15:04:05 2006",
	dateOnly, "2006/01/02", "20060102",
}

const dateOnly = "2006-01-02"

// parse reads a moment; it is 0 where there is none.
func (t *times) parse(b []byte) (at uint32, reason string) {
	var v uint64
	for i, c := range b {
		if c < '0' || c > '9' || i == 10 {
			return t.parseSlow(b)
		}
		v = 10*v + uint64(c-'0')
	}
	if v > math.MaxUint32 || len(b) == 8 && v >= 19900101 && v <= 21001231 {
		return t.parseSlow(b)
	}
	if v >= firstSerial && v <= lastSerial {
		return t.serial(float64(v))
	}
	return uint32(v), ""
}

func (t *times) parseSlow(b []byte) (uint32, string) {
	if isNull(b) {
		return 0, ""
	}
	if v, err := strconv.ParseFloat(string(b), 64); err == nil && len(b) != 8 {
		return t.unix(b, v)
	}
	if t.layout != "" {
		if at, err := time.Parse(t.layout, string(b)); err == nil {
			return t.moment(at)
		}
	}
	for _, layout := range layouts {
		at, err := time.Parse(layout, string(b))
		if err != nil {
			continue
		}
		t.layout = layout
		return t.moment(at)
	}
	if at, reason, ok := t.dayMonth(b); ok {
		return at, reason
	}
	if v, err := strconv.ParseFloat(string(b), 64); err == nil {
		return t.unix(b, v)
	}
	return 0, "time is neither Unix seconds nor like 2020-09-13 13:18:39"
}

// earliest is the first moment, in 1980, that a smaller unit than seconds is taken
// for: 9999999999999 means never, and not a day of 1970 in microseconds.
const earliest = 315_532_800

// unix reads a number: in seconds, or in a smaller unit where seconds would lie after 2106.
func (t *times) unix(b []byte, v float64) (uint32, string) {
	switch {
	case v != v || v < 0:
		return 0, "time before 1970"
	case v >= firstSerial && v <= lastSerial:
		return t.serial(v)
	case v <= math.MaxUint32:
		if bytes.ContainsAny(b, "eE") {
			t.rounded++
		}
	case v < earliest*1e3:
		return 0, "time after 2106"
	case v <= math.MaxUint32*1e3:
		t.millis++
		v /= 1e3
	case v < earliest*1e6:
		return 0, "time after 2106"
	case v <= math.MaxUint32*1e6:
		t.micros++
		v /= 1e6
	case v < earliest*1e9:
		return 0, "time after 2106"
	case v <= math.MaxUint32*1e9:
		t.nanos++
		v /= 1e9
	default:
		return 0, "time after 2106"
	}
	return uint32(v), ""
}

func (t *times) moment(at time.Time) (uint32, string) {
	switch s := at.Unix(); {
	case s < 0:
		return 0, "time before 1970"
	case s > math.MaxUint32:
		return 0, "time after 2106"
	default:
		if len(t.layout) <= len(dateOnly) {
			t.dates++
		} else {
			t.calendar++
		}
		return uint32(s), ""
	}
}

// report says how times are written that are not plain seconds.
func (t *times) report(r *Report, file string) {
	r.note(file, "times as a spreadsheet's numbers of days", t.serials)
	r.note(file, "times in milliseconds", t.millis)
	r.note(file, "times in microseconds", t.micros)
	r.note(file, "times in nanoseconds", t.nanos)
	r.note(file, "times written as a date and a time, UTC where no zone is named", t.calendar)
	r.note(file, "times that are a day without an hour: what happened on one day has no order", t.dates)
	r.note(file, "times in scientific notation, which a spreadsheet has likely rounded", t.rounded)
}
