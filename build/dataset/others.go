package dataset

import (
	"fmt"
	"path/filepath"
	"strings"

	"sparrow/wasm/catalog"
)

// others reads the forms of other programs, which have file names of their own; it
// returns nil where none is there.
func (l *loader) others() (*Dataset, error) {
	if path := l.find(goodreadsFile); path != "" {
		if len(l.o.Attributes) > 0 {
			return nil, fmt.Errorf("--attributes declares columns of items.csv, and %s has none to declare", goodreadsFile)
		}
		return l.goodreads(path)
	}
	inter, err := filepath.Glob(filepath.Join(escaped(l.dir), "*.inter"))
	if err != nil || len(inter) == 0 {
		return nil, err
	}
	items := strings.TrimSuffix(inter[0], ".inter") + ".item"
	switch {
	case len(inter) > 1:
		return nil, fmt.Errorf("%s and %s are two data sets of RecBole: put each in a folder of its own", filepath.Base(inter[0]), filepath.Base(inter[1]))
	case !isFile(items):
		return nil, fmt.Errorf("%s has the interactions of a data set of RecBole, but there is no %s with the titles", filepath.Base(inter[0]), filepath.Base(items))
	}
	l.report.say(filepath.Base(items), "RecBole's files, "+filepath.Base(items)+" and "+filepath.Base(inter[0]))
	return l.pair(items, inter[0])
}

// escaped returns dir as a pattern that matches it alone.
func escaped(dir string) string {
	return strings.NewReplacer("\\", "\\\\", "*", "\\*", "?", "\\?", "[", "\\[").Replace(dir)
}

// goodreadsFile is what Goodreads calls the library that a user exports.
const goodreadsFile = "goodreads_library_export.csv"

// goodreadsUser is the one user of such a library.
const goodreadsUser = "reader"

// goodreads reads the library that a user of Goodreads exports: the catalog is their
// books, and the one user has read those that are not on the shelf to-read. Their
// other shelves are the tags. An unrated book has 0 stars.
func (l *loader) goodreads(path string) (*Dataset, error) {
	in, err := l.open(path, ",", true)
	if err != nil {
		return nil, err
	}
	want := []string{"book_id", "title", "author", "my_rating", "date_read", "date_added", "bookshelves", "exclusive_shelf", "original_publication_year", "year_published"}
	at, err := in.header(2, want...)
	if err != nil {
		in.f.Close()
		return nil, err
	}
	l.report.say(in.name, "the library of a user of Goodreads")
	m, tags, c := newItems(in), newTags(), newCollector()
	m.generic = true
	err = in.each(len(in.fields), func(f [][]byte) (string, string) {
		get := func(i int) string { return string(field(f, at[i])) }
		year := get(8)
		if year == "" {
			year = get(9)
		}
		title := get(1)
		if author := get(2); author != "" && title != "" {
			title += " – " + author
		}
		if reason, detail := m.add(get(0), title, year, ""); reason != "" {
			return reason, detail
		}
		shelves := get(6)
		if shelves == "" {
			shelves = get(7)
		}
		tags.addList(len(m.c.IDs)-1, strings.ReplaceAll(shelves, ", ", "|"))
		if shelf := get(7); shelf == "to-read" || shelf == "" && shelves == "to-read" {
			in.fair("on the shelf to-read: in the catalog, and not yet chosen", "")
			return "", ""
		}
		when := field(f, at[4])
		if isNull(when) {
			when = field(f, at[5])
		}
		c.row = in.rows
		return c.take(in, m.rows, []byte(goodreadsUser), []byte(m.c.IDs[len(m.c.IDs)-1]), when, field(f, at[3]))
	})
	if err != nil {
		return nil, err
	}
	var cat *catalog.Catalog
	if cat = m.catalog(); cat.Len() == 0 {
		return nil, l.report.nothing(in.name, "book")
	}
	tags.store(cat, l.report, in.name)
	in.l.o.Scale = Scale{1, 5}
	if err := c.settleValues(in, true); err != nil {
		return nil, err
	}
	return l.finish(c, cat, path)
}
