//go:build !js

package shared

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/redis/go-redis/v9"

	"sparrow/edge/changes"
	"sparrow/edge/durable"
)

// Live keeps the live overlay of a folder equal to that of the other edges, whatever changes it
// here: PUT /v1/live or a program that replaces the file. The newest overlay stands in Redis; who
// changed it publishes that, and the others merge.
type Live struct {
	redis  *Redis
	folder *changes.Folder
	base   string // the file with the overlay of which Redis and the folder last agreed
	failed func(error)
	wake   chan struct{}
}

// baseName is that of the file beside live.json.
const baseName = ".live.base"

// look is how often the folder and Redis are compared where nothing is published.
const look = time.Second

// NewLive keeps the overlay of dir, which is folder, equal. failed receives why it cannot be.
func NewLive(r *Redis, dir string, folder *changes.Folder, failed func(error)) *Live {
	return &Live{r, folder, filepath.Join(dir, baseName), failed, make(chan struct{}, 1)}
}

// Changed says that the overlay of the folder is another one now.
func (l *Live) Changed() {
	select {
	case l.wake <- struct{}{}:
	default: // it is known already
	}
}

// Run keeps the two equal until ctx ends.
func (l *Live) Run(ctx context.Context) {
	told := l.redis.client.Subscribe(ctx, prefix+"live")
	defer told.Close()
	news := told.Channel() // which subscribes again by itself where the connection is lost
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		if err := l.agree(ctx); err != nil && !errors.Is(err, ErrAway) && ctx.Err() == nil {
			l.failed(fmt.Errorf("the live overlay of the edges is not the same: %w", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		case <-news:
		case <-tick.C:
		}
	}
}

// swap replaces the overlay in Redis where it still is the one that was read.
var swap = redis.NewScript(`
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('PUBLISH', KEYS[1], '')
return 1`)

// tries is how often others may change the overlay between reading it and writing it.
const tries = 20

// agree makes both overlays what follows from the changes that either has had since they were equal.
func (l *Live) agree(ctx context.Context) error {
	base, err := os.ReadFile(l.base)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for range tries {
		var theirs []byte
		err := l.redis.do(ctx, func(ctx context.Context) (err error) {
			theirs, err = l.redis.client.Get(ctx, prefix+"live").Bytes()
			return err
		})
		if err != nil && !errors.Is(err, redis.Nil) {
			return err
		}
		ours, joined, err := l.folder.Join(base, theirs)
		if err != nil || joined == nil {
			return err
		}
		if !bytes.Equal(joined, theirs) {
			var done int
			if err := l.redis.do(ctx, func(ctx context.Context) (err error) {
				done, err = swap.Run(ctx, l.redis.client, []string{prefix + "live"}, theirs, joined).Int()
				return err
			}); err != nil {
				return err
			}
			if done == 0 {
				continue
			}
		}
		if !bytes.Equal(joined, ours.Text) {
			if done, err := l.folder.Replace(ours, joined); err != nil {
				return err
			} else if !done {
				continue
			}
		}
		if bytes.Equal(joined, base) {
			return nil
		}
		return durable.WriteFile(ctx, l.base, func(w io.Writer) error {
			_, err := w.Write(joined)
			return err
		})
	}
	return fmt.Errorf("others have changed it %d times meanwhile", tries)
}
