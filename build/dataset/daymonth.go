package dataset

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// daysAndMonths reads dates like 21.09.2024 and 9/21/2024, in which day and month
// can be taken for each other. One with a day after the 12th decides for its file;
// those before it are read with the day first until then, and wait.
type daysAndMonths struct {
	dayFirst, monthFirst bool // such a date was met
	undecided            bool // the last one could be either
	waiting              []int
}

// clocks are what may stand behind such a date.
var clocks = []string{"15:04:05", "15:04", "3:04:05 PM", "3:04 PM", "3:04:05PM", "3:04PM"}

// parse reads a date, with or without an hour, and reports whether it is one.
func (d *daysAndMonths) parse(s string) (at time.Time, hour, ok bool) {
	date, clock, hour := strings.Cut(s, " ")
	i := strings.IndexAny(date, "./-")
	if i < 1 || i > 2 {
		return at, false, false
	}
	parts := strings.Split(strings.TrimSuffix(date, ","), date[i:i+1])
	if len(parts) != 3 || len(parts[1]) > 2 || len(parts[2]) != 4 {
		return at, false, false
	}
	var n [3]int
	for i, part := range parts {
		v, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return at, false, false
		}
		n[i] = int(v)
	}
	day, month := n[0], n[1]
	switch {
	case day > 12:
		d.dayFirst = true
	case month > 12:
		d.monthFirst = true
		day, month = month, day
	case d.monthFirst:
		day, month = month, day
	default:
		d.undecided = !d.dayFirst
	}
	at = time.Date(n[2], time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Day() != day || int(at.Month()) != month {
		return at, false, false
	}
	for _, layout := range clocks {
		if t, err := time.Parse(layout, strings.ToUpper(strings.TrimSpace(clock))); err == nil {
			h, m, s := t.Clock()
			return at.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second), true, true
		}
	}
	return at, false, !hour
}

// dayMonth reads such a moment.
func (t *times) dayMonth(b []byte) (at uint32, reason string, ok bool) {
	when, hour, ok := t.days.parse(string(b))
	if !ok {
		return 0, "", false
	}
	switch s := when.Unix(); {
	case s < 0:
		return 0, "time before 1970", true
	case s > math.MaxUint32:
		return 0, "time after 2106", true
	case hour:
		t.calendar++
		return uint32(s), "", true
	default:
		t.dates++
		return uint32(s), "", true
	}
}

// settleDays decides what comes first in the dates of the file, and turns those
// round that waited for it.
func (c *collector) settleDays(r *Report, file string) error {
	d := &c.times.days
	switch {
	case d.dayFirst && d.monthFirst:
		return errors.New("the times have dates with a day after the 12th in the first place and in the second, as in 21/09/2024 and 09/21/2024: write them like 2024-09-21")
	case d.dayFirst:
		r.say(file, "dates with the day first, as some have a day after the 12th")
	case d.monthFirst:
		r.say(file, "dates with the month first, as some have a day after the 12th")
		for _, i := range d.waiting {
			at := &c.chunks[i/chunkRows].at[i%chunkRows]
			t := time.Unix(int64(*at), 0).UTC()
			days := time.Date(t.Year(), time.Month(t.Day()), int(t.Month()), 0, 0, 0, 0, time.UTC).Sub(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC))
			*at = uint32(int64(*at) + int64(days/time.Second))
		}
	case len(d.waiting) > 0:
		return errors.New("the times have dates that can be read in two ways, as 03/04/2020 can, and no day after the 12th that tells: write them like 2020-04-03")
	}
	return nil
}
