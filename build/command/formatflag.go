package command

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"sparrow/build/cell"
)

// formatFlag says how a file of lists is written.
type formatFlag struct {
	Format string `default:"auto" enum:"auto,csv,jsonl,parquet" placeholder:"FORMAT" help:"csv and parquet with a row an item, or jsonl with an object a list; auto goes by how --out ends, and is csv where that says nothing (${default})."`
}

// of returns the format of a file to write.
func (f formatFlag) of(out outStream) string {
	if f.Format != "auto" {
		return f.Format
	}
	switch strings.ToLower(filepath.Ext(string(out))) {
	case ".jsonl", ".ndjson":
		return "jsonl"
	case ".parquet":
		return "parquet"
	}
	return "csv"
}

// listItem is an item of a list to write.
type listItem struct {
	ID    string  `json:"item_id"`
	Score float32 `json:"score"`
}

// listWriter writes lists, each with the id of what it is for.
type listWriter interface {
	list(of string, items []listItem) error
	close() error
}

// csvLists write rows of the id, rank, item and score.
type csvLists struct{ out *csv.Writer }

func newCSVLists(w io.Writer, of, item string) (csvLists, error) {
	l := csvLists{csv.NewWriter(w)}
	return l, l.out.Write([]string{of, "rank", item, "score"})
}

func (l csvLists) list(of string, items []listItem) error {
	for i, it := range items {
		if err := l.out.Write([]string{cell.Text(of), strconv.Itoa(i + 1), cell.Text(it.ID), strconv.FormatFloat(float64(it.Score), 'g', -1, 32)}); err != nil {
			return err
		}
	}
	return nil
}

func (l csvLists) close() error {
	l.out.Flush()
	return l.out.Error()
}

// jsonLists write an object a line.
type jsonLists struct {
	out *bufio.Writer
	of  string // name of the field with the id
}

func (l jsonLists) list(of string, items []listItem) error {
	if items == nil {
		items = []listItem{}
	}
	line, err := json.Marshal(map[string]any{l.of: of, "items": items})
	if err != nil {
		return err
	}
	_, err = l.out.Write(append(line, '\n'))
	return err
}

func (l jsonLists) close() error { return l.out.Flush() }

// rowsAtOnce is how many rows of a Parquet file are held in memory.
const rowsAtOnce = 1 << 18

// parquetLists write rows of type T.
type parquetLists[T any] struct {
	out *parquet.GenericWriter[T]
	row func(of string, rank int32, item listItem) T
}

func newParquetLists[T any](w io.Writer, row func(of string, rank int32, item listItem) T) parquetLists[T] {
	return parquetLists[T]{parquet.NewGenericWriter[T](w, parquet.MaxRowsPerRowGroup(rowsAtOnce), parquet.Compression(&parquet.Snappy)), row}
}

func (l parquetLists[T]) list(of string, items []listItem) error {
	rows := make([]T, len(items))
	for i, it := range items {
		rows[i] = l.row(of, int32(i+1), it)
	}
	_, err := l.out.Write(rows)
	return err
}

func (l parquetLists[T]) close() error { return l.out.Close() }

// recommendedRow and similarRow are the rows of Parquet files.
type (
	recommendedRow struct {
		User  string  `parquet:"user_id"`
		Rank  int32   `parquet:"rank"`
		Item  string  `parquet:"item_id"`
		Score float32 `parquet:"score"`
	}
	similarRow struct {
		Item    string  `parquet:"item_id"`
		Rank    int32   `parquet:"rank"`
		Similar string  `parquet:"similar_id"`
		Score   float32 `parquet:"score"`
	}
)

// ofUsers returns what writes the lists of users to w.
func (f formatFlag) ofUsers(w io.Writer, out outStream) (listWriter, error) {
	switch f.of(out) {
	case "jsonl":
		return jsonLists{bufio.NewWriter(w), "user_id"}, nil
	case "parquet":
		return newParquetLists(w, func(of string, rank int32, it listItem) recommendedRow {
			return recommendedRow{of, rank, it.ID, it.Score}
		}), nil
	}
	return newCSVLists(w, "user_id", "item_id")
}

// ofItems returns what writes the lists of items to w.
func (f formatFlag) ofItems(w io.Writer, out outStream) (listWriter, error) {
	switch f.of(out) {
	case "jsonl":
		return jsonLists{bufio.NewWriter(w), "item_id"}, nil
	case "parquet":
		return newParquetLists(w, func(of string, rank int32, it listItem) similarRow {
			return similarRow{of, rank, it.ID, it.Score}
		}), nil
	}
	return newCSVLists(w, "item_id", "similar_id")
}
