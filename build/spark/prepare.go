package spark

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"sparrow/build/dataset"
	"sparrow/edge/durable"
)

// schema describes the tables and their columns; readers find it beside the tables.
//
//go:embed schema.json
var schema []byte

// Tables are the names of the folders that are made.
var Tables = []string{"items", "users", "sequences", "samples", "transforms"}

// Figures say what was written.
type Figures struct {
	Items     int   `json:"items"`
	Users     int   `json:"users"`
	Sequences int   `json:"sequences"`
	Samples   int   `json:"samples"`
	Train     int   `json:"train"`  // samples before the cut
	Cut       int64 `json:"cut"`    // moment, in Unix seconds
	Clicks    int   `json:"clicks"` // interactions that count in part, which are no samples
	Shards    int   `json:"shards"`
}

// Prepare writes the tables of d into the folder dir, those by user in so many shards.
// progress is told of samples. Where it fails, none of the tables stays.
//
// In memory are the data set, which costs 12 bytes an interaction, their order in time of
// 4 bytes each, and a group of rows of every shard.
func Prepare(ctx context.Context, d *dataset.Dataset, dir string, shards int, progress func(done, all int)) (f Figures, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("spark: %w", err)
		}
	}()
	s, err := newSamples(d)
	if err != nil {
		return f, err
	}
	f = Figures{Items: d.Catalog.Len(), Samples: s.n, Train: s.train, Cut: s.cut, Clicks: -s.n, Shards: shards}
	if err := begin(ctx, d, dir); err != nil {
		return f, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, remove(dir))
		}
	}()
	for u := range d.Users {
		f.Clicks += len(d.Of(u))
	}
	if err := users(ctx, d, dir, shards, &f); err != nil {
		return f, err
	}
	fitted, err := s.fit()
	if err != nil {
		return f, err
	}
	r := newRows(s, fitted)
	transforms, err := newTable[Transform](ctx, dir, "transforms", 0)
	if err != nil {
		return f, err
	}
	for _, row := range r.transforms() {
		err = errors.Join(err, transforms.write("", row))
	}
	if err := transforms.close(err); err != nil {
		return f, err
	}
	table, err := newTable[Sample](ctx, dir, "samples", shards)
	if err != nil {
		return f, err
	}
	err = s.each(&r.encoder.Encounter, func(i int, user, at int32) error {
		if i%(1<<12) == 0 {
			progress(i, s.n)
		}
		return table.write(d.Users[user], r.read(user, at))
	})
	return f, table.close(err)
}

// remove removes the tables from the folder dir.
func remove(dir string) (err error) {
	for _, name := range Tables {
		err = errors.Join(err, os.RemoveAll(filepath.Join(dir, name)))
	}
	return err
}

// begin writes the schema and the items, which both engines start from, into the folder
// dir, where none of the tables may be.
func begin(ctx context.Context, d *dataset.Dataset, dir string) error {
	for _, name := range Tables {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is there already: name another folder, or remove what this one holds", filepath.Join(dir, name))
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	err := durable.WriteFile(ctx, filepath.Join(dir, "schema.json"), func(w io.Writer) error {
		_, err := w.Write(schema)
		return err
	})
	if err != nil {
		return err
	}
	items, err := newTable[Item](ctx, dir, "items", 0)
	if err != nil {
		return err
	}
	c := d.Catalog
	for r, id := range c.IDs {
		row := Item{Item: int32(r), ID: string(id), Title: c.Titles[r], Year: int32(c.Years[r]), Lot: int64(dataset.Lot(string(id)))}
		for _, g := range c.Genres[r] {
			row.Genres, row.GenreNames = append(row.Genres, int32(g)), append(row.GenreNames, c.GenreNames[g])
		}
		if err = items.write("", row); err != nil {
			break
		}
	}
	return items.close(err)
}
