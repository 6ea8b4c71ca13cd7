package pipeline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"sparrow/build/dataset"
	"sparrow/build/vocabulary"
	"sparrow/wasm/attribute"
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
// used.
func (in *Input) name(p Progress, d *dataset.Dataset, v *words.Vocabulary) {
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
