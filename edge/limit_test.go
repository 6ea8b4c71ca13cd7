//go:build !js

package main

import (
	"strconv"
	"testing"
	"time"
)

// TestLimiter: 60 a minute are 15 at once and then one a second.
func TestLimiter(t *testing.T) {
	l, now := newLimiter(60), time.Unix(1764000000, 0)
	for i := range 15 {
		if wait := l.wait(plain("192.0.2.1:1"), "shop", now); wait != 0 {
			t.Fatalf("request %d waits for %d s", i, wait)
		}
	}
	for _, c := range []struct {
		name, address, site string
		after               time.Duration
		want                int
	}{
		{"one more", "192.0.2.1:1", "shop", 0, 1},
		{"asking again costs nothing", "192.0.2.1:1", "shop", 0, 1},
		{"a neighbour", "192.0.2.77:9", "shop", 0, 1},
		{"a neighbour, written as IPv6", "[::ffff:192.0.2.77]:9", "shop", 0, 1},
		{"another network", "192.0.3.1:1", "shop", 0, 0},
		{"another site", "192.0.2.1:1", "self", 0, 0},
		{"a second later", "192.0.2.1:1", "shop", time.Second, 0},
		{"but only one", "192.0.2.1:1", "shop", time.Second, 1},
		{"after a minute", "192.0.2.1:1", "shop", time.Minute, 0},
	} {
		if got := l.wait(plain(c.address), c.site, now.Add(c.after)); got != c.want {
			t.Errorf("%s: %d s, want %d", c.name, got, c.want)
		}
	}
}

func TestLimiterOfOneAMinute(t *testing.T) {
	l, now := newLimiter(1), time.Unix(1764000000, 0)
	if got := l.wait(plain("192.0.2.1:1"), "shop", now); got != 0 {
		t.Errorf("the first waits for %d s", got)
	}
	if got := l.wait(plain("192.0.2.1:1"), "shop", now.Add(time.Second)); got != 59 {
		t.Errorf("the second waits for %d s, want 59", got)
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.77:80": "192.0.2.0/24", "[2001:db8:1:2:3::4]:80": "2001:db8:1::/48", "[::ffff:192.0.2.77]:80": "192.0.2.0/24",
		"[fe80::1%eth0]:80": "fe80::/48", "": "", "@": "", "192.0.2.77": "",
	} {
		if got := network(plain(address)); got != want {
			t.Errorf("network(%q) = %q, want %q", address, got, want)
		}
	}
}

// TestLimiterForgets: however many networks come, memory is bounded, and a
// network of a moment ago is still known.
func TestLimiterForgets(t *testing.T) {
	l, now := newLimiter(1), time.Unix(1764000000, 0)
	l.most = 100
	for i := range 1000 {
		l.wait(plain("10."+strconv.Itoa(i/256)+"."+strconv.Itoa(i%256)+".1:1"), "shop", now)
		if len(l.young)+len(l.old) > 2*l.most {
			t.Fatalf("%d + %d buckets, want at most %d", len(l.young), len(l.old), 2*l.most)
		}
	}
	if l.wait(plain("10.3.231.1:1"), "shop", now) == 0 {
		t.Error("the last network is forgotten already")
	}
	for i := range 2 {
		l.wait(plain("10.9.9.9:1"), "shop", now.Add(time.Duration(i+1)*(generation+1)))
	}
	if n := len(l.young) + len(l.old); n > 2 {
		t.Errorf("%d buckets after two generations, want those of one network", n)
	}
}
