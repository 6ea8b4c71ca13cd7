package dataset

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Options steer a reader. The zero value reads with defaults.
type Options struct {
	Name, Licence, Citation string // "" for what is known of the set

	Encoding string            // of files that are not UTF-8, by a name of the WHATWG's list; "" for UTF-8
	Scale    Scale             // of ratings; the zero value for what they look like
	Events   map[string]string // names of events that are not known, and the known one that each stands for
	Repeats  string            // [RepeatsAuto], [RepeatsSum] or [RepeatsNewest]

	Attributes []Declared         // columns of items.csv that are kept for filters
	Currency   string             // of prices whose item has none; "" for none
	Weights    map[string]float64 // of kinds of events by name, in place of the defaults; "all" is every other kind
	HalfLife   float64            // days after which an older row of a user and an item counts half; 0 for all in full

	CatalogOnly bool // reads no interactions, as if no one had chosen anything yet: another program reads them

	Lines    func(line string)                  // takes "file:line: reason" of bad rows, at most 20 of a kind
	Progress func(file string, read, all int64) // bytes of a file; called often
}

// Open reads the data set in the folder dir, whichever of the known forms it
// has: items.csv with interactions.csv[.gz] wins over MovieLens' own files, and
// those over items.csv alone, a catalog of which no one has chosen anything yet.
// The report is not nil when the error comes from the content of rows; the
// caller decides with [Report.Check] how many bad rows are too many. A dir that is a file is
// a catalog alone, as items.csv.
func Open(ctx context.Context, dir string, o Options) (*Dataset, *Report, error) {
	l := &loader{ctx: ctx, dir: dir, o: o, report: &Report{lines: o.Lines}}
	if isFile(dir) {
		l.dir = filepath.Dir(dir)
		d, err := l.pair(dir, "")
		if err != nil {
			return nil, l.report, fmt.Errorf("dataset: %w", err)
		}
		l.describe(d)
		return d, l.report, nil
	}
	for _, form := range []struct {
		files []string
		read  func() (*Dataset, error)
	}{
		{[]string{"items.csv", "interactions.csv"}, l.generic},
		{[]string{"movies.csv", "ratings.csv"}, l.movieLens},
		{[]string{"movies.dat", "ratings.dat"}, l.movieLensDat},
		{[]string{"u.item", "u.data"}, l.movieLens100K},
		{[]string{"items.csv", "items.csv"}, l.generic},
	} {
		if l.find(form.files[0]) == "" || l.find(form.files[1]) == "" {
			continue
		}
		if form.files[0] != "items.csv" && len(o.Attributes) > 0 {
			return nil, l.report, fmt.Errorf("dataset: --attributes declares columns of items.csv, and %s holds %s, which has none to declare", dir, form.files[0])
		}
		d, err := form.read()
		if err != nil {
			return nil, l.report, fmt.Errorf("dataset: %w", err)
		}
		l.describe(d)
		return d, l.report, nil
	}
	d, err := l.others()
	if err != nil {
		return nil, l.report, fmt.Errorf("dataset: %w", err)
	}
	if d != nil {
		l.describe(d)
		return d, l.report, nil
	}
	return nil, l.report, fmt.Errorf("dataset: %s holds no data set: put items.csv and interactions.csv there, or a MovieLens folder (movies.csv and ratings.csv, movies.dat and ratings.dat, or u.item and u.data), RecBole's NAME.item and NAME.inter, or goodreads_library_export.csv", dir)
}

// loader reads one folder.
type loader struct {
	ctx    context.Context
	dir    string
	o      Options
	report *Report
}

// find returns the path of the file name in the folder, plain or with ".gz",
// or "" when there is neither.
func (l *loader) find(name string) string {
	for _, n := range []string{name, name + ".gz"} {
		p := filepath.Join(l.dir, n)
		if isFile(p) {
			return p
		}
	}
	return ""
}

// file is an open text file whose rows are being read.
type file struct {
	*table
	name string
	l    *loader
	rows int

	formulas int // ids that were written as ="…"
	nulls    int // values that are written as NULL or the like

	attributes *attributes // nil where no column may be declared

	f    *os.File
	gz   *gzip.Reader
	size int64
	read int64
}

// open opens the file at path, unpacking it where it is gzip by its first bytes. A
// quoted one may be written in several forms, which are recognized.
func (l *loader) open(path, sep string, quoted bool) (*file, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	in := &file{name: filepath.Base(path), l: l, f: f, size: st.Size()}
	var magic [2]byte
	n, _ := io.ReadFull(f, magic[:])
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		f.Close()
		return nil, err
	}
	var r io.Reader = (*counter)(in)
	if n == 2 && magic == [2]byte{0x1f, 0x8b} {
		if in.gz, err = gzip.NewReader(r); err != nil {
			f.Close()
			return nil, fmt.Errorf("%s: %w", in.name, err)
		}
		r = in.gz
	}
	if quoted {
		named, err := encodingOf(l.o.Encoding)
		if err != nil {
			f.Close()
			return nil, err
		}
		b, form, err := recognize(r, named)
		if err != nil {
			f.Close()
			return nil, fmt.Errorf("%s: %w", in.name, err)
		}
		l.report.say(in.name, form.String())
		r, sep = b, string(form.sep)
	}
	in.table = newTable(r, sep, quoted)
	return in, nil
}

// counter reads the raw bytes of a file and reports how far it is.
type counter file

func (c *counter) Read(p []byte) (int, error) {
	if err := c.l.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.f.Read(p)
	c.read += int64(n)
	if c.l.o.Progress != nil && n > 0 {
		c.l.o.Progress(c.name, c.read, c.size)
	}
	return n, err
}

// each calls row for every row of exactly want fields, and reports the others as
// bad. row returns the reason why it drops the row, and a detail, or "". It stops at
// the end of the file.
func (in *file) each(want int, row func(f [][]byte) (reason, detail string)) error {
	defer in.f.Close()
	for {
		reason, err := in.table.read()
		if err == io.EOF {
			in.l.report.rows(in.name, in.rows)
			in.l.report.sayUnknown(in.name)
			return nil
		}
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) {
			return fmt.Errorf("%s:%d: the file is cut short or damaged: %w", in.name, in.line, err)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", in.name, in.line, err)
		}
		in.rows++
		detail := ""
		switch {
		case reason != "":
		case len(in.fields) != want:
			reason, detail = "wrong number of fields", wantFields(len(in.fields), want)
		default:
			reason, detail = row(in.fields)
		}
		if reason == unknownItem {
			in.l.report.unknown(in.name, in.line, detail)
		} else if reason != "" {
			in.l.report.bad(in.name, in.line, reason, detail)
		}
	}
}
