// Package clickstream reads events as shops' other programs export them, and writes
// them as the interactions.csv that package dataset reads.
package clickstream

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sparrow/build/dataset"
)

// Formats are the names of the forms of files that are read.
var Formats = []string{"retailrocket", "snowplow", "ga4"}

// Options steer [Convert].
type Options struct {
	Format   string                             // one of [Formats]
	Progress func(file string, read, all int64) // bytes of a file; called often; may be nil
}

// act is what someone did with an item.
type act struct {
	user, item string
	at         time.Time // zero where it is not known
	event      string    // as the file has it
	price      float64   // of a piece; 0 where it is not known
	currency   string
	quantity   float64 // 0 where it is not told
}

// reader reads the lines of one file. It reports what is left out of a line by itself, and
// hands each act over.
type reader interface {
	line(text string, hand func(act)) error
}

// Convert reads files, one after the other, and writes a row of interactions.csv for each
// item that an event is about, in their order. It holds a line of a file in memory at a time, and
// the last [remembered] events, of which a second copy is left out.
func Convert(ctx context.Context, w io.Writer, files []string, o Options) (*Report, error) {
	c := &converter{out: csv.NewWriter(w), report: newReport(), seen: newWindow()}
	c.out.Write([]string{"user_id", "item_id", "timestamp", "event", "value", "currency", "quantity"})
	err := each(ctx, files, o.Progress, func(name string, line int, text string, long bool) error {
		c.report.at(name, line)
		return c.take(o.Format, line, text, long)
	})
	if err == nil {
		c.out.Flush()
		err = c.out.Error()
	}
	if err != nil {
		return c.report, fmt.Errorf("clickstream: %w", err)
	}
	if c.report.Rows == 0 {
		return c.report, errors.New("clickstream: no event says what anyone did with an item; is it of another format? --format has " + strings.Join(Formats, ", "))
	}
	return c.report, nil
}

// converter writes acts as rows.
type converter struct {
	out    *csv.Writer
	report *Report
	seen   *window
	form   reader
}

// take takes a line of a file, of which long reports that it was too long to be read.
func (c *converter) take(format string, line int, text string, long bool) error {
	if line == 1 {
		text = strings.TrimPrefix(text, "\ufeff")
		switch format {
		case "retailrocket":
			c.form = &retailrocket{report: c.report, seen: c.seen}
		case "snowplow":
			c.form = &snowplow{report: c.report, seen: c.seen}
		case "ga4":
			c.form = &ga4{report: c.report, seen: c.seen}
		default:
			return fmt.Errorf("no format is called %q; there are %s", format, strings.Join(Formats, ", "))
		}
	}
	if strings.TrimSpace(text) == "" && !long {
		return nil
	}
	c.report.Lines++
	if long {
		c.report.bad("a line of more than "+strconv.Itoa(longest>>20)+" MB", "")
		return nil
	}
	return c.form.line(text, c.hand)
}

// none are texts that stand for no value.
var none = []string{"", "(not set)", "(none)", "null", "NULL", "undefined", "nan", "NaN"}

// hand writes an act as a row, or reports why not.
func (c *converter) hand(a act) {
	kind, known := dataset.KindOf(a.event)
	switch {
	case !known:
		c.report.event(a.event)
		return
	case kind == "":
		c.report.fair(fmt.Sprintf("events that say nothing of taste: %q", a.event))
		return
	case slices.Contains(none, a.item):
		c.report.fair(fmt.Sprintf("events without an item: %q", a.event))
		return
	case slices.Contains(none, a.user):
		c.report.bad("no user id", a.event)
		return
	case len(a.item) > 255:
		c.report.bad("an item id of more than 255 bytes", a.event)
		return
	case a.at.IsZero() || a.at.Unix() <= 0 || a.at.Unix() > math.MaxUint32:
		c.report.bad("no time, or one before 1970 or after 2105", a.event)
		return
	}
	row := []string{a.user, a.item, strconv.FormatInt(a.at.Unix(), 10), kind, "", "", ""}
	pieces := 1.0
	if a.quantity != 0 {
		if a.quantity < 1 || a.quantity > 10_000 || a.quantity != math.Trunc(a.quantity) {
			c.report.fair("quantities that are no whole number from 1 to 10,000, left empty")
		} else {
			pieces = a.quantity
			row[6] = strconv.FormatFloat(pieces, 'f', -1, 64)
		}
	}
	if worth := a.price * pieces; worth > 0 && worth < 1e9 && kind == "purchase" {
		row[4], row[5] = strconv.FormatFloat(worth, 'f', 2, 64), currencyOf(a.currency)
	} else if a.price < 0 {
		c.report.fair("prices below 0, left empty")
	}
	c.report.Rows++
	c.report.Kinds[kind]++
	c.out.Write(row)
}

// currencyOf returns three letters in capitals, else "".
func currencyOf(text string) string {
	if len(text) != 3 || strings.ContainsFunc(text, func(r rune) bool { return (r|0x20) < 'a' || (r|0x20) > 'z' }) {
		return ""
	}
	return strings.ToUpper(text)
}
