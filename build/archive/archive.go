// Package archive keeps events for longer than segments are: a Parquet file a day.
package archive

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/parquet-go/parquet-go"

	"sparrow/build/feedback"
	"sparrow/edge/durable"
)

// rowsPerGroup bounds what a reader of a file holds at once.
const rowsPerGroup = 100_000

// Report is what [Write] did.
type Report struct {
	Written   int // files
	Removed   int // files of days of which nothing is left
	Events    int // that were added
	Forgotten int // that were taken out, of visitors who wanted it
}

// Write adds the events of a log to a folder of files <day>.parquet, by the day on
// which they came, in UTC, in the order of arrival and id. The day of now is left
// out: more will come. What is in a file stays there when its segments are gone, but
// for events of visitors who are erased in the log: all files are looked through for
// these. A file that nothing changes is not written again; each is replaced whole.
//
// Beside the log it holds one day, some 700 bytes an event.
func Write(ctx context.Context, folder string, log *feedback.Log, now time.Time) (r Report, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return r, fmt.Errorf("archive: %w", err)
	}
	days := map[string][]int{} // indices of events
	for i := range log.Events {
		day := time.UnixMilli(log.Events[i].Received).UTC().Format(time.DateOnly)
		if day < now.UTC().Format(time.DateOnly) {
			days[day] = append(days[day], i)
		}
	}
	found, err := filepath.Glob(filepath.Join(folder, "*"+suffix))
	if err != nil {
		return r, fmt.Errorf("archive: %w", err)
	}
	for _, path := range found {
		day := filepath.Base(path)
		day = day[:len(day)-len(suffix)]
		if _, err := time.Parse(time.DateOnly, day); err == nil {
			days[day] = append(days[day], nil...)
		}
	}
	gone := map[string]bool{}
	for v := range log.Erased {
		gone[hex.EncodeToString(v[:])] = true
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		if err := r.day(ctx, filepath.Join(folder, day+suffix), log, days[day], gone); err != nil {
			return r, fmt.Errorf("archive: %w", err)
		}
	}
	return r, nil
}

const suffix = ".parquet"

// day brings the file of one day up to date.
func (r *Report) day(ctx context.Context, path string, log *feedback.Log, indices []int, gone map[string]bool) error {
	rows, err := read(path)
	if err != nil {
		return err
	}
	before := len(rows)
	rows = slices.DeleteFunc(rows, func(x row) bool { return gone[x.Visitor] })
	forgotten, known := before-len(rows), make(map[string]bool, len(rows))
	for i := range rows {
		known[rows[i].ID] = true
	}
	kept := len(rows)
	for _, i := range indices {
		if x := newRow(&log.Events[i]); !known[x.ID] {
			known[x.ID] = true
			rows = append(rows, x)
		}
	}
	if forgotten == 0 && len(rows) == kept {
		return ctx.Err()
	}
	r.Forgotten += forgotten
	r.Events += len(rows) - kept
	if len(rows) == 0 {
		r.Removed++
		return os.Remove(path)
	}
	r.Written++
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.Received, b.Received), cmp.Compare(a.ID, b.ID)) })
	return durable.WritePrivate(ctx, path, func(w io.Writer) error {
		out := parquet.NewGenericWriter[row](w, parquet.MaxRowsPerRowGroup(rowsPerGroup), parquet.Compression(&parquet.Zstd))
		_, err := out.Write(rows)
		return errors.Join(err, out.Close())
	})
}

// read returns the rows of a file, none where there is no file. The library panics
// on some files that are damaged.
func read(path string) (rows []row, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("%v", cause)
		}
		if err != nil {
			err = fmt.Errorf("%s cannot be read (%w): move it away; what is still in segments is written again", path, err)
		}
	}()
	rows, err = parquet.ReadFile[row](path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return rows, err
}
