package dataset

import (
	"fmt"
	"strings"

	"sparrow/build/plural"
)

// DefaultMaxUnknown is the share of a file's rows that may name an item that is not
// in the catalog. Items are discontinued every night, so such rows are no mistake;
// where there are many, two files that do not belong together are more likely.
const DefaultMaxUnknown = 0.25

// unknownItem is the reason of a row whose item is not in the catalog. Such rows are
// dropped and never bad.
const unknownItem = "unknown item"

// Unknown are the rows of a file whose items are not in the catalog.
type Unknown struct {
	File  string
	Rows  int
	Items int      // as many, each once
	First []string // the first few of their ids

	seen map[string]struct{}
}

// maxFirst is how many ids of unknown items are shown.
const maxFirst = 5

// Add counts a row of item.
func (u *Unknown) Add(item string) {
	u.Rows++
	if _, ok := u.seen[item]; ok {
		return
	}
	if u.seen == nil {
		u.seen = make(map[string]struct{})
	}
	u.seen[item] = struct{}{}
	u.Items++
	if len(u.First) < maxFirst {
		u.First = append(u.First, item)
	}
}

// String returns the sentence that people are told.
func (u *Unknown) String() string {
	return fmt.Sprintf("%s: left out, since not in the catalog: %s of %s: %s", u.File, plural.Of(u.Rows, "row"), plural.Of(u.Items, "item"), u.Names())
}

// Names returns the ids of the first few unknown items.
func (u *Unknown) Names() string {
	names := strings.Join(u.First, ", ")
	if u.Items > len(u.First) {
		names += ", …"
	}
	return names
}

// Check returns an error when more than the share most, 0 to 1, of rows have an
// unknown item; the flag --max-unknown sets it.
func (u *Unknown) Check(rows int, most float64) error {
	if float64(u.Rows) <= most*float64(rows) {
		return nil
	}
	share := 100 * float64(u.Rows) / float64(rows)
	return fmt.Errorf("%s: %.3g %% of the rows, %d of %d, have items that are not in the catalog (%s), more than %.3g %%: see whether both are of the same catalog and write ids alike, or allow it with --max-unknown %d%%",
		u.File, share, u.Rows, rows, u.Names(), 100*most, min(100, int(share)+1))
}

// unknown drops the row of file that begins in line, since the catalog has no item.
func (r *Report) unknown(file string, line int, item string) {
	r.fair(file, fmt.Sprintf("%s:%d", file, line), unknownItem, item)
	for _, u := range r.Unknown {
		if u.File == file {
			u.Add(item)
			return
		}
	}
	u := &Unknown{File: file}
	u.Add(item)
	r.Unknown = append(r.Unknown, u)
}

// UnknownItems returns how many items the rows of d had that are not in the catalog.
func (r *Report) UnknownItems(d Drop) int {
	for _, u := range r.Unknown {
		if d.Reason == unknownItem && d.File == u.File {
			return u.Items
		}
	}
	return 0
}

// sayUnknown tells people how many rows of file, which has been read, had unknown
// items.
func (r *Report) sayUnknown(file string) {
	for _, u := range r.Unknown {
		if u.File == file && r.lines != nil {
			r.lines(u.String())
		}
	}
}

// CheckUnknown returns an error when in one file more than the share most, 0 to 1,
// of the rows have an item that is not in the catalog.
func (r *Report) CheckUnknown(most float64) error {
	for _, u := range r.Unknown {
		for _, f := range r.Files {
			if f.Name != u.File {
				continue
			}
			if err := u.Check(f.Rows, most); err != nil {
				return fmt.Errorf("dataset: %w", err)
			}
		}
	}
	return nil
}
