package clickstream

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// ItemsReport counts what became of item properties.
type ItemsReport struct {
	Items int    `json:"items"`
	Rows  int    `json:"rows"` // of properties that are used: categoryid and available
	Other int    `json:"other"`
	Bad   int    `json:"bad"`
	First string `json:"first_bad,omitempty"` // where the first bad row is
}

// property is a value and since when it holds.
type property struct {
	value string
	at    time.Time
}

// WriteItems reads item_properties.csv of Retailrocket's data set, timestamp, itemid,
// property, value, and writes items.csv: of each item its newest category as a genre, and whether
// it is available. The set has no titles, so that of an item is its number. Memory grows with
// the items, not with the rows.
func WriteItems(ctx context.Context, w io.Writer, files []string, progress func(string, int64, int64)) (*ItemsReport, error) {
	r := new(ItemsReport)
	items := map[string]*[2]property{} // category and availability
	var at map[string]int
	width := 0
	err := each(ctx, files, progress, func(name string, line int, text string, long bool) error {
		fields, err := split(text)
		if line == 1 {
			at, width = map[string]int{}, len(fields)
			for i, name := range fields {
				at[strings.ToLower(strings.TrimPrefix(name, "\ufeff"))] = i
			}
			for _, name := range []string{"timestamp", "itemid", "property", "value"} {
				if _, ok := at[name]; !ok {
					return fmt.Errorf("the first line names no column %q; it has to name timestamp, itemid, property, value", name)
				}
			}
			return nil
		}
		if text == "" && !long {
			return nil
		}
		var since time.Time
		if err == nil && len(fields) == width && !long {
			since, err = unix(fields[at["timestamp"]])
		}
		if err != nil || len(fields) != width || long || fields[at["itemid"]] == "" {
			if r.Bad++; r.Bad == 1 {
				r.First = fmt.Sprintf("%s:%d", name, line)
			}
			return nil
		}
		which := slices.Index([]string{"categoryid", "available"}, fields[at["property"]])
		if which < 0 {
			r.Other++
			which = 0
			since = time.Time{} // the item is there
		} else {
			r.Rows++
		}
		known := items[fields[at["itemid"]]]
		if known == nil {
			known = new([2]property)
			items[strings.Clone(fields[at["itemid"]])] = known
		}
		if !since.IsZero() && !since.Before(known[which].at) {
			known[which] = property{strings.Clone(fields[at["value"]]), since}
		}
		return nil
	})
	if err != nil {
		return r, fmt.Errorf("clickstream: %w", err)
	}
	if r.Items = len(items); r.Items == 0 {
		return r, errors.New("clickstream: the properties are of no item")
	}
	out := csv.NewWriter(w)
	out.Write([]string{"item_id", "title", "genres", "available"})
	for _, id := range slices.Sorted(maps.Keys(items)) {
		p := items[id]
		category := ""
		if p[0].value != "" {
			category = "Category " + p[0].value
		}
		out.Write([]string{id, "Item " + id, category, map[string]string{"0": "false", "1": "true"}[p[1].value]})
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return r, fmt.Errorf("clickstream: %w", err)
	}
	return r, nil
}

// each is eachLine of one file after the other.
func each(ctx context.Context, files []string, progress func(string, int64, int64), take func(name string, line int, text string, long bool) error) error {
	for _, path := range files {
		if err := eachLine(ctx, path, progress, take); err != nil {
			return err
		}
	}
	return nil
}
