package dataset

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"

	"sparrow/build/plural"
)

// DefaultMaxBad is the share of bad rows above which a data set is refused.
const DefaultMaxBad = 0.001

// shown is how many lines of one reason in one file are reported in full.
const shown = 20

// alike is how many lines are reported of a reason without a detail: they differ in
// their numbers alone.
const alike = 5

// Report holds what was read and what was dropped on the way, and why.
type Report struct {
	Files []File
	Drops []Drop // by file, then in order of first occurrence
	Notes []Note // what was recognized, in order of occurrence

	Unknown []*Unknown // a file each, where it has rows of unknown items

	Weights *Weights // nil where every interaction weighs the same

	lines func(string) // takes the line of each bad row; may be nil
}

// File counts the rows of one file, without its header.
type File struct {
	Name string
	Rows int
}

// Drop is a reason for which rows, or parts of them, of one file were left out.
type Drop struct {
	File   string
	Reason string
	Count  int
	Bad    bool     // counts against the share of bad rows; else it is the data's right
	Lines  []string // the first 20, as "file:line: reason"
}

// Note says how a file, or some of its values, were read that are not in the plain
// form.
type Note struct {
	File  string `json:"file"`
	What  string `json:"what"`
	Count int    `json:"count"` // of rows or values; 0 where it is the whole file
}

func (n Note) String() string {
	if n.Count == 0 {
		return n.File + ": " + n.What
	}
	return fmt.Sprintf("%s: %s: %d", n.File, n.What, n.Count)
}

// note reports how n values of a file were read; nothing where n is 0.
func (r *Report) note(file, what string, n int) {
	if n > 0 {
		r.Notes = append(r.Notes, Note{file, what, n})
	}
}

// say reports how a file was read; nothing where what is "".
func (r *Report) say(file, what string) {
	if what != "" {
		r.Notes = append(r.Notes, Note{File: file, What: what})
	}
}

// fairs drops n rows of a file at once, for a reason that does not make the data bad.
func (r *Report) fairs(file, reason string, n int) {
	r.fair(file, file, reason, "")
	r.Drops[slices.IndexFunc(r.Drops, func(d Drop) bool { return d.File == file && d.Reason == reason })].Count += n - 1
}

// rows counts n rows of file.
func (r *Report) rows(file string, n int) {
	for i := range r.Files {
		if r.Files[i].Name == file {
			r.Files[i].Rows += n
			return
		}
	}
	r.Files = append(r.Files, File{file, n})
}

// rowsOf returns how many rows of file were read.
func (r *Report) rowsOf(file string) int {
	for _, f := range r.Files {
		if f.Name == file {
			return f.Rows
		}
	}
	return 0
}

// bad drops the row of file that begins in line. The detail, which may be "",
// distinguishes this row from others with the same reason.
func (r *Report) bad(file string, line int, reason, detail string) {
	r.drop(file, file+":"+strconv.Itoa(line), reason, detail, true)
}

// fair drops what is at place ("file:line", or words where the line is no
// longer known) for a reason that does not make the data bad.
func (r *Report) fair(file, place, reason, detail string) {
	r.drop(file, place, reason, detail, false)
}

func (r *Report) drop(file, place, reason, detail string, bad bool) {
	i := slices.IndexFunc(r.Drops, func(d Drop) bool { return d.File == file && d.Reason == reason })
	if i < 0 {
		i = len(r.Drops)
		r.Drops = append(r.Drops, Drop{File: file, Reason: reason, Bad: bad})
	}
	d := &r.Drops[i]
	d.Count++
	if len(d.Lines) >= shown || detail == "" && len(d.Lines) >= alike {
		return
	}
	line := place + ": " + reason
	if detail != "" {
		line += ": " + detail
	}
	d.Lines = append(d.Lines, line)
	if r.lines != nil && bad {
		r.lines(line)
	}
}

// Rows returns how many rows were read, and how many of them were bad.
func (r *Report) Rows() (rows, bad int) {
	for _, f := range r.Files {
		rows += f.Rows
	}
	for _, d := range r.Drops {
		if d.Bad {
			bad += d.Count
		}
	}
	return rows, bad
}

// worst returns for which reason most rows of file, or of all where it is "", are
// bad.
func (r *Report) worst(file string) (worst Drop) {
	for _, d := range r.Drops {
		if d.Bad && d.Count > worst.Count && (file == "" || d.File == file) {
			worst = d
		}
	}
	return worst
}

// nothing is the error of a file none of whose rows could be used, with what most
// of them lack.
func (r *Report) nothing(file, noun string) error {
	if worst := r.worst(file); worst.Count > 0 {
		return fmt.Errorf("%s: no %s could be used: %d of %s: %s", file, noun, worst.Count, plural.Of(r.rowsOf(file), "row"), worst.Reason)
	}
	return fmt.Errorf("%s: no %s could be used", file, noun)
}

// fewBad is how many bad rows never stop a run, where they are no more than a tenth:
// one id that occurs again in a small catalog is no reason to have no bundle.
const fewBad = 10

// Check returns an error when more than the share maxBad, 0 to 1, of all rows
// is bad, and more than a few, where maxBad is not 0. The share is over all files together. Rows of an unknown item are not
// bad, see [Report.CheckUnknown].
func (r *Report) Check(maxBad float64) error {
	rows, bad := r.Rows()
	if float64(bad) <= maxBad*float64(rows) || maxBad > 0 && bad <= min(fewBad, rows/10) {
		return nil
	}
	worst := r.worst("")
	return fmt.Errorf("dataset: %d of %d rows are bad, %.3g %%, which is more than %.3g %%, most of them (%d) in %s: %s: mend the files, or go on without those rows with --max-bad",
		bad, rows, 100*float64(bad)/float64(rows), 100*maxBad, worst.Count, worst.File, worst.Reason)
}

// WriteTable writes what was read and what was dropped and why, for people.
func (r *Report) WriteTable(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "file\trows\tdropped\twhy")
	for _, f := range r.Files {
		fmt.Fprintf(t, "%s\t%d\t\t\n", f.Name, f.Rows)
		for _, d := range r.Drops {
			if d.File != f.Name {
				continue
			}
			note := ""
			if d.Bad {
				note = " (bad)"
			}
			fmt.Fprintf(t, "\t\t%d\t%s%s\n", d.Count, d.Reason, note)
		}
	}
	if len(r.Drops) == 0 {
		fmt.Fprintln(t, "\t\t0\tnothing was dropped")
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, n := range r.Notes {
		if _, err := fmt.Fprintln(w, n); err != nil {
			return err
		}
	}
	return nil
}
