//go:build !js

package shared

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"sparrow/wasm/catalog"
	"sparrow/wasm/event"
)

// Bounds of what is kept of a visitor, and of what waits to be.
const (
	lastItems   = 50
	mostWaiting = 1 << 12 // events
	mostGone    = 1 << 16 // visitors who asked to be forgotten
	mostBatch   = 256     // events in one trip to Redis
)

// Visitors keeps features of the visitors who share feedback, as online features for other
// services: the hash sparrow:visitor:<id> with at (Unix milliseconds of the newest event), events and
// a count n:<kind> of each kind, and the list sparrow:visitor:<id>:items of the last 50 things that
// they did with items, the newest first, each a [Done] as JSON. Both expire some time after the last
// event, and are gone once the visitor asks for it. What Redis has taken and not confirmed counts twice.
type Visitors struct {
	redis  *Redis
	ttl    time.Duration
	failed func(error)
	wake   chan struct{}

	lock    sync.Mutex
	waiting []seen
	lost    int                        // events that there was no room for
	gone    map[event.Visitor]struct{} // whose keys are to be deleted
	missed  bool                       // more are than gone has room for
	again   func()                     // has all who are gone told again
}

// Done is what a visitor did with an item. That a card of it was in view is nothing that they did.
type Done struct {
	Kind  event.Kind `json:"kind"`
	Item  catalog.ID `json:"item"`
	Stars float32    `json:"stars,omitempty"` // with event.Rate
	At    int64      `json:"at"`              // Unix milliseconds
}

// seen is what is kept of an event.
type seen struct {
	visitor event.Visitor
	Done
}

// NewVisitors keeps features for ttl after the last event of a visitor. again is called where more
// visitors were forgotten while Redis was away than there is room for; it has them all told again.
func NewVisitors(r *Redis, ttl time.Duration, failed func(error), again func()) *Visitors {
	return &Visitors{redis: r, ttl: ttl, failed: failed, wake: make(chan struct{}, 1), gone: map[event.Visitor]struct{}{}, again: again}
}

// Took notes the events of a record that was stored.
func (v *Visitors) Took(record *event.Record) {
	v.lock.Lock()
	defer v.lock.Unlock()
	for _, raw := range record.Events {
		e, err := event.Decode(raw)
		if err != nil {
			continue // it was read a moment before
		}
		if len(v.waiting) == mostWaiting {
			v.lost++
			continue
		}
		v.waiting = append(v.waiting, seen{e.Visitor, Done{event.Kind(strings.Clone(string(e.Kind))), catalog.ID(strings.Clone(string(e.Item))), e.Stars, e.At}})
	}
	v.rouse()
}

// Forget deletes what is kept of a visitor and tells the other servers, as soon as Redis answers.
func (v *Visitors) Forget(visitor event.Visitor) {
	v.lock.Lock()
	defer v.lock.Unlock()
	if len(v.gone) < mostGone {
		v.gone[visitor] = struct{}{}
	} else {
		v.missed = true
	}
	v.rouse()
}

func (v *Visitors) rouse() {
	select {
	case v.wake <- struct{}{}:
	default:
	}
}

// Run writes to Redis until ctx ends.
func (v *Visitors) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-v.wake:
		}
		for v.write(ctx) {
		}
	}
}

// write takes a piece of what waits to Redis, and reports whether there is more that can go now.
func (v *Visitors) write(ctx context.Context) bool {
	v.lock.Lock()
	some := v.waiting[:min(len(v.waiting), mostBatch)]
	var gone []event.Visitor
	for one := range v.gone {
		if gone = append(gone, one); len(gone) == mostBatch {
			break
		}
	}
	lost := v.lost
	v.lock.Unlock()
	if lost > 0 {
		v.failed(fmt.Errorf("the online features of visitors lack %d events, which came while redis was away or slow; nothing of the feedback is lost", lost))
	}
	if len(some)+len(gone) == 0 {
		return false
	}
	err := v.redis.do(ctx, func(ctx context.Context) error {
		_, err := v.redis.client.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i := range some {
				v.note(ctx, p, &some[i])
			}
			for _, one := range gone { // after the events: they may be of the same visitor
				p.Del(ctx, keyOf(one), keyOf(one)+":items")
				add.Eval(ctx, p, []string{erased, erased + ":newest"}, string(one[:]), mostErased)
			}
			return nil
		})
		return err
	})
	if err != nil {
		if !errors.Is(err, ErrAway) {
			v.failed(err)
		}
		time.AfterFunc(pause, func() { v.lock.Lock(); v.rouse(); v.lock.Unlock() })
		return false
	}
	v.lock.Lock()
	v.waiting, v.lost = append(v.waiting[:0:0], v.waiting[len(some):]...), v.lost-lost
	for _, one := range gone {
		delete(v.gone, one)
	}
	again := v.missed && len(v.gone) == 0
	if again {
		v.missed = false
	}
	more := len(v.waiting)+len(v.gone) > 0
	v.lock.Unlock()
	if again {
		v.again()
	}
	return more
}

func keyOf(v event.Visitor) string { return prefix + "visitor:" + hex.EncodeToString(v[:]) }

// newer keeps the later of two moments.
var newer = redis.NewScript(`
if tonumber(redis.call('HGET', KEYS[1], 'at') or 0) < tonumber(ARGV[1]) then redis.call('HSET', KEYS[1], 'at', ARGV[1]) end
return 1`)

// note adds what one event says.
func (v *Visitors) note(ctx context.Context, p redis.Pipeliner, s *seen) {
	key := keyOf(s.visitor)
	p.HIncrBy(ctx, key, "events", 1)
	p.HIncrBy(ctx, key, "n:"+string(s.Kind), 1)
	newer.Eval(ctx, p, []string{key}, strconv.FormatInt(s.At, 10))
	p.PExpire(ctx, key, v.ttl)
	if s.Item != "" && s.Kind != event.Impression {
		text, err := json.Marshal(s.Done)
		if err != nil {
			panic(err) // of texts and numbers
		}
		p.LPush(ctx, key+":items", text)
		p.LTrim(ctx, key+":items", 0, lastItems-1)
		p.PExpire(ctx, key+":items", v.ttl)
	}
}

// Did returns what a visitor did last with items, the newest first; nothing for one who is not known. Its error
// says that Redis does not answer, or what it has is none of ours.
func (r *Redis) Did(ctx context.Context, visitor event.Visitor) (all []Done, err error) {
	var texts []string
	if err := r.do(ctx, func(ctx context.Context) (err error) {
		texts, err = r.client.LRange(ctx, keyOf(visitor)+":items", 0, lastItems-1).Result()
		return err
	}); err != nil {
		return nil, err
	}
	for _, text := range texts {
		var d Done
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			return nil, fmt.Errorf("%s:items in redis: %w", keyOf(visitor), err)
		}
		all = append(all, d)
	}
	return all, nil
}
