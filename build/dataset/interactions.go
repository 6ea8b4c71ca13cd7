package dataset

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"sparrow/wasm/catalog"
)

// interactionsCSV reads a generic or MovieLens file of interactions, whose
// columns for user, item, time and stars are called as given; it may lack all but
// the first two.
func (l *loader) interactionsCSV(path string, rows map[string]catalog.Row, c *collector, names ...string) error {
	in, err := l.open(path, ",", true)
	if err != nil {
		return err
	}
	at, err := in.header(2, append(names, "weight", "event", "value", "currency")...)
	if err != nil {
		in.f.Close()
		return err
	}
	if c.w, err = weighingOf(l.o.Weights, l.o.HalfLife); err != nil {
		in.f.Close()
		return err
	}
	user, item, when, stars := at[0], at[1], at[2], at[3]
	c.times.dated = when >= 0 && strings.Contains(columnName(in.fields[when]), "date")
	told := eventRows{eventColumns: eventColumns{at[4], at[5], at[6], at[7]}, kinds: newKinds(l.o.Events), w: c.w}
	err = in.each(len(in.fields), func(f [][]byte) (string, string) {
		if c.row = in.rows; c.histories && len(field(f, user)) > 0 {
			id, _ := plainID(field(f, user))
			c.user(id)
		}
		if reason, detail, take := told.read(c, in, f); !take {
			return reason, detail
		}
		return c.take(in, rows, field(f, user), field(f, item), field(f, when), field(f, stars))
	})
	if err != nil {
		return err
	}
	if err := told.report(in); err != nil {
		return err
	}
	return c.settleValues(in, names[0] == "user_id")
}

// interactionsPlain reads a file of user, item, stars and time, split at sep.
func (l *loader) interactionsPlain(path, sep string, rows map[string]catalog.Row, c *collector) error {
	in, err := l.open(path, sep, false)
	if err != nil {
		return err
	}
	err = in.each(4, func(f [][]byte) (string, string) {
		c.row = in.rows
		return c.take(in, rows, f[0], f[1], f[3], f[2])
	})
	if err != nil {
		return err
	}
	return c.settleValues(in, false)
}

// fair reports that the current row is left out without being bad.
func (in *file) fair(reason, detail string) {
	in.l.report.fair(in.name, fmt.Sprintf("%s:%d", in.name, in.line), reason, detail)
}

// take collects one row or returns why not. A row without a time has the time 0.
func (c *collector) take(in *file, rows map[string]catalog.Row, user, item, when, stars []byte) (reason, detail string) {
	user, formula := plainID(user)
	in.formulas += one(formula)
	if len(user) == 0 {
		return "no user id", ""
	}
	c.times.days.undecided = false
	at, reason := c.times.parse(when)
	if reason != "" {
		return reason, string(when)
	}
	digits, percent := bytes.CutSuffix(stars, []byte{'%'})
	code, comma, reason := parseRating(digits)
	if reason != "" {
		var ok bool
		if code, ok = thumb(stars); !ok {
			return reason, string(stars)
		}
		c.thumbs++
	}
	c.percents += one(percent)
	row, ok := c.find(in, rows, item)
	if !ok {
		return unknownItem, string(item)
	}
	c.commas += one(comma)
	if at == 0 && isNull(when) {
		c.untimed++
		in.nulls += one(len(when) > 0)
	}
	if code == codeAbsent {
		in.nulls += one(len(stars) > 0)
	}
	if c.counts[code]++; c.counts[code] == 1 {
		c.first[code] = in.line
	}
	if c.times.days.undecided {
		c.times.days.waiting = append(c.times.days.waiting, c.n)
	}
	c.add(c.user(user), row, at, code)
	return "", ""
}

// find returns the row of the item that a file calls id. Where no item has that id,
// it is tried without the ="…" of a spreadsheet, and without or with the .0 that
// programs write behind a number when other cells of the column are empty.
func (c *collector) find(in *file, rows map[string]catalog.Row, id []byte) (catalog.Row, bool) {
	if row, ok := rows[string(id)]; ok {
		return row, true
	}
	if plain, formula := plainID(id); formula {
		id = plain
		if row, ok := rows[string(id)]; ok {
			in.formulas++
			return row, true
		}
	}
	other, cut := bytes.CutSuffix(id, []byte(".0"))
	if !cut {
		other = append(append(make([]byte, 0, len(id)+2), id...), ".0"...)
	}
	row, ok := rows[string(other)]
	c.floats += one(ok)
	return row, ok
}

