package main

import (
	"strings"
	"sync"
	"time"
)

// Bounds of what strangers are named: anyone can make up origins.
const (
	mostStrangers  = 100 // in a day
	mostAtOnce     = 10  // in a minute
	strangersForMs = int64(24 * time.Hour / time.Millisecond)
	minuteMs       = int64(time.Minute / time.Millisecond)
)

// strangers names each origin whose feedback is refused once a day, so that the
// owner of a site that is not on the list hears of it.
type strangers struct {
	say func(origin string) // receives an origin that can be put on the list

	lock   sync.Mutex
	named  map[string]bool
	day    int64 // when named began, in Unix milliseconds
	minute int64 // when count began
	count  int
}

// met is told of an origin whose feedback is refused at now, in Unix
// milliseconds. One that is passed over for its minute is named in another.
func (s *strangers) met(origin string, now int64) {
	if !namable(origin) {
		return
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.named == nil || now-s.day >= strangersForMs {
		s.named, s.day = map[string]bool{}, now
	}
	if now-s.minute >= minuteMs {
		s.minute, s.count = now, 0
	}
	if s.named[origin] || len(s.named) == mostStrangers || s.count == mostAtOnce {
		return
	}
	s.named[origin] = true
	s.count++
	s.say(origin)
}

// namable reports whether an origin can be put on the list of those that may
// send, and into a shell's line as it stands: it has nothing but a scheme, a name
// and a port.
func namable(origin string) bool {
	_, err := parseOrigins([]string{origin + "=" + siteOf(origin)})
	_, host, _ := strings.Cut(origin, "://")
	return err == nil && strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]") == ""
}

// siteOf returns a name for the site at an origin: its host, of at most 64 bytes.
func siteOf(origin string) string {
	_, host, _ := strings.Cut(origin, "://")
	return host[:min(len(host), 64)]
}
