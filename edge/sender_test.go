//go:build !js

package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/netutil"

	"sparrow/wasm/event"
)

// trusting trusts two proxies.
func trusting(t *testing.T, header string) *senders {
	t.Helper()
	s, err := newSenders([]string{"10.0.0.7", "2001:db8:ff::/48", "127.0.0.0/8"}, header, func(error) {})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSenders: only a trusted proxy is believed, and of its header only what it
// or another trusted one has written.
func TestSenders(t *testing.T) {
	const xff, rfc = "X-Forwarded-For", "Forwarded"
	for _, c := range []struct {
		name, header, peer string
		lines              []string // of the header
		want               string
	}{
		{"no proxy", xff, "198.51.100.7:1", nil, "198.51.100.7"},
		{"a stranger's header", xff, "198.51.100.7:1", []string{"203.0.113.9"}, "198.51.100.7"},
		{"a proxy", xff, "10.0.0.7:1", []string{"203.0.113.9"}, "203.0.113.9"},
		{"a proxy that is not quite trusted", xff, "10.0.0.8:1", []string{"203.0.113.9"}, "10.0.0.8"},
		{"what the sender wrote before", xff, "10.0.0.7:1", []string{"192.0.2.1, 192.0.2.2, 203.0.113.9"}, "203.0.113.9"},
		{"what the sender wrote in a line of its own", xff, "10.0.0.7:1", []string{"192.0.2.1", "203.0.113.9"}, "203.0.113.9"},
		{"two proxies", xff, "10.0.0.7:1", []string{"192.0.2.1, 203.0.113.9, 2001:db8:ff::1"}, "203.0.113.9"},
		{"with a port", xff, "10.0.0.7:1", []string{"203.0.113.9:4711"}, "203.0.113.9"},
		{"IPv6", xff, "[2001:db8:ff::2]:1", []string{"2001:db8:7::1"}, "2001:db8:7::1"},
		{"IPv4 as IPv6", xff, "[::ffff:10.0.0.7]:1", []string{"::ffff:203.0.113.9"}, "203.0.113.9"},
		{"a zone", xff, "10.0.0.7:1", []string{"fe80::1%eth0"}, "fe80::1"},
		{"the proxy itself", xff, "127.0.0.1:1", nil, "127.0.0.1"},
		{"what is no address", xff, "10.0.0.7:1", []string{"203.0.113.9, unknown"}, "invalid IP"},
		{"nothing", xff, "10.0.0.7:1", []string{""}, "invalid IP"},
		{"trusted ones alone", xff, "10.0.0.7:1", []string{"127.0.0.1"}, "invalid IP"},
		{"the other header", xff, "10.0.0.7:1", nil, "10.0.0.7"},
		{"RFC 7239", rfc, "10.0.0.7:1", []string{`for=192.0.2.1, For="[2001:db8:7::1]:4711";proto=https;by=10.0.0.7`}, "2001:db8:7::1"},
		{"RFC 7239, two proxies", rfc, "10.0.0.7:1", []string{"for=203.0.113.9;proto=http", "for=127.0.0.1"}, "203.0.113.9"},
		{"RFC 7239, hidden", rfc, "10.0.0.7:1", []string{"for=203.0.113.9, for=_hidden"}, "invalid IP"},
		{"RFC 7239 of a stranger", rfc, "198.51.100.7:1", []string{"for=203.0.113.9"}, "198.51.100.7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest("POST", "/v1/events", nil)
			r.RemoteAddr = c.peer
			r.Header[c.header] = c.lines
			if c.lines == nil {
				delete(r.Header, c.header)
			}
			other := map[string]string{xff: rfc, rfc: xff}[c.header]
			r.Header.Set(other, "for=192.0.2.99") // which a proxy passes on as it came
			if got := trusting(t, c.header).of(r).String(); got != c.want {
				t.Errorf("of = %s, want %s", got, c.want)
			}
		})
	}
	for _, bad := range []string{"", "proxy.example", "10.0.0.0/33", "10.0.0.7:80", "::ffff:10.0.0.0/104", "fe80::1%eth0"} {
		if s, err := newSenders([]string{bad}, xff, nil); err == nil {
			t.Errorf("newSenders(%q) = %v, want an error", bad, s)
		}
	}
}