// settleValues decides what the ratings of a file mean once all are read, and
// reports how its values are written.
func (c *collector) settleValues(in *file, generic bool) error {
	r := in.l.report
	c.times.report(r, in.name)
	r.note(in.name, nullsNote, in.nulls)
	r.note(in.name, "decimal commas", c.commas)
	r.note(in.name, "no weight, read as 1", c.unweighted)
	r.note(in.name, `ids written as ="…", read without`, in.formulas)
	r.note(in.name, "ids that differ by .0 from those of the items, taken as the same", c.floats)
	if err := c.times.ambiguous(c.n - c.untimed); err != nil {
		return fmt.Errorf("%s: %w", in.name, err)
	}
	if err := c.settleDays(r, in.name); err != nil {
		return fmt.Errorf("%s: %w", in.name, err)
	}
	r.note(in.name, "ratings in percent", c.percents)
	r.note(in.name, "ratings that are words, up or down", c.thumbs)
	scale := in.l.o.Scale
	switch {
	case scale != (Scale{}):
	case c.percents > 0:
		scale = Scale{0, 100}
	case c.thumbs > 0:
		scale = Scale{-1, 1}
	default:
		scale = Stars
		recognized, err := scaleOf(&c.counts)
		switch {
		case !generic: // MovieLens' own files have stars
		case c.histories:
			if err == nil && recognized.High > Stars.High {
				err = fmt.Errorf("ratings go up to %g: say what they mean, as in --rating-scale 1-10", recognized.High)
			}
			fallthrough
		default:
			if err != nil {
				return fmt.Errorf("%s: %w", in.name, err)
			}
			if !c.histories {
				scale = recognized
			}
		}
	}
	if scale != Stars {
		r.say(in.name, "ratings from "+scale.String()+", read as 0.5 to 5 stars")
	}
	c.stars = new([256]uint8)
	unrated := 0
	for code := range c.counts {
		if code == codeAbsent || c.counts[code] == 0 {
			continue
		}
		v := ratingValue(uint8(code))
		halves, ok := scale.halves(v)
		if !ok || !generic && halves == 0 {
			halves = outside
			for range c.counts[code] {
				r.bad(in.name, c.first[code], "rating outside the scale of "+scale.String()+" (--rating-scale sets another)", strconv.FormatFloat(v, 'g', -1, 64))
			}
		} else if halves == 0 {
			unrated += c.counts[code]
		}
		c.stars[code] = halves
	}
	r.note(in.name, "ratings of 0 or less, read as: not rated", unrated)
	return nil
}

// outside stands for stars of a row whose rating is outside the scale.
const outside = 255

// finish sorts what c holds and reports repeated pairs under the file's name.
func (l *loader) finish(c *collector, cat *catalog.Catalog, path string) (*Dataset, error) {
	if err := l.ctx.Err(); err != nil {
		return nil, err
	}
	name := filepath.Base(path)
	if rows := l.report.rowsOf(name); c.n == 0 && !c.histories && rows > 0 {
		return nil, fmt.Errorf("%w; see all reasons that are given, or take the file away to make a bundle of items.csv alone", l.report.nothing(name, "interaction"))
	}
	switch {
	case c.histories:
		l.report.note(name, "no time; the history is in the order of the rows, oldest first", c.untimed)
	case c.untimed < c.n:
		l.report.note(name, "no time; the row counts as the oldest of its user", c.untimed)
	}
	c.repeats = l.o.Repeats
	d := c.dataset(cat.IDs, func(user string, row catalog.Row, added bool) {
		reason := "same user and item again; the latest one stays"
		if added {
			reason = "same user and item again; the weights are added and the latest time stays"
		}
		l.report.fair(name, name, reason, "user "+user+", item "+string(cat.IDs[row]))
	})
	d.Catalog = cat
	if c.done != nil {
		c.done.report(l.report, name, c.w)
	}
	l.report.Weights = confide(d.Interactions)
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
