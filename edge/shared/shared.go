//go:build !js

// Package shared is what several servers of one site share, in Redis: how many requests a
// network sends, the key of the day, the live overlay, what visitors did last, and lists.
// Redis is a help and no condition: while it is away, each server goes on alone.
package shared

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

const (
	patience = 100 * time.Millisecond // for one answer of Redis
	pause    = time.Second            // in which one that did not answer is not asked again
)

// prefix is what the names of all keys begin with.
const prefix = "sparrow:"

// ErrAway is why nothing was asked: Redis has not answered a moment before.
var ErrAway = errors.New("redis is away")

// Redis is the connection. It is for concurrent use.
type Redis struct {
	client *redis.Client
	failed func(error)
	say    func(line string)

	lock  sync.Mutex
	until time.Time // Redis is left alone; zero while it answers
}

// Open reads an address, redis://user:password@host:port/db or rediss://… for TLS, and does not
// wait for Redis. failed receives each error of Redis, say that it answers again.
func Open(address string, failed func(error), say func(line string)) (*Redis, error) {
	o, err := redis.ParseURL(address)
	if err != nil {
		return nil, fmt.Errorf("--redis: %w; write redis://localhost:6379/0", err)
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = patience, patience, patience, patience
	o.MaxRetries, o.ContextTimeoutEnabled, o.DisableIdentity = -1, true, true
	o.DialerRetries = 1
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	redis.SetLogger(quiet{}) // what it would write is said here
	return &Redis{client: redis.NewClient(o), failed: failed, say: say}, nil
}

// quiet is a log of nothing.
type quiet struct{}

func (quiet) Printf(context.Context, string, ...any) {}

// Close ends the connections.
func (r *Redis) Close() { r.client.Close() }

// do has Redis answer, within patience, unless it did not a moment before. That there is no such
// key is an answer.
func (r *Redis) do(ctx context.Context, ask func(context.Context) error) error {
	r.lock.Lock()
	away := time.Now().Before(r.until)
	r.lock.Unlock()
	if away {
		return ErrAway
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	err := ask(ctx)
	r.lock.Lock()
	defer r.lock.Unlock()
	if err != nil && !errors.Is(err, redis.Nil) {
		r.until = time.Now().Add(pause)
		r.failed(fmt.Errorf("redis does not answer, and this server goes on alone: %w", err))
		return err
	}
	if !r.until.IsZero() {
		r.until = time.Time{}
		r.say("redis answers again")
	}
	return err
}

// Once returns what passes an error on at most once in a period.
func Once(period time.Duration, say func(error)) func(error) {
	var lock sync.Mutex
	var last time.Time
	return func(err error) {
		lock.Lock()
		defer lock.Unlock()
		if now := time.Now(); now.Sub(last) >= period {
			last = now
			say(err)
		}
	}
}
