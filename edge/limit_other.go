//go:build !js

package main

import (
	"hash/maphash"
	"math"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limiter gives each site and network a bucket of tokens, one a request. It
// remembers networks by a hash that changes with each process and forgets them
// after one to two generations, so that it never holds more than 2 × most
// buckets.
type limiter struct {
	every rate.Limit
	burst int
	most  int
	seed  maphash.Seed

	lock         sync.Mutex
	young, old   map[uint64]*rate.Limiter
	replacedLast time.Time
}

// newLimiter allows perMinute requests a minute, of which a quarter may come at
// once.
func newLimiter(perMinute int) *limiter {
	return &limiter{
		every: rate.Limit(float64(perMinute) / 60), burst: max(1, perMinute/4), most: 1 << 16, seed: maphash.MakeSeed(),
		young: map[uint64]*rate.Limiter{},
	}
}

// wait takes a token for a request from an address to site, or returns how many
// seconds it takes until there is one.
func (l *limiter) wait(from netip.Addr, site string, now time.Time) int {
	bucket := l.bucket(maphash.Comparable(l.seed, [2]string{network(from), site}), now)
	r := bucket.ReserveN(now, 1)
	delay := r.DelayFrom(now)
	if delay == 0 {
		return 0
	}
	r.CancelAt(now)
	return int(math.Ceil(delay.Seconds()))
}

// generation is longer than an empty bucket takes to fill up.
const generation = 5 * time.Minute

func (l *limiter) bucket(key uint64, now time.Time) *rate.Limiter {
	l.lock.Lock()
	defer l.lock.Unlock()
	if len(l.young) >= l.most || now.Sub(l.replacedLast) > generation {
		l.young, l.old, l.replacedLast = map[uint64]*rate.Limiter{}, l.young, now
	}
	b := l.young[key]
	if b == nil {
		if b = l.old[key]; b == nil {
			b = rate.NewLimiter(l.every, l.burst)
		}
		l.young[key] = b
	}
	return b
}
