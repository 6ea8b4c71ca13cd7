package command

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sparrow/build/content"
	"sparrow/build/embedding"
)

// textWidth is how many directions the words of texts get, before they are projected.
const textWidth = 128

// texts returns the vectors of the columns of the items' file that --text names.
func (v *importVerb) texts() (*embedding.File, error) {
	path := string(v.Items)
	if st, err := os.Stat(path); err != nil {
		return nil, err
	} else if st.IsDir() {
		path = filepath.Join(path, "items.csv")
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			path += ".gz"
		}
	}
	ids, columns, err := textColumns(path, v.Text)
	if err != nil {
		return nil, fmt.Errorf("--text: %s: %w", filepath.Base(path), err)
	}
	return embedding.Table(strings.Join(v.Text, ", "), ids, content.Texts(columns, textWidth, v.Seed), textWidth), nil
}

// textColumns reads the ids and the named columns of a CSV file in UTF-8, plain or gzip.
func textColumns(path string, names []string) (ids []string, columns [][]string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var from io.Reader = f
	if filepath.Ext(path) == ".gz" {
		if from, err = gzip.NewReader(f); err != nil {
			return nil, nil, err
		}
	}
	text, err := io.ReadAll(from)
	if err != nil {
		return nil, nil, err
	}
	body := strings.TrimPrefix(string(text), "\ufeff")
	first, _, _ := strings.Cut(body, "\n")
	rows := csv.NewReader(strings.NewReader(body))
	rows.ReuseRecord, rows.LazyQuotes, rows.FieldsPerRecord = true, true, -1
	for _, c := range ";\t|" {
		if strings.Count(first, string(c)) > strings.Count(first, string(rows.Comma)) {
			rows.Comma = c
		}
	}
	header, err := rows.Read()
	if err != nil {
		return nil, nil, err
	}
	header = slices.Clone(header)
	id := slices.IndexFunc(header, func(n string) bool { return n == "item_id" || n == "id" || n == "movieId" })
	if id < 0 {
		return nil, nil, fmt.Errorf("it has no column item_id, but %s", strings.Join(header, ", "))
	}
	at := make([]int, len(names))
	for i, name := range names {
		if at[i] = slices.Index(header, name); at[i] < 0 {
			return nil, nil, fmt.Errorf("it has no column %q, but %s", name, strings.Join(header, ", "))
		}
	}
	columns = make([][]string, len(names))
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return ids, columns, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if id >= len(row) {
			continue // a row that is cut short, which the catalog's reader names
		}
		ids = append(ids, strings.Clone(row[id]))
		for i, c := range at {
			cell := ""
			if c < len(row) {
				cell = row[c]
			}
			columns[i] = append(columns[i], strings.Clone(cell))
		}
	}
}
