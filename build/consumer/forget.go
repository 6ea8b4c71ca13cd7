package consumer

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"sparrow/edge/durable"
	"sparrow/wasm/event"
)

// Forget takes what visitors left behind out of the segments below a folder, and
// returns how many it wrote again or removed. Where an edge keeps the folder it
// does nothing: the edge does that, within hours.
func Forget(ctx context.Context, folder string, erased map[event.Visitor]int64) (changed int, err error) {
	if len(erased) == 0 {
		return 0, nil
	}
	lock, err := durable.Lock(filepath.Join(folder, "lock"), 0)
	if err != nil {
		return 0, nil
	}
	defer lock.Close()
	gone := event.NewForgotten()
	for v, said := range erased {
		gone.Add(v, said)
	}
	err = filepath.WalkDir(filepath.Join(folder, "events"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !strings.HasSuffix(path, ".seg") {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		segment, err := os.ReadFile(path) // 32 MB at most
		if err != nil {
			return err
		}
		left := event.Without(segment, gone)
		if bytes.Equal(left, segment) {
			return nil
		}
		changed++
		if len(left) == 0 {
			return os.Remove(path)
		}
		return durable.WritePrivate(ctx, path, func(w io.Writer) error {
			_, err := w.Write(left)
			return err
		})
	})
	return changed, err
}
