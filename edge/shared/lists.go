//go:build !js

package shared

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// Bounds of lists that are kept.
const (
	listFor  = time.Hour
	mostList = 64 << 10 // bytes
)

// List returns a list that [Redis.KeepList] has kept under a name; nil where there is none, or
// Redis is away.
func (r *Redis) List(ctx context.Context, name string) (list []byte) {
	r.do(ctx, func(ctx context.Context) (err error) {
		list, err = r.client.Get(ctx, prefix+"list:"+name).Bytes()
		return err
	})
	return list
}

// KeepList keeps a list of at most 64 KB for an hour.
func (r *Redis) KeepList(ctx context.Context, name string, list []byte) {
	if len(list) <= mostList {
		r.do(ctx, func(ctx context.Context) error {
			return r.client.Set(ctx, prefix+"list:"+name, list, listFor).Err()
		})
	}
}

// vectorsAtOnce is how many vectors go to Redis in one trip.
const vectorsAtOnce = 500

// Vectors makes the hashes sparrow:item:<id> those of some items: the vector as little-endian float32,
// which is how the search of Redis reads a field of the type VECTOR, and the SHA-256 of the bundle that
// it is of. Those of items that are none of these are deleted. It waits for Redis as long as ctx.
func (r *Redis) Vectors(ctx context.Context, bundle string, n int, of func(i int) (id string, vector []byte)) error {
	o := *r.client.Options()
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = 10*time.Second, time.Minute, time.Minute, time.Minute
	client := redis.NewClient(&o)
	defer client.Close()
	const names, next = prefix + "items", prefix + "items:next"
	if err := client.Del(ctx, next).Err(); err != nil {
		return err
	}
	for first := 0; first < n; first += vectorsAtOnce {
		if _, err := client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i := first; i < min(n, first+vectorsAtOnce); i++ {
				id, vector := of(i)
				p.HSet(ctx, prefix+"item:"+id, "vector", vector, "bundle", bundle)
				p.SAdd(ctx, next, id)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	gone, err := client.SDiff(ctx, names, next).Result()
	if err != nil {
		return err
	}
	for len(gone) > 0 {
		some := gone[:min(len(gone), vectorsAtOnce)]
		keys := make([]string, len(some))
		for i, id := range some {
			keys[i] = prefix + "item:" + id
		}
		if err := client.Del(ctx, keys...).Err(); err != nil {
			return err
		}
		gone = gone[len(some):]
	}
	if n == 0 {
		return errors.Join(client.Del(ctx, names).Err(), client.Del(ctx, next).Err())
	}
	return client.Rename(ctx, next, names).Err()
}
