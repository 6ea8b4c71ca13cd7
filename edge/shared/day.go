//go:build !js

package shared

import (
	"context"
	"time"
)

// DayKey returns the key of a day, 2006-01-02 in UTC: the one that a server proposed first. It
// is gone from Redis ten minutes after the day. Its error says that Redis does not answer.
func (r *Redis) DayKey(ctx context.Context, day string, proposed []byte) (key []byte, err error) {
	begins, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil, err
	}
	ttl := time.Until(begins.Add(24*time.Hour + 10*time.Minute))
	if ttl < time.Second {
		return proposed, nil // over, by the clock of this server
	}
	err = r.do(ctx, func(ctx context.Context) error {
		name := prefix + "network-key:" + day
		if err := r.client.SetNX(ctx, name, proposed, ttl).Err(); err != nil {
			return err
		}
		key, err = r.client.Get(ctx, name).Bytes()
		return err
	})
	return key, err
}
