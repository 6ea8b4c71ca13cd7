//go:build !js

package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"sparrow/edge/assets"
	"sparrow/edge/shared"
	"sparrow/wasm/event"
)

// mostFeatures is how long the online features of a visitor outlast their last event.
const mostFeatures = 30 * 24 * time.Hour

// joint is what this edge shares with others through Redis; nil for an edge that is alone.
type joint struct {
	redis    *shared.Redis
	visitors *shared.Visitors
	live     *shared.Live // nil without a folder of bundles
}

// join connects an edge with the others, if --redis names a Redis.
func (o *options) join(disk *diskStore, tags *tagger, bundles *assets.Bundles) (*joint, error) {
	if o.Redis == "" {
		return nil, nil
	}
	failed := newComplaints(logged, "edge", aMinute).fail
	r, err := shared.Open(o.Redis, failed, func(line string) { fmt.Fprintln(logged, "edge:", line) })
	if err != nil {
		return nil, err
	}
	ttl := min(mostFeatures, time.Duration(o.Keep)*24*time.Hour)
	j := &joint{redis: r, visitors: shared.NewVisitors(r, ttl, newComplaints(logged, "edge", aMinute).fail, disk.wishes.again)}
	disk.wishes.tell(j.visitors.Forget)
	tags.share(r.DayKey)
	if bundles != nil && o.Bundles != "" {
		j.live = shared.NewLive(r, o.Bundles, bundles.Live, newComplaints(logged, "edge", aMinute).fail)
	}
	return j, nil
}

// positionFile is beside the segments and says how far this edge has followed the wishes of others.
const positionFile = "erased-position"

// run keeps what is shared equal until ctx ends.
func (j *joint) run(ctx context.Context, kept store, folder string) {
	if j == nil {
		return
	}
	defer j.redis.Close()
	var group sync.WaitGroup
	group.Go(func() { j.visitors.Run(ctx) })
	group.Go(func() {
		j.visitors.Follow(ctx, filepath.Join(folder, positionFile), func(v event.Visitor) error {
			return kept.Append(ctx, &event.Record{Site: self, Received: time.Now().UnixMilli(), Erase: &v})
		})
	})
	if j.live != nil {
		group.Go(func() { j.live.Run(ctx) })
	}
	group.Wait()
}

// changed tells the others that the overlay of this edge is another one.
func (j *joint) changed() {
	if j != nil && j.live != nil {
		j.live.Changed()
	}
}

// limit returns what limits senders: all edges together while Redis answers, else this one alone.
func (j *joint) limit(alone func(r *http.Request, site string) int, perMinute int, tags *tagger, senders *senders) func(*http.Request, string) int {
	if j == nil {
		return alone
	}
	every, burst := time.Minute/time.Duration(perMinute), max(1, perMinute/4)
	return func(r *http.Request, site string) int {
		bucket := tags.seal(network(senders.of(r)) + "\n" + site)
		wait, err := j.redis.Wait(r.Context(), hex.EncodeToString(bucket[:16]), every, burst)
		if err != nil {
			return alone(r, site)
		}
		return int(math.Ceil(wait.Seconds()))
	}
}

// noted is a store that tells what it has stored.
type noted struct {
	store
	took func(*event.Record)
}

// Append implements store.
func (n noted) Append(ctx context.Context, record *event.Record) error {
	err := n.store.Append(ctx, record)
	if err == nil {
		n.took(record)
	}
	return err
}

// over returns a store that notes the features of visitors in Redis.
func (j *joint) over(s store) store {
	if j == nil {
		return s
	}
	return noted{s, j.visitors.Took}
}
