//go:build !js

package shared

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestRedisThatDoesNotAnswer: a server behind a port that takes connections and never answers costs one
// request patience, and the next ones nothing.
func TestRedisThatDoesNotAnswer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var failures atomic.Int32
	var said atomic.Value
	r, err := Open("redis://"+l.Addr().String(), func(err error) { failures.Add(1); said.Store(err.Error()) }, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for i := range 100 {
		_, err := r.Wait(context.Background(), "b", time.Second, 5)
		if i == 0 && (err == nil || errors.Is(err, ErrAway)) || i > 0 && !errors.Is(err, ErrAway) {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	if n := failures.Load(); n != 1 || !strings.Contains(said.Load().(string), "goes on alone") {
		t.Errorf("%d failures, %v", n, said.Load())
	}
}

func TestAddressesOfRedis(t *testing.T) {
	for _, address := range []string{"localhost:6379", "http://localhost", "redis://localhost/x"} {
		if _, err := Open(address, nil, nil); err == nil || !strings.Contains(err.Error(), "write redis://localhost:6379/0") {
			t.Errorf("%s: %v", address, err)
		}
	}
}
