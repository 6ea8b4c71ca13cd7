package dataset

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/wasm/catalog"
)

// notTaste are events that carry no signal of what a user likes to see.
var notTaste = []string{"impression", "dislike", "not-interested"}

// header reads the first row of a CSV file and finds its columns; the first
// required ones of want must be there. Columns that are not wanted are reported.
func (in *file) header(required int, want ...string) ([]int, error) {
	reason, err := in.table.read()
	if err == io.EOF {
		return nil, fmt.Errorf("%s is empty; its first row must name the columns %s", in.name, strings.Join(want[:required], ", "))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.name, err)
	}
	at, extra := columns(in.fields, want...)
	if i := slices.Index(at[:required], -1); i >= 0 || reason != "" {
		if reason == "" {
			reason = "no column " + want[i]
		}
		return nil, fmt.Errorf("%s:%d: %s; the first row must name the columns %s", in.name, in.line, reason, strings.Join(want[:required], ", "))
	}
	for _, name := range extra {
		in.l.report.fair(in.name, fmt.Sprintf("%s:%d", in.name, in.line), "column is not used", name)
	}
	return at, nil
}

// interactionsCSV reads a generic or MovieLens file of interactions, whose
// columns for user, item, time and stars are called as given; it may lack all but
// the first two.
func (l *loader) interactionsCSV(path string, rows map[string]catalog.Row, c *collector, names ...string) error {
	in, err := l.open(path, ",", true)
	if err != nil {
		return err
	}
	at, err := in.header(2, append(names, "weight", "event")...)
	if err != nil {
		in.f.Close()
		return err
	}
	user, item, when, stars, weight, event := at[0], at[1], at[2], at[3], at[4], at[5]
	return in.each(len(in.fields), func(f [][]byte) (string, string) {
		if c.row = in.rows; c.histories && len(field(f, user)) > 0 {
			c.user(field(f, user))
		}
		if weight >= 0 {
			w, reason := parseWeight(field(f, weight))
			if reason != "" {
				return reason, string(f[weight])
			}
			if w <= 0 {
				in.fair("weight not above 0", string(f[weight]))
				return "", ""
			}
		}
		if event >= 0 && slices.Contains(notTaste, string(field(f, event))) {
			in.fair("event that says nothing of taste", string(f[event]))
			return "", ""
		}
		return c.take(rows, field(f, user), field(f, item), field(f, when), field(f, stars))
	})
}

// interactionsPlain reads a file of user, item, stars and time, split at sep.
func (l *loader) interactionsPlain(path, sep string, rows map[string]catalog.Row, c *collector) error {
	in, err := l.open(path, sep, false)
	if err != nil {
		return err
	}
	return in.each(4, func(f [][]byte) (string, string) {
		c.row = in.rows
		return c.take(rows, f[0], f[1], f[3], f[2])
	})
}

// fair reports that the current row is left out without being bad.
func (in *file) fair(reason, detail string) {
	in.l.report.fair(in.name, fmt.Sprintf("%s:%d", in.name, in.line), reason, detail)
}

// take collects one row or returns why not. A row without a time has the time 0.
func (c *collector) take(rows map[string]catalog.Row, user, item, when, stars []byte) (reason, detail string) {
	if len(user) == 0 {
		return "no user id", ""
	}
	var at uint32
	if len(when) > 0 {
		var reason string
		if at, reason = parseTime(when); reason != "" {
			return reason, string(when)
		}
	}
	s, reason := parseStars(stars)
	if reason != "" {
		return reason, string(stars)
	}
	row, ok := rows[string(item)]
	if !ok {
		return "unknown item", string(item)
	}
	if len(when) == 0 {
		c.untimed++
	}
	c.add(c.user(user), row, at, s)
	return "", ""
}

// finish sorts what c holds and reports repeated pairs under the file's name.
func (l *loader) finish(c *collector, cat *catalog.Catalog, path string) (*Dataset, error) {
	if err := l.ctx.Err(); err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	if c.n == 0 && !c.histories {
		return nil, errors.New(name + ": no interaction could be used")
	}
	switch {
	case c.histories:
		l.report.note(name, "no time; the history is in the order of the rows, oldest first", c.untimed)
	case c.untimed < c.n:
		l.report.note(name, "no time; the row counts as the oldest of its user", c.untimed)
	}
	d := c.dataset(cat.IDs, func(user string, row catalog.Row) {
		l.report.fair(name, name, "same user and item again; the latest one stays",
			"user "+user+", item "+string(cat.IDs[row]))
	})
	d.Catalog = cat
	return d, nil
}

// Histories reads a file of histories, user_id,item_id[,timestamp][,rating],
// plain or gzip, whose items are those of cat. Users keep the order of the file,
// and so does the history of a user of whom some row has no time. A user without a
// usable row stays, with an empty history.
func Histories(ctx context.Context, path string, cat *catalog.Catalog, o Options) (*Dataset, *Report, error) {
	l := &loader{ctx: ctx, o: o, report: &Report{lines: o.Lines}}
	rows := make(map[string]catalog.Row, cat.Len())
	for r, id := range cat.IDs {
		rows[string(id)] = catalog.Row(r)
	}
	c := newCollector()
	c.histories = true
	if err := l.interactionsCSV(path, rows, c, "user_id", "item_id", "timestamp", "rating"); err != nil {
		return nil, l.report, fmt.Errorf("dataset: %w", err)
	}
	d, err := l.finish(c, cat, path)
	if err != nil {
		return nil, l.report, fmt.Errorf("dataset: %w", err)
	}
	return d, l.report, nil
}
