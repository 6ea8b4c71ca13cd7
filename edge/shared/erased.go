//go:build !js

package shared

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"sparrow/edge/durable"
	"sparrow/wasm/event"
)

// erased is the sorted set of the visitors who asked any server to be forgotten, by the order in
// which Redis heard of them; mostErased of them are kept.
const (
	erased     = prefix + "erased"
	mostErased = 200_000
	readErased = 1000
)

// add puts a visitor into the set, unless they are there.
var add = redis.NewScript(`
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], redis.call('INCR', KEYS[2]), ARGV[1])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - tonumber(ARGV[2]))
return 1`)

// Follow passes each visitor on to forget who asked another server to be forgotten, until ctx ends. How far
// it came stands in a file; a visitor may be passed on again. forget returns nil once that is durable.
func (v *Visitors) Follow(ctx context.Context, file string, forget func(event.Visitor) error) {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		for {
			more, err := v.follow(ctx, file, forget)
			if err != nil && !errors.Is(err, ErrAway) && ctx.Err() == nil {
				v.failed(fmt.Errorf("visitors who asked another edge to be forgotten: %w", err))
			}
			if err != nil || !more {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// follow passes some on, and reports whether there are more.
func (v *Visitors) follow(ctx context.Context, file string, forget func(event.Visitor) error) (more bool, err error) {
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return false, err
	}
	place, _ := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64) // 0, the beginning, where it cannot be read
	var newest int64
	var some []redis.Z
	if err := v.redis.do(ctx, func(ctx context.Context) error {
		newest, err = v.redis.client.Get(ctx, erased+":newest").Int64()
		if err != nil {
			return err
		}
		if newest < place { // Redis has lost what it had
			place = 0
		}
		some, err = v.redis.client.ZRangeByScoreWithScores(ctx, erased, &redis.ZRangeBy{Min: "(" + strconv.FormatInt(place, 10), Max: "+inf", Count: readErased}).Result()
		return err
	}); err != nil {
		if errors.Is(err, redis.Nil) {
			return false, nil // no one has asked
		}
		return false, err
	}
	if len(some) == 0 {
		return false, nil
	}
	for _, one := range some {
		member, _ := one.Member.(string)
		if len(member) != len(event.Visitor{}) {
			v.failed(fmt.Errorf("%s in redis has a member of %d bytes, which is no visitor", erased, len(member)))
			continue
		}
		if err := forget(event.Visitor([]byte(member))); err != nil {
			return false, err
		}
	}
	err = durable.WritePrivate(ctx, file, func(w io.Writer) error {
		_, err := fmt.Fprintln(w, int64(some[len(some)-1].Score))
		return err
	})
	return err == nil && len(some) == readErased, err
}
