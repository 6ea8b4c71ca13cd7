package pipeline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"sparrow/build/dataset"
	"sparrow/build/vocabulary"
)

// name gives d the vocabulary of its owner, and says which; without years where that says
// so. A file that was not asked for need not be there.
func (in *Input) name(p Progress, d *dataset.Dataset) error {
	path := in.vocabularyFile()
	v, text, err := vocabulary.Read(path)
	if in.Vocabulary == "" && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	d.Vocabulary = text
	years := ""
	if !v.ShowsYears() {
		clear(d.Catalog.Years)
		years = ", no years"
	}
	p.Say("%s: %s, %s at %s%s", path, v.Site(), v.Noun("en", "items"), v.Root()+"{id}", years)
	return nil
}

// vocabularyFile returns the path of in's vocabulary: as asked for, or where it would be.
func (in *Input) vocabularyFile() string {
	if in.Vocabulary != "" {
		return in.Vocabulary
	}
	dir := in.Dir
	if st, err := os.Stat(dir); err == nil && !st.IsDir() {
		dir = filepath.Dir(dir)
	}
	return filepath.Join(dir, vocabulary.File)
}
