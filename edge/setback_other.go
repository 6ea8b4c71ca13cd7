//go:build !js

package main

import "time"

// setback is how long something that fails is left alone: not at all after one
// failure, then 100 ms, and twice as long after each, up to most.
type setback struct {
	most     time.Duration
	failures int
	until    time.Time
}

const firstSetback = 100 * time.Millisecond

// fail books a failure.
func (s *setback) fail(now time.Time) {
	wait := time.Duration(0)
	if s.failures > 0 {
		wait = min(firstSetback<<min(s.failures-1, 30), s.most)
	}
	s.failures++
	s.until = now.Add(wait)
}

// succeed forgets all failures.
func (s *setback) succeed() { s.failures, s.until = 0, time.Time{} }

// left returns how long to wait until the next try. A clock that was set back
// makes it no longer than it was.
func (s *setback) left(now time.Time) time.Duration { return min(max(0, s.until.Sub(now)), s.most) }
