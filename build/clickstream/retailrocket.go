package clickstream

import (
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// retailrocket reads the events.csv of Retailrocket's data set: a first line with the names
// timestamp, visitorid, event, itemid, transactionid, in any order, moments in Unix
// milliseconds, and an order's number with transactions. Prices are not in it.
type retailrocket struct {
	report *Report
	seen   *window
	at     map[string]int // the place of each column; nil before the first line
	width  int
}

// columns are what a file must name; transactionid may be missing.
var columns = []string{"timestamp", "visitorid", "event", "itemid"}

func (f *retailrocket) line(text string, hand func(act)) error {
	fields, err := split(text)
	if f.at == nil {
		return f.header(fields, err)
	}
	if err != nil || len(fields) != f.width {
		f.report.bad(fmt.Sprintf("not the %d fields that the first line names", f.width), text)
		return nil
	}
	a := act{user: fields[f.at["visitorid"]], item: fields[f.at["itemid"]], event: fields[f.at["event"]]}
	a.at, err = unix(fields[f.at["timestamp"]])
	if err != nil {
		f.report.bad("the time is no number", fields[f.at["timestamp"]])
		return nil
	}
	if i, named := f.at["transactionid"]; named && !slices.Contains(none, fields[i]) && f.seen.again("r"+fields[i]+"\x00"+a.item+"\x00"+a.event) {
		f.report.fair("items of an order that came before, left out")
		return nil
	}
	hand(a)
	return nil
}

// header reads the names of the columns.
func (f *retailrocket) header(fields []string, err error) error {
	f.at, f.width = map[string]int{}, len(fields)
	for i, name := range fields {
		f.at[strings.ToLower(strings.TrimSpace(name))] = i
	}
	f.report.Lines--
	if err != nil {
		clear(f.at) // and names none
	}
	for _, name := range columns {
		if _, ok := f.at[name]; !ok {
			return fmt.Errorf("the first line names no column %q; it has to name %s", name, strings.Join(columns, ", "))
		}
	}
	return nil
}

// split returns the fields of a line of CSV, which has no line ends in its fields.
func split(text string) ([]string, error) {
	if !strings.Contains(text, `"`) {
		return strings.Split(text, ","), nil
	}
	return csv.NewReader(strings.NewReader(text)).Read()
}

// unix reads a moment in Unix seconds, milli-, micro- or nanoseconds, by its size.
func unix(text string) (time.Time, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	switch {
	case err != nil:
		return time.Time{}, err
	case n <= 0:
		return time.Time{}, errors.New("not after 1970")
	case n < 1e11:
		return time.Unix(n, 0), nil
	case n < 1e14:
		return time.UnixMilli(n), nil
	case n < 1e17:
		return time.UnixMicro(n), nil
	}
	return time.Unix(0, n), nil
}
