package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"sparrow/build/dataset"
	"sparrow/build/titles"
	"sparrow/wasm/bundle"
)

// titles gives the items of d the names of the file of titles. One that was not asked for
// need not be there.
func (in *Input) titles(p Progress, d *dataset.Dataset) error {
	file := in.beside(in.Titles, titles.File)
	t, err := titles.Read(file, d.Catalog)
	if in.Titles == "" && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.Give(d.Catalog, true); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	p.Say("%s: %s", file, t)
	return nil
}

// AddTitles writes a bundle with names of its items to out, in place of those that it has in
// the same languages: nothing is trained, and what was learned stays the same bytes.
func AddTitles(ctx context.Context, p Progress, b *bundle.Bundle, t *titles.Titles, out string) (*Packed, error) {
	if b.Supplement != nil {
		return nil, errors.New("the second file of the bundle is missing: a bundle is added to as a whole")
	}
	if err := t.Give(b.Catalog, false); err != nil {
		return nil, err
	}
	data, err := bundle.Encode(b)
	if err != nil {
		return nil, err
	}
	decoded, err := bundle.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("the bundle cannot be read back: %w", err)
	}
	f, err := publish(ctx, p, b, decoded, out)
	p.Stop()
	return f, err
}
