package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/build/dataset"
	"sparrow/build/plural"
	"sparrow/build/vocabulary"
	"sparrow/wasm/attribute"
	"sparrow/wasm/catalog"
	"sparrow/wasm/filter"
	words "sparrow/wasm/vocabulary"
)

// vocabulary returns what the owner calls things and its text, "" where no file says so. One
// that was not asked for need not be there.
func (in *Input) vocabulary() (*words.Vocabulary, string, error) {
	v, text, err := vocabulary.Read(in.vocabularyFile())
	if in.Vocabulary == "" && errors.Is(err, fs.ErrNotExist) {
		return new(words.Vocabulary), "", nil
	}
	return v, text, err
}

// name says what the owner of d calls things, and takes the years off d where they are not to be
// used. A limit whose filter cannot be read is an error.
func (in *Input) name(p Progress, d *dataset.Dataset, v *words.Vocabulary) error {
	more := ""
	if !v.ShowsYears() {
		clear(d.Catalog.Years)
		more = ", no years"
	}
	if v.Currency != "" {
		more += ", prices in " + v.Currency + " where an item has no currency of its own"
		if !slices.ContainsFunc(d.Catalog.Attributes, func(c attribute.Column) bool { return c.Name == "currency" }) {
			more += ", which only a catalog of items.csv can have"
		}
	}
	p.Say("%s: %s, %s at %s%s", in.vocabularyFile(), v.Site(), v.Noun("en", "items"), v.Root()+"{id}", more)
	columns := filter.Of(d.Catalog)
	for _, facet := range v.Columns() {
		if columns.Values(facet) == nil {
			p.Say("%s: facets: the catalog has no column %s; declare it by --attributes, as %s or %s:number", in.vocabularyFile(), facet, facet, facet)
		}
	}
	for _, l := range v.Limits {
		place := in.vocabularyFile() + ": limits: \"" + l.ID + "\""
		parsed, err := columns.Parse(l.Filter)
		if err != nil {
			return fmt.Errorf("%s: the %w", place, err)
		}
		set, err := parsed.Keep(catalog.None)
		if err != nil {
			return fmt.Errorf("%s: the %w", place, err)
		}
		absent := ""
		if values := parsed.Absent; len(values) > 0 {
			absent = "; no item has " + strings.Join(values, ", ")
		}
		p.Say("%s: %s%s", place, plural.Of(set.Of(d.Catalog.Len()), "item"), absent)
	}
	return nil
}

// vocabularyFile returns the path of in's vocabulary: as asked for, or where it would be.
func (in *Input) vocabularyFile() string { return in.beside(in.Vocabulary, vocabulary.File) }

// beside returns the path of a file that was asked for, or else where it would be.
func (in *Input) beside(asked, name string) string {
	if asked != "" {
		return asked
	}
	dir := in.Dir
	if st, err := os.Stat(dir); err == nil && !st.IsDir() {
		dir = filepath.Dir(dir)
	}
	return filepath.Join(dir, name)
}
