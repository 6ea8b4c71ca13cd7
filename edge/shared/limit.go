//go:build !js

package shared

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

// take is the generic cell rate algorithm (ITU-T I.371, annex A): the key holds the moment at
// which the bucket is full again, in microseconds of the clock of Redis, so that the clocks of
// the servers do not matter. It expires when the bucket is full.
var take = redis.NewScript(`
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local every, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + every
local wait = full - now - every * burst
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return 0`)

// Wait takes a token of a bucket that all servers share, which holds burst of them and gets a new
// one in every period, of at least a microsecond; it returns how long it takes until there is one, 0
// where one was taken. Its error says that Redis does not answer.
func (r *Redis) Wait(ctx context.Context, bucket string, every time.Duration, burst int) (wait time.Duration, err error) {
	err = r.do(ctx, func(ctx context.Context) error {
		micros, err := take.Run(ctx, r.client, []string{prefix + "rate:" + bucket}, every.Microseconds(), burst).Int64()
		wait = time.Duration(micros) * time.Microsecond
		return err
	})
	return wait, err
}
