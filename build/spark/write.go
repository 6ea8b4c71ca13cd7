package spark

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
)

// MaxShards is how many shards there may be: as many files are open at once.
const MaxShards = 256

// A file's rows are in memory until a group of them is whole: 16 shards of samples
// take about 100 MB.
const (
	groupRows = 1 << 14
	pageBytes = 1 << 14
)

// table writes the rows of one table, all or none: they go to a hidden folder beside
// the one that it becomes.
type table[T any] struct {
	ctx        context.Context
	part, path string
	files      []*file[T]
	rows       int
}

// file is one shard.
type file[T any] struct {
	on     *os.File
	buffer *bufio.Writer
	out    *parquet.GenericWriter[T]
}

// newTable begins the table in the folder dir/name, which must not be there. shards is 0
// for a table of one file that is not sharded.
func newTable[T any](ctx context.Context, dir, name string, shards int) (*table[T], error) {
	t := &table[T]{ctx: ctx, part: filepath.Join(dir, "."+name+".part"), path: filepath.Join(dir, name)}
	if err := os.RemoveAll(t.part); err != nil { // of a run that was killed
		return nil, err
	}
	for k := range max(1, shards) {
		folder := t.part
		if shards > 0 {
			folder = filepath.Join(folder, fmt.Sprintf("shard=%d", k))
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, errors.Join(err, t.drop())
		}
		f, err := os.Create(filepath.Join(folder, "part-0.parquet"))
		if err != nil {
			return nil, errors.Join(err, t.drop())
		}
		buffer := bufio.NewWriterSize(f, pageBytes)
		t.files = append(t.files, &file[T]{f, buffer, parquet.NewGenericWriter[T](buffer, parquet.MaxRowsPerRowGroup(groupRows),
			parquet.PageBufferSize(pageBytes), parquet.Compression(&parquet.Snappy))})
	}
	return t, nil
}

// write adds a row to the shard of the user of that id.
func (t *table[T]) write(user string, row T) error {
	if t.rows%(1<<10) == 0 {
		if err := t.ctx.Err(); err != nil {
			return err
		}
	}
	t.rows++
	_, err := t.files[shardOf(user, len(t.files))].out.Write([]T{row})
	return err
}

// shardOf returns which of n shards a user is in: what Spark's pmod(crc32(user_id), n) is.
func shardOf(user string, n int) int {
	return int(crc32.ChecksumIEEE([]byte(user)) % uint32(n))
}

// close ends the files, and gives the table its name where err is nil; else it removes
// them and returns err.
func (t *table[T]) close(err error) error {
	for _, f := range t.files {
		if err == nil {
			err = errors.Join(f.out.Close(), f.buffer.Flush(), f.on.Sync())
		}
		err = errors.Join(err, f.on.Close())
	}
	if err == nil {
		err = os.Rename(t.part, t.path)
	}
	if err != nil {
		return errors.Join(err, t.drop())
	}
	return nil
}

// drop removes what was written.
func (t *table[T]) drop() error { return os.RemoveAll(t.part) }
