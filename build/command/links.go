package command

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"sparrow/build/bundledir"
	"sparrow/build/console"
	"sparrow/build/plural"
	"sparrow/wasm/bundle"
	"sparrow/wasm/catalog"
	"sparrow/wasm/match"
)

type linksVerb struct {
	Links  string `required:"" type:"existingfile" placeholder:"FILE" help:"Table of the numbers: item_id or movieId, and imdb_id or imdbId, tmdb_id or tmdbId."`
	Bundle string `required:"" type:"existingdir" placeholder:"DIR" help:"Folder of bundles: the one with latest.json."`
	JSON   bool   `name:"json" help:"Print the figures as JSON."`
}

func (linksVerb) Help() string {
	return `Writes <sha256>.links beside the bundle, which latest.json names: the numbers that IMDb and TMDB have for its items. The app
fetches it when a visitor brings a file of theirs that has such numbers, and finds the items by them; without it, by
title and year. It is of the catalog of one bundle: make it again when items have come.

Example:
  go run ./build links --links data/ml-latest-small/links.csv --bundle data/demo`
}

// linksFigures are what the run prints as JSON.
type linksFigures struct {
	Path    string   `json:"path"`
	Items   int      `json:"items"`   // of the bundle
	IMDb    int      `json:"imdb"`    // of them with a number there
	TMDB    int      `json:"tmdb"`    // the same
	Unknown int      `json:"unknown"` // lines of items that the bundle does not have
	Bad     []string `json:"bad"`     // lines without a number where one should be, the first 10
	Bytes   int      `json:"bytes"`
}

func (v *linksVerb) Run(c *console.Console) error {
	if err := outFolder(v.Bundle).Validate(); err != nil {
		return console.Usagef("--bundle: %w", err)
	}
	data, path, err := bundledir.Read(v.Bundle)
	if err != nil {
		return fmt.Errorf("%w: make a bundle there first", err)
	}
	b, err := bundle.Decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	f, err := os.Open(v.Links)
	if err != nil {
		return err
	}
	defer f.Close()
	figures := linksFigures{Items: b.Catalog.Len(), Bad: []string{}}
	links, err := figures.read(f, b.Catalog)
	if err != nil {
		return fmt.Errorf("%s: %w", v.Links, err)
	}
	for _, text := range figures.Bad {
		c.Say("%s, %s", filepath.Base(v.Links), text)
	}
	encoded := links.Encode()
	figures.Bytes = len(encoded)
	if figures.Path, err = bundledir.WriteLinks(c.Ctx, v.Bundle, encoded); err != nil {
		return err
	}
	if v.JSON {
		return c.JSON(figures)
	}
	_, err = fmt.Fprintf(c.Out, "%s  %s: %d with a number at IMDb, %d at TMDB, %d lines of other items  %s\n",
		figures.Path, plural.Of(figures.Items, "item"), figures.IMDb, figures.TMDB, figures.Unknown, plural.Of(figures.Bytes, "byte"))
	return err
}

const mostBad = 10 // lines that are named

// read reads the table. An item's second line overwrites its first.
func (f *linksFigures) read(table io.Reader, c *catalog.Catalog) (*match.Links, error) {
	r := csv.NewReader(table)
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	columns := [3]int{-1, -1, -1} // of the id, of IMDb, of TMDB
	for at, name := range head {
		name = strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "\ufeff"), "_", ""))
		for i, known := range [...]string{" itemid movieid ", " imdb imdbid ", " tmdb tmdbid "} {
			if strings.Contains(known, " "+name+" ") {
				columns[i] = at
			}
		}
	}
	if columns[0] < 0 || columns[1] < 0 && columns[2] < 0 {
		return nil, fmt.Errorf("the first line names %q: needed are item_id and one of imdb_id and tmdb_id", head)
	}
	links := match.NewLinks(c)
	for line := 2; ; line++ {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		field := func(i int) string {
			if columns[i] < 0 || columns[i] >= len(fields) {
				return ""
			}
			return strings.TrimSpace(fields[columns[i]])
		}
		row, ok := c.Row(catalog.ID(field(0)))
		if !ok {
			f.Unknown++
			continue
		}
		for i, column := range [][]uint32{links.IMDb, links.TMDB} {
			text := strings.TrimPrefix(field(i+1), "tt")
			if text == "" {
				continue
			}
			number, err := strconv.ParseUint(text, 10, 31)
			if err != nil {
				if len(f.Bad) < mostBad {
					f.Bad = append(f.Bad, fmt.Sprintf("line %d: %q is no number", line, field(i+1)))
				}
				continue
			}
			column[row] = uint32(number)
		}
	}
	for row := range links.IMDb {
		if links.IMDb[row] > 0 {
			f.IMDb++
		}
		if links.TMDB[row] > 0 {
			f.TMDB++
		}
	}
	return links, nil
}
