package spark

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// columns are those that a log must have for Spark, and no others.
var columns = []string{"user_id", "item_id", "timestamp", "rating"}

// FormOf returns the file of statements for the log of the data set in dir, and its
// path. It returns an error where the log has what only the pass in Go reads.
func FormOf(dir string) (form, path string, err error) {
	for _, known := range []struct{ items, log, form string }{
		{"items.csv", "interactions.csv", "csv.sql"},
		{"movies.csv", "ratings.csv", "movielens.sql"},
		{"movies.dat", "ratings.dat", "dat.sql"},
	} {
		if find(dir, known.items) == "" {
			continue
		}
		if path = find(dir, known.log); path == "" {
			continue
		}
		if path, err = filepath.Abs(path); err != nil {
			return "", "", fmt.Errorf("spark: %w", err)
		}
		if known.form == "csv.sql" {
			if err := checkHeader(path); err != nil {
				return "", "", fmt.Errorf("spark: %s: %w", path, err)
			}
		}
		return known.form, path, nil
	}
	return "", "", fmt.Errorf("spark: %s has no log that Spark is told to read: items.csv with interactions.csv, or movies and ratings of MovieLens; --log names one elsewhere, and --engine go reads more kinds of data", dir)
}

// FormAt returns the file of statements for a log at an address, by how it ends.
func FormAt(log string) string {
	if name := strings.TrimSuffix(log, ".gz"); strings.HasSuffix(name, ".csv") {
		return "csv.sql"
	}
	return "parquet.sql"
}

// find returns the path of a file, plain or with .gz, or "".
func find(dir, name string) string {
	for _, n := range []string{name, name + ".gz"} {
		if st, err := os.Stat(filepath.Join(dir, n)); err == nil && st.Mode().IsRegular() {
			return filepath.Join(dir, n)
		}
	}
	return ""
}

// headerBytes is more than the first row of a log that has those columns.
const headerBytes = 1 << 12

// checkHeader returns an error unless the CSV file has the columns, and no others.
func checkHeader(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	head := make([]byte, headerBytes)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	first, _, _ := bytes.Cut(head[:n], []byte("\n"))
	names := strings.Split(strings.TrimRight(string(first), "\r"), ",")
	if slices.Sort(names); !slices.Equal(names, slices.Sorted(slices.Values(columns))) {
		return fmt.Errorf("its columns are %s, and Spark reads those with %s alone: events and weights are for --engine go", strings.TrimSpace(string(first)), strings.Join(columns, ", "))
	}
	return nil
}