// TestAProxyThatIsNotTrustedIsNamed: behind a proxy that the edge was not told of
// all senders are one, and the log says what to do. A stranger's header is no
// reason to say so.
func TestAProxyThatIsNotTrustedIsNamed(t *testing.T) {
	var said []string
	s, err := newSenders(nil, "X-Forwarded-For", func(err error) { said = append(said, err.Error()) })
	if err != nil {
		t.Fatal(err)
	}
	for _, peer := range []string{"198.51.100.7:1", "127.0.0.1:1"} {
		r := httptest.NewRequest("POST", "/v1/events", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-For", "203.0.113.9")
		s.of(r)
	}
	if len(said) != 1 || !strings.Contains(said[0], "--trusted-proxy 127.0.0.1") {
		t.Errorf("it says %q, want one line with --trusted-proxy 127.0.0.1", said)
	}
}

// TestEveryNetworkHasItsLimit: behind a trusted proxy networks are limited apart,
// and no header gets around that.
func TestEveryNetworkHasItsLimit(t *testing.T) {
	origin, _ := startEdge(t, "--feedback", t.TempDir(), "--rate", "8", "--trusted-proxy", "127.0.0.1")
	for i, c := range []struct {
		header string
		want   int
	}{{"203.0.113.9", 202}, {"203.0.113.77", 202}, {"203.0.113.9", 429}, {"198.51.100.1, 203.0.113.9", 429}, {"198.51.100.1", 202}} {
		if response, err := sendFrom(origin, bytes.NewReader(batch(1)), c.header); err != nil || response.StatusCode != c.want {
			t.Errorf("request %d, of %s = %v, %v, want %d", i, c.header, response, err, c.want)
		}
	}
}

// TestConnectionsAreCapped: with two connections open a third one waits.
func TestConnectionsAreCapped(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := newServer(t.Context(), newHandler(testConfig(), new(memStore)))
	go server.Serve(netutil.LimitListener(listener, 2))
	defer server.Close()
	open := func() net.Conn {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		return conn
	}
	answered := func(conn net.Conn, within time.Duration) bool {
		conn.SetReadDeadline(time.Now().Add(within))
		n, _ := conn.Read(make([]byte, 9))
		return n > 0
	}
	first, second := open(), open()
	defer second.Close()
	if !answered(first, 10*time.Second) || !answered(second, 10*time.Second) {
		t.Fatal("the first two are not answered")
	}
	third := open()
	defer third.Close()
	if answered(third, 100*time.Millisecond) {
		t.Error("a third connection is answered while two are open")
	}
	if first.Close(); !answered(third, 10*time.Second) {
		t.Error("the third connection is not answered after one was closed")
	}
}

// trickle sends three bytes and then fails.
type trickle struct{ sent bool }

func (s *trickle) Read(b []byte) (int, error) {
	if s.sent {
		return 0, errors.New("gone")
	}
	s.sent = true
	return copy(b, "\x83\xa1v"), nil
}

// TestSlowBodiesHoldLittle: who announces 65,000 bytes and sends three takes no
// 65,000 bytes of memory.
func TestSlowBodiesHoldLittle(t *testing.T) {
	result := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			r := &http.Request{ContentLength: 65000, Body: io.NopCloser(&trickle{})}
			if _, err := body(r, event.MaxBody); err == nil {
				b.Fatal("a body that ended early is taken")
			}
		}
	})
	if got := result.AllocedBytesPerOp(); got > 10<<10 {
		t.Errorf("a body of 3 bytes of 65,000 takes %d bytes, want 10 KB at most", got)
	}
	for _, n := range []int{0, 1, 8192, 8193, 65536} {
		want := bytes.Repeat([]byte{7}, n)
		r := httptest.NewRequest("POST", "/", bytes.NewReader(want))
		if got, err := body(r, event.MaxBody); err != nil || !bytes.Equal(got, want) {
			t.Errorf("a body of %d bytes is read as %d, %v", n, len(got), err)
		}
	}
}

// FuzzSenders: whatever a sender writes into the header, the address that the
// proxy appends is the one that counts.
func FuzzSenders(f *testing.F) {
	for _, forged := range []string{"", "192.0.2.1", "10.0.0.7", `for="[::1]:1`, "for=192.0.2.1;for=", ",,,", "fe80::1%,x", `"`} {
		f.Add(forged)
	}
	f.Fuzz(func(t *testing.T, forged string) {
		for header, appended := range map[string]string{"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9;proto=https"} {
			s, err := newSenders([]string{"10.0.0.7"}, header, func(error) {})
			if err != nil {
				t.Fatal(err)
			}
			for _, lines := range [][]string{{forged + ", " + appended}, {forged, appended}} {
				r := &http.Request{RemoteAddr: "10.0.0.7:1", Header: http.Header{header: lines}}
				if got := s.of(r).String(); got != "203.0.113.9" {
					t.Errorf("%s: %q is sent by %s, want 203.0.113.9", header, lines, got)
				}
			}
			r := &http.Request{RemoteAddr: "198.51.100.7:1", Header: http.Header{header: {forged}}}
			if got := s.of(r).String(); got != "198.51.100.7" {
				t.Errorf("%s: a stranger who writes %q is %s", header, forged, got)
			}
		}
	})
}
