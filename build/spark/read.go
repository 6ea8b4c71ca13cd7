package spark

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/parquet-go/parquet-go"
)

// Sequences reads what [Prepare] or Spark wrote, one shard at a time: it is the log that
// sasrec.TrainShards trains on.
type Sequences struct {
	IDs    []string // of the items, by row
	shards [][]string
}

// readRows is how many rows are read at once.
const readRows = 256

// OpenSequences reads the items of the folder dir and finds its sequences.
func OpenSequences(dir string) (*Sequences, error) {
	text, err := os.ReadFile(filepath.Join(dir, "schema.json"))
	if err != nil {
		return nil, fmt.Errorf("%w: name the folder that prepare --out has made", err)
	}
	var have, known struct{ Version int }
	if err := errors.Join(json.Unmarshal(text, &have), json.Unmarshal(schema, &known)); err != nil || have != known {
		return nil, fmt.Errorf("%s: its version is %d, and this program reads %d: make the folder again by prepare --out", filepath.Join(dir, "schema.json"), have.Version, known.Version)
	}
	s := &Sequences{}
	files, err := parts(filepath.Join(dir, "items"))
	if err != nil {
		return nil, err
	}
	for _, path := range files {
		err := eachRow(context.Background(), path, func(row *Item) error {
			for int(row.Item) >= len(s.IDs) && row.Item < 1<<24 {
				s.IDs = append(s.IDs, "")
			}
			if row.Item < 0 || int(row.Item) >= len(s.IDs) || s.IDs[row.Item] != "" || row.ID == "" {
				return fmt.Errorf("item %d, %q: a number that no item has, or two have", row.Item, row.ID)
			}
			s.IDs[row.Item] = row.ID
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if i := slices.Index(s.IDs, ""); i >= 0 || len(s.IDs) == 0 {
		return nil, fmt.Errorf("%s: no item has the number %d", filepath.Join(dir, "items"), max(i, 0))
	}
	for k := 0; ; k++ {
		files, err := parts(filepath.Join(dir, "sequences", fmt.Sprintf("shard=%d", k)))
		if err != nil && k > 0 {
			break
		} else if err != nil {
			return nil, err
		}
		s.shards = append(s.shards, files)
	}
	if all, err := filepath.Glob(filepath.Join(dir, "sequences", "shard=*")); err != nil || len(all) != len(s.shards) {
		return nil, fmt.Errorf("%s: its shards are not numbered from 0 on without a gap, or one has no file", filepath.Join(dir, "sequences"))
	}
	return s, nil
}

// parts returns the Parquet files of a folder by name, of which there must be one.
func parts(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.parquet"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s has no .parquet file: name the folder that prepare --out has made", folder)
	}
	return files, err
}

// Items returns the number of items.
func (s *Sequences) Items() int { return len(s.IDs) }

// Len returns the number of shards.
func (s *Sequences) Len() int { return len(s.shards) }

// sequence is the part of a [Sequence] that is read.
type sequence struct {
	User    int32     `parquet:"user"`
	Items   []int32   `parquet:"items,list"`
	Weights []float32 `parquet:"weights,list"`
}

// Each calls take for each user of a shard, by their number, with what they did, oldest first. The slices are those of
// all users of the shard: take must not keep them. An item that is none, or a list of another length, is an error.
func (s *Sequences) Each(ctx context.Context, shard int, take func(items []int32, weights []float32) error) error {
	type span struct {
		user     int32
		from, to int
	}
	var users []span
	var items []int32
	var weights []float32
	for _, path := range s.shards[shard] {
		err := eachRow(ctx, path, func(row *sequence) error {
			if len(row.Items) != len(row.Weights) {
				return fmt.Errorf("user %d has %d items and %d weights", row.User, len(row.Items), len(row.Weights))
			}
			for _, item := range row.Items {
				if item < 0 || int(item) >= len(s.IDs) {
					return fmt.Errorf("user %d has the item %d, of %d", row.User, item, len(s.IDs))
				}
			}
			users = append(users, span{row.User, len(items), len(items) + len(row.Items)})
			items, weights = append(items, row.Items...), append(weights, row.Weights...)
			return nil
		})
		if err != nil {
			return err
		}
	}
	slices.SortFunc(users, func(a, b span) int { return cmp.Compare(a.user, b.user) }) // Spark has them in an order of its own
	for i, u := range users {
		if i > 0 && users[i-1].user == u.user {
			return fmt.Errorf("shard %d has user %d twice", shard, u.user)
		}
		if err := take(items[u.from:u.to], weights[u.from:u.to]); err != nil {
			return err
		}
	}
	return nil
}

// eachRow calls do for each row of a file.
func eachRow[T any](ctx context.Context, path string, do func(row *T) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	file, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	r := parquet.NewGenericReader[T](file)
	defer r.Close()
	rows := make([]T, readRows)
	for at := 0; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(rows)
		for i := range rows[:n] {
			if err := do(&rows[i]); err != nil {
				return fmt.Errorf("%s, row %d: %w", path, at+i+1, err)
			}
		}
		at += n
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s, row %d: %w", path, at+1, err)
		}
	}
}
